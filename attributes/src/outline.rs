//! The sections of a text, as results have them.

use bioner_context::sections;
use bioner_documents::ByteSpan;

use crate::fields::{SectionFields, sentences};

/// A section of a text.
#[derive(Debug)]
pub struct OutlineEntry {
    /// All of it: from its heading to the next one, or to the end of the text.
    pub span: ByteSpan,
    /// Where the text behind its heading begins; none if there is nothing behind it.
    pub body: Option<usize>,
    /// What it is called.
    pub section: SectionFields,
}

/// The sections of a text, in order. What stands before the first heading is in none.
pub fn outline(text: &str) -> Vec<OutlineEntry> {
    let sections = sections(text, &sentences(text));
    let entries = sections.iter().map(|section| {
        let rest = &text[section.heading.end..section.span.end];
        // What underlines or marks a heading is no part of its text.
        let mark = |c: char| c.is_whitespace() || matches!(c, ':' | '#' | '*' | '=' | '_');
        let body = section.span.end - rest.trim_start_matches(mark).len();
        OutlineEntry {
            span: ByteSpan::new(section.span.start, section.span.end),
            body: (body < section.span.end).then_some(body),
            section: SectionFields::of(text, section),
        }
    });
    entries.collect()
}
