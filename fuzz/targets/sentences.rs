//! Any text: its sentences, their views and places in the source, and its abbreviations.
#![no_main]

use bioner::segment;
use bioner::{ByteSpan, Context, Offsets, PieceKind, Sentence, Unit};
use bioner_documents::abbreviation::{derive, find_definitions, named};
use bioner_fuzz::{Text, check_span, words};
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
    check_order(text, &segment::whole_sentences(text));
    // Nothing that a reader sees is left out.
    let mut outside = 0;
    for span in &sentences {
        assert_no_words(&text[outside..span.start]);
        outside = span.end;
    }
    assert_no_words(&text[outside..]);

    let definitions = find_definitions(text);
    for definition in &definitions {
        check_span(text, definition.at);
        check_span(text, definition.long);
    }
    let context = Context::new(text, &definitions);
    for &span in &sentences {
        check_sentence(text, span, &Sentence::new(text, span));
        check_sentence(text, span, &Sentence::in_document(text, span, &context));
    }

    let longs = definitions.iter().map(|definition| definition.long);
    let mut entities: Vec<ByteSpan> = longs.chain(words(text, 64).into_iter().step_by(5)).collect();
    entities.sort();
    entities.dedup();
    assert_eq!(named(text, &definitions, &entities).len(), definitions.len());
    let derived = derive(text, &definitions, &entities);
    check_order(text, &derived.iter().map(|one| one.span).collect::<Vec<_>>());
    for one in derived {
        assert!(entities.iter().all(|entity| !entity.overlaps(one.span)), "{one:?}");
        assert!(one.of < entities.len(), "{one:?}");
    }

    for unit in [Unit::Utf16, Unit::CodePoint] {
        let offsets = Offsets::new(text, unit);
        for (byte, _) in text.char_indices().step_by(1 + text.len() / 200) {
            assert_eq!(offsets.byte(text, offsets.of(byte)), Some(byte));
        }
        assert_eq!(offsets.byte(text, offsets.of(text.len())), Some(text.len()));
    }
});

/// The view of a sentence, and where its pieces stand in the source.
fn check_sentence(text: &str, span: ByteSpan, sentence: &Sentence) {
    let views: Vec<ByteSpan> = sentence.pieces().iter().map(|piece| piece.view).collect();
    check_order(sentence.view(), &views);
    let ends = views.iter().map(|view| view.end);
    let starts = views.iter().skip(1).map(|view| view.start).chain([sentence.view().len()]);
    assert!(views.is_empty() || ends.eq(starts), "the view is cut without gaps: {sentence:?}");
    for piece in sentence.pieces() {
        assert!(piece.source.start <= piece.source.end, "{piece:?}");
        assert!(span.start <= piece.source.start && piece.source.end <= span.end, "{piece:?}");
        if piece.kind != PieceKind::Space {
            check_span(text, piece.source);
            let source = sentence.to_source(piece.view);
            assert!(source.is_none_or(|at| sentence.to_view(at).is_some()), "{piece:?}");
        }
    }
}

fn assert_no_words(between: &str) {
    assert!(!between.chars().any(char::is_alphanumeric), "left out: {between:?}");
}
