//! The sections of notes, of trials' criteria and of structured abstracts.
//!
//! A heading begins a section, which ends at the next one. Headings are those of [`headings`], those
//! that `sections.json` names, and names in capitals before a colon at the beginning of a sentence.
//! `sections.json` has the short list of what a section is called, with its code in LOINC.

mod kinds;

use std::ops::Range;

use crate::headings::{self, Heading};

pub(crate) use kinds::Says;
pub use kinds::SectionKind;

/// The most bytes that a heading has before its colon.
const MAX_BYTES: usize = 80;

/// The most words of a heading in capitals that no table has.
const MAX_WORDS: usize = 6;

/// A section of a text.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading as printed, without the colon.
    pub heading: Range<usize>,
    /// All of it: from its heading to the next section.
    pub span: Range<usize>,
    /// What it is, if its heading is one of those known.
    pub kind: Option<&'static SectionKind>,
    /// Where it no longer decides on the mentions in it.
    reach: usize,
}

impl Section {
    /// What it says of a mention at a byte of it.
    pub(crate) fn says_at(&self, byte: usize) -> Says {
        self.kind.filter(|_| byte < self.reach).map(|kind| kind.says).unwrap_or_default()
    }
}

/// The sections of a text whose sentences are given, in order. What stands before the first heading is
/// in none.
pub fn sections(text: &str, sentences: &[Range<usize>]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for sentence in sentences {
        let Some(slice) = text.get(sentence.clone()) else { continue };
        for heading in headings_of(slice) {
            let heading = sentence.start + heading.start..sentence.start + heading.end;
            let kind = kinds::of(&text[heading.clone()]);
            if is_problem(text, &heading, kind, sections.last()) {
                continue;
            }
            if let Some(last) = sections.last_mut() {
                last.span.end = heading.start;
            }
            let span = heading.start..text.len();
            sections.push(Section { span, heading, kind, reach: text.len() });
        }
    }
    for section in &mut sections {
        section.reach = reach(text, section);
    }
    sections
}

/// Whether what looks like a heading is a problem in a section that is known: "#AKI: better" in a
/// hospital course. By its name it is nothing, or an organ, as those that are examined.
fn is_problem(
    text: &str,
    name: &Range<usize>,
    kind: Option<&SectionKind>,
    section: Option<&Section>,
) -> bool {
    let Some(within) = section.and_then(|section| section.kind) else { return false };
    let before = text[..name.start].trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    if !before.ends_with('#') || before.ends_with("##") {
        return false;
    }
    let name = &text[name.clone()];
    match kind {
        None => headings::known(name).is_none(),
        Some(kind) => {
            kind.name == EXAMINATION
                && COURSES.contains(&within.name.as_str())
                && !name.to_lowercase().contains("exam")
        }
    }
}

/// The section whose headings are also those of organs.
const EXAMINATION: &str = "physical examination";

/// The sections that go through problems, or through organs.
const COURSES: [&str; 5] =
    ["assessment", "assessment and plan", "hospital course", "plan of treatment", "problem list"];

/// Where a section no longer decides. One whose text begins on the line of its heading is about that
/// paragraph, as what follows may have a heading that nobody knows; else it is about all of it.
fn reach(text: &str, section: &Section) -> usize {
    let rest = &text[section.heading.end..section.span.end];
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_matches(|c: char| c.is_whitespace() || c == ':').is_empty() {
        return section.span.end;
    }
    let mut end = section.heading.end + first.len();
    for line in lines {
        if line.trim().is_empty() {
            return end;
        }
        end += line.len();
    }
    section.span.end
}

/// The section that a byte of the text is in.
pub fn section_at(sections: &[Section], byte: usize) -> Option<&Section> {
    let before = sections.partition_point(|section| section.span.start <= byte);
    sections[..before].last().filter(|section| byte < section.span.end)
}

/// The headings in a sentence: at its beginning, and before a colon within it, as in notes whose line
/// breaks are lost.
fn headings_of(sentence: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let start = sentence.len() - trimmed_start(sentence).len();
    if let Some(length) = at_start(&sentence[start..]) {
        found.push(start..start + length);
        from = start + length;
    }
    for (colon, _) in sentence.match_indices(':') {
        let mut reach = colon.saturating_sub(MAX_BYTES).max(from);
        while !sentence.is_char_boundary(reach) {
            reach += 1;
        }
        if let Some(begin) = before_colon(&sentence[reach..colon]) {
            let heading = reach + begin..reach + sentence[reach..colon].trim_end().len();
            if !heading.is_empty() {
                found.push(heading);
            }
        }
        from = from.max(colon + 1);
    }
    found
}

/// Without what marks an item or underlines a heading.
fn trimmed_start(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '=' | '_'))
}

/// A heading at the beginning of a sentence: its length in bytes.
fn at_start(text: &str) -> Option<usize> {
    if let Some((length, heading)) = headings::at_start(text) {
        return (heading == Heading::Section).then_some(length);
    }
    let window = window(text);
    let end = match window.find(':') {
        Some(colon) => colon,
        // Without a colon it has to be all there is.
        None if window.len() == text.len() => headings::trimmed_end(text),
        None => return None,
    };
    let name = window[..end].trim_end();
    let known = kinds::of(name).is_some() && name.starts_with(char::is_uppercase);
    let colon = window[end..].starts_with(':');
    (known && (colon || headings::stands_alone(name)) || colon && is_in_capitals(name))
        .then_some(name.len())
}

/// Where the heading begins that the text before a colon ends with.
fn before_colon(text: &str) -> Option<usize> {
    if let Some((start, Heading::Section)) = headings::before_colon(text) {
        return Some(start);
    }
    // Behind two spaces or a stop, as where lines were joined.
    let text = text.trim_end();
    let begins = |c: char| c == '.' || c.is_whitespace();
    let mut spaces = text.rmatch_indices(char::is_whitespace);
    let start = spaces
        .find(|&(at, _)| text[..at].ends_with(begins))
        .map_or(0, |(at, space)| at + space.len());
    let name = text[start..].trim_start();
    let begins = start > 0 && name.starts_with(char::is_uppercase);
    (begins && kinds::of(name).is_some()).then_some(text.len() - name.len())
}

/// As much of a text as a heading and its colon may have.
fn window(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES + 1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether it is a name in capitals: "NECK", "PRINCIPAL PROCEDURES AND TESTS".
fn is_in_capitals(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let others = |c: char| c.is_uppercase() || c.is_whitespace() || "/&-(),".contains(c);
    capitals >= 3 && name.chars().all(others) && name.split_whitespace().count() <= MAX_WORDS
}

#[cfg(test)]
mod tests;
