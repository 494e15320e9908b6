//! What any text says of any mentions in it, by the rules of assertion and the table of sections: a status for
//! each mention, and sections that are slices of the text, in order.
#![no_main]

use std::ops::Range;

use bioner::ByteSpan;
use bioner_attributes::{Wanted, outline};
use bioner_context::{assert, section_at, sections};
use bioner_documents::Document;
use bioner_fuzz::{Text, check_span, words};
use bioner_segment::whole_sentences;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: Text| {
    let text = text.0.as_str();
    let sentences: Vec<Range<usize>> =
        whole_sentences(text).into_iter().map(|span| span.start..span.end).collect();
    let found = sections(text, &sentences);
    let mut end = 0;
    for section in &found {
        assert!(end <= section.span.start, "{section:?} begins before {end}");
        check_span(text, section.span.clone().into());
        check_span(text, section.heading.clone().into());
        assert_eq!(section.span.start, section.heading.start);
        assert!(section.heading.end <= section.span.end, "{section:?}");
        end = section.span.end;
        let here = section_at(&found, section.span.start).expect("the section itself");
        assert_eq!(here.span, section.span);
    }

    let mentions = mentions(text);
    let ranges: Vec<Range<usize>> = mentions.iter().map(|span| span.start..span.end).collect();
    let statuses = assert(text, &sentences, &found, &ranges);
    assert_eq!(statuses.len(), mentions.len());
    // In another order each has the status that it had.
    let reversed: Vec<Range<usize>> = ranges.iter().rev().cloned().collect();
    let again = assert(text, &sentences, &found, &reversed);
    assert!(statuses.iter().eq(again.iter().rev()), "the order of mentions says nothing");

    let outline = outline(text);
    assert_eq!(outline.len(), found.len());
    for (entry, section) in outline.iter().zip(&found) {
        assert_eq!(entry.span, ByteSpan::from(section.span.clone()));
        let is_within = |body: usize| section.heading.end <= body && body < section.span.end;
        assert!(entry.body.is_none_or(|body| is_within(body) && text.is_char_boundary(body)));
    }

    let wanted = Wanted { assertion: true, sections: true };
    let fields = wanted.of(text, &mentions);
    assert_eq!(fields.len(), mentions.len());
    for (context, status) in fields.into_iter().zip(&statuses) {
        let told = context.status.as_ref().map(|status| status.assertion);
        assert_eq!(told, Some(status.assertion.name()));
        drop(context.into_attributes());
    }
    let (title, rest) = Document::new("1", text).title_and_rest();
    assert!(title.end <= rest.start, "{title:?} {rest:?}");
});

/// Each word, some of several words that overlap them, and places that are none.
fn mentions(text: &str) -> Vec<ByteSpan> {
    let words = words(text, 64);
    let mut mentions = words.clone();
    for (count, pair) in words.windows(5).enumerate().step_by(3) {
        mentions.push(ByteSpan::new(pair[0].start, pair[1 + count % 4].end));
    }
    let end = text.len();
    mentions.extend(
        [(0, end), (end, end), (end, end + 9), (end + 3, end + 4), (0, 0)]
            .map(|(start, end)| ByteSpan::new(start, end)),
    );
    mentions
}
