//! Any text: its sentences, their views and places in the source, abbreviations, sections, and what the
//! text says of each word.
#![no_main]

use std::ops::Range;

use bioner::segment;
use bioner::{ByteSpan, PieceKind, Sentence};
use bioner_documents::abbreviation::find_definitions;
use bioner_fuzz::{Text, check_span};
use libfuzzer_sys::fuzz_target;

/// Spans in order, apart from each other, slices of the text.
fn check_order(text: &str, spans: &[ByteSpan]) {
    spans.iter().for_each(|&span| check_span(text, span));
    for pair in spans.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{pair:?}");
    }
}

fuzz_target!(|text: Text| {
    let text = text.0.as_str();
    let sentences = segment::sentences(text);
    check_order(text, &sentences);
    // Nothing that a reader sees is left out.
    let mut outside = 0;
    for span in &sentences {
        assert_no_words(&text[outside..span.start]);
        outside = span.end;
    }
    assert_no_words(&text[outside..]);

    let whole = segment::whole_sentences(text);
    check_order(text, &whole);
    for &span in &sentences {
        let sentence = Sentence::new(text, span);
        let views: Vec<ByteSpan> = sentence.pieces().iter().map(|piece| piece.view).collect();
        check_order(sentence.view(), &views);
        for piece in sentence.pieces().iter().filter(|piece| piece.kind != PieceKind::Space) {
            check_span(text, piece.source);
            assert!(span.start <= piece.source.start && piece.source.end <= span.end, "{piece:?}");
            let source = sentence.to_source(piece.view);
            assert!(source.is_none_or(|at| sentence.to_view(at).is_some()), "{piece:?}");
        }
    }

    for definition in find_definitions(text) {
        check_span(text, definition.at);
        check_span(text, definition.long);
    }

    let ranges: Vec<Range<usize>> = whole.iter().map(|span| span.start..span.end).collect();
    let sections = bioner_context::sections(text, &ranges);
    let words = text.split_whitespace().take(64);
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let mentions: Vec<_> = words.map(|word| start(word)..start(word) + word.len()).collect();
    let found = bioner_context::assert(text, &ranges, &sections, &mentions);
    assert_eq!(found.len(), mentions.len());
});

fn assert_no_words(between: &str) {
    assert!(!between.chars().any(char::is_alphanumeric), "left out: {between:?}");
}
