//! What is said of mentions, in every format that has a place for it, and in none where nothing is said.

#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

mod common;

use bioner_documents::{
    ByteSpan, Document, Entity, Fields, File, Format, Options, Unit, brat, write,
};

use common::read;

fn files(format: Format, documents: &[Document]) -> Vec<File> {
    let options = Options { several: true, ..Options::new(Unit::CodePoint) };
    write(format, options, documents).expect("the format can be written")
}

/// A note with one mention of which everything is said and one of which nothing is.
fn note() -> Document {
    let text = "Past medical history: \u{1f9ec} no pneumonia & <gout>";
    let mut document = Document::new("n", text);
    let entity = |mention: &str| {
        let start = text.find(mention).expect("it is there");
        Entity::new(ByteSpan::new(start, start + mention.len()), "Disease")
    };
    let mut said = entity("pneumonia");
    said.score = Some(0.9);
    said.id = Some("MESH:D011014".into());
    said.attributes.assertion = Some("absent".into());
    said.attributes.temporality = Some("historical".into());
    said.attributes.experiencer = Some("family".into());
    said.attributes.section = Some("past_medical_history".into());
    document.entities = vec![said, entity("gout")];
    document
}

#[test]
fn attributes_are_read_back_from_every_format_that_holds_them() {
    let document = note();
    for format in [
        Format::Json,
        Format::JsonLines,
        Format::BiocXml,
        Format::BiocJson,
        Format::Xmi,
        Format::LabelStudio,
    ] {
        let file = files(format, std::slice::from_ref(&document)).pop().expect("a file");
        let (documents, problems) = read(format, &file.content);
        assert_eq!(problems, [], "{}", format.name());
        assert_eq!(documents[0].entities, document.entities, "{}", format.name());
    }
    let (text, annotations) = brat::write(&document);
    let (read, problems) = brat::read("n", &text, &annotations);
    assert_eq!(problems, []);
    assert_eq!(read.entities[0].attributes, document.entities[0].attributes);
    assert_eq!(read.entities[1], document.entities[1]);
    let lines: Vec<&str> = annotations.lines().filter(|line| line.starts_with('A')).collect();
    let expected = [
        "A1\tAssertion T1 absent",
        "A2\tTemporality T1 historical",
        "A3\tExperiencer T1 family",
        "A4\tSection T1 past_medical_history",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_table_has_the_columns_that_occur() {
    let header = |documents: &[Document]| {
        let content = files(Format::Csv, documents).remove(0).content;
        let lines: Vec<String> = content.lines().map(str::to_owned).collect();
        (lines[0].trim_start_matches('\u{feff}').to_owned(), lines[1].clone(), lines[2].clone())
    };
    let mut document = note();
    let (names, said, unsaid) = header(std::slice::from_ref(&document));
    assert_eq!(
        names,
        "id,start,end,type,text,score,identifier,assertion,temporality,experiencer,section"
    );
    assert!(said.ends_with(",0.9,MESH:D011014,absent,historical,family,past_medical_history"));
    assert!(unsaid.ends_with("gout,,,,,,"), "{unsaid}");
    document.entities[0].attributes = Default::default();
    document.entities[0].attributes.assertion = Some("=possible".into());
    document.entities[0].id = None;
    let (names, said, _) = header(std::slice::from_ref(&document));
    assert_eq!(names, "id,start,end,type,text,score,assertion");
    assert!(said.ends_with(",0.9,'=possible"), "no formula: {said}");
    assert_ne!(Fields::of([&document]), Fields::NONE);
}

#[test]
fn nothing_is_written_where_nothing_is_said() {
    let mut document = note();
    document.entities.remove(0);
    let (_, annotations) = brat::write(&document);
    assert_eq!(annotations.lines().count(), 1);
    let csv = files(Format::Csv, std::slice::from_ref(&document)).remove(0).content;
    assert!(csv.starts_with("\u{feff}id,start,end,type,text,score\r\n"), "{csv}");
    for format in [Format::Json, Format::BiocXml, Format::Xmi, Format::LabelStudio] {
        let content = files(format, std::slice::from_ref(&document)).pop().unwrap().content;
        for name in ["assertion", "temporality", "experiencer", "section=", "section\"", "null"] {
            assert!(!content.contains(name), "{name} in {content}");
        }
    }
}

#[test]
fn what_is_no_text_stays_as_it_is() {
    let file = r#"[{"text": "gout", "entities": [
        {"start": 0, "end": 4, "type": "D", "assertion": {"value": "absent"}, "section": "Plan"}]}]"#;
    let (documents, problems) = read(Format::Json, file);
    assert_eq!(problems, []);
    let entity = &documents[0].entities[0];
    assert_eq!(entity.attributes.assertion, None);
    assert_eq!(entity.attributes.section.as_deref(), Some("Plan"));
    assert_eq!(entity.extra["assertion"]["value"], "absent");
}

#[test]
fn a_section_as_results_have_it_comes_out_in_every_format_by_its_name() {
    let file = |section: &str| {
        format!(
            r#"[{{"text": "gout", "entities": [{{"start": 0, "end": 4, "type": "D", "id": "MESH:D006073",
            "assertion": "absent", "section": {section}, "candidates": [{{"id": "MESH:D006073"}}]}}]}}]"#
        )
    };
    let named = file(r#"{"heading": "PMH", "name": "past medical history", "loinc": "11348-0"}"#);
    let (documents, problems) = read(Format::Json, &named);
    assert_eq!(problems, []);
    let section = |documents: &[Document]| documents[0].entities[0].attributes.section.clone();
    assert_eq!(section(&documents).as_deref(), Some("past medical history"));
    for format in [Format::BiocXml, Format::BiocJson, Format::Xmi, Format::LabelStudio, Format::Csv]
    {
        let content = files(format, &documents).pop().unwrap().content;
        assert!(content.contains("past medical history"), "{}: {content}", format.name());
        assert!(content.contains("MESH:D006073"), "{}", format.name());
    }
    assert!(brat::write(&documents[0]).1.contains("Section T1 past_medical_history"));
    // JSON has a place for all of it.
    for format in [Format::Json, Format::JsonLines] {
        let content = files(format, &documents).pop().unwrap().content;
        let (again, _) = read(format, &content);
        assert_eq!(again[0].entities, documents[0].entities, "{content}");
        assert!(content.contains(r#""loinc":"11348-0""#), "{content}");
    }
    let (documents, _) = read(Format::Json, &file(r#"{"heading": "PMH"}"#));
    assert_eq!(section(&documents).as_deref(), Some("PMH"));
    let (documents, _) = read(Format::Json, &file(r#"{"name": 3}"#));
    assert_eq!(section(&documents), None);
}
