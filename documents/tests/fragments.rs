//! Mentions in several pieces, as files give them: out of order, overlapping, more than once.

mod common;

use bioner_documents::{ByteSpan, Document, Format, brat};

use common::read;

/// Where each mention stands, and its fragments.
fn places(document: &Document) -> Vec<(ByteSpan, Vec<ByteSpan>)> {
    document.entities.iter().map(|entity| (entity.span, entity.fragments.clone())).collect()
}

fn spans(spans: &[(usize, usize)]) -> Vec<ByteSpan> {
    spans.iter().map(|&(start, end)| ByteSpan::new(start, end)).collect()
}

const TEXT: &str = "abcdefgh ij klm";

/// Pieces as a file gives them, and what they are: from where to where, and the fragments.
type Case = (&'static [(usize, usize)], (usize, usize), &'static [(usize, usize)]);

const CASES: [Case; 7] = [
    (&[(0, 5), (3, 5)], (0, 5), &[]),
    (&[(0, 5), (3, 8)], (0, 8), &[]),
    (&[(0, 8), (0, 8)], (0, 8), &[]),
    (&[(0, 8), (2, 3), (9, 11)], (0, 11), &[]),
    (&[(12, 15), (0, 3), (2, 5)], (0, 15), &[(0, 5), (12, 15)]),
    (&[(0, 15), (0, 2), (9, 11)], (0, 15), &[]),
    (&[(0, 3), (5, 8)], (0, 8), &[(0, 3), (5, 8)]),
];

#[test]
fn pieces_that_overlap_are_one_in_bioc() {
    for (given, (start, end), fragments) in CASES {
        let locations = given
            .iter()
            .map(|(start, end)| format!(r#"{{"offset": {start}, "length": {}}}"#, end - start));
        let locations = locations.collect::<Vec<_>>().join(", ");
        let file = format!(
            r#"{{"id": "1", "passages": [{{"offset": 0, "text": "{TEXT}", "annotations": [
                {{"infons": {{"type": "D"}}, "locations": [{locations}]}}]}}]}}"#
        );
        let (documents, problems) = read(Format::BiocJson, file);
        assert_eq!(problems, []);
        let expected = [(ByteSpan::new(start, end), spans(fragments))];
        assert_eq!(places(&documents[0]), expected, "{given:?}");
    }
}

#[test]
fn pieces_that_overlap_are_one_in_brat_whichever_way_their_text_is_stated() {
    for (given, (start, end), fragments) in CASES {
        let expected = [(ByteSpan::new(start, end), spans(fragments))];
        let pieces: Vec<String> = given.iter().map(|(a, b)| format!("{a} {b}")).collect();
        let as_given: Vec<&str> = given.iter().map(|&(a, b)| &TEXT[a..b]).collect();
        let once: Vec<&str> = match fragments {
            [] => vec![&TEXT[start..end]],
            fragments => fragments.iter().map(|&(a, b)| &TEXT[a..b]).collect(),
        };
        for stated in [as_given, once] {
            let line = format!("T1\tX {}\t{}\n", pieces.join(";"), stated.join(" "));
            let (document, problems) = brat::read("1", TEXT, &line);
            assert_eq!(problems, [], "{line}");
            assert_eq!(places(&document), expected, "{line}");
        }
    }
    let (_, problems) = brat::read("1", TEXT, "T1\tX 0 5;3 8\tabcde\n");
    assert_eq!(problems.len(), 1, "other words are no match");
}

#[test]
fn fragments_of_json_are_in_order_and_each_character_is_in_one() {
    let file = format!(
        r#"{{"text": "{TEXT}", "entities": [{{"start": 0, "end": 15, "type": "D", "fragments":
        [{{"start": 12, "end": 15}}, {{"start": 0, "end": 3}}, {{"start": 2, "end": 5}}]}}]}}"#
    );
    let (documents, problems) = read(Format::Json, file);
    assert_eq!(problems, []);
    let fragments = spans(&[(0, 5), (12, 15)]);
    assert_eq!(places(&documents[0]), [(ByteSpan::new(0, 15), fragments)]);
}
