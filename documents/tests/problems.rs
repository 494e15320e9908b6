//! Which problems leave text missing.

#![allow(clippy::expect_used)] // in a helper, which Clippy takes for no test

use bioner_documents::{Format, Problem};

/// The problems of a file: their codes, and whether no text is missing for them.
fn problems(format: Format, content: &str) -> Vec<(&'static str, bool)> {
    let read = format.read(content.as_bytes()).expect("a format that is read");
    let problems = read.filter_map(Result::err);
    problems.map(|Problem { code, text_is_whole, .. }| (code, text_is_whole)).collect()
}

#[test]
fn a_wrong_annotation_leaves_no_text_missing() {
    let pubtator = "1|t|Gout\n1|a|\n1\t0\t4\tGlut\tDisease\n2\t0\t4\tGout\tDisease\n";
    // What is in order line by line is told first.
    assert_eq!(problems(Format::PubTator, pubtator), [("syntax", true), ("mismatch", true)]);
    let json = r#"[{"text": "Gout", "entities": [{"start": 0, "end": 9, "type": "A"}]}]"#;
    assert_eq!(problems(Format::Json, json), [("offsets", true)]);
    let bioc = r#"{"documents": [{"id": "1", "passages": [{"offset": 0, "text": "Gout",
        "annotations": [{"id": "a", "infons": {"type": "A"}, "text": "Glut",
            "locations": [{"offset": 0, "length": 4}]}]}]}]}"#;
    assert_eq!(problems(Format::BiocJson, bioc), [("mismatch", true)]);
    let bioc = "<collection><document><id>1</id><passage><offset>0</offset><text>Gout</text>\
        <annotation id=\"a\"><location offset=\"x\" length=\"1\"/></annotation>\
        <annotation id=\"b\"><infon key=\"type\">A</infon><location offset=\"0\" length=\"9\"/>\
        </annotation></passage></document></collection>";
    assert_eq!(problems(Format::BiocXml, bioc), [("offsets", true), ("offsets", true)]);
    assert_eq!(problems(Format::Conll, "Gout\tB-A\nfell\tX-A\n"), [("syntax", true)]);
}

#[test]
fn what_cannot_be_read_leaves_text_missing() {
    for (format, content, code) in [
        (Format::PubTator, "Gout and more.", "syntax"),
        (Format::Json, "[{\"text\": \"Gout\"}, {\"words\": 1}]", "missing"),
        (Format::Json, "[{\"text\": \"Gout\"}, {\"te", "truncated"),
        (Format::BiocJson, "[{\"passages\": [{\"offset\": \"x\"}]}]", "syntax"),
        (Format::BiocXml, "<collection><document><id>1</id>", "truncated"),
        (Format::BiocXml, "<note/>", "format"),
        (Format::Xmi, "<note/>", "format"),
        (Format::Csv, "id,text\n1,\"Gout", "truncated"),
        (Format::Conll, "Gout\n", "columns"),
    ] {
        let problems = problems(format, content);
        assert_eq!(problems.last(), Some(&(code, false)), "{content}: {problems:?}");
    }
}
