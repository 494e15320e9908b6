//! What id, title and text are called in JSON: as in tables.

mod common;

use bioner_documents::{Format, Options, Unit, json, write};
use serde_json::{Value, json};

use common::read;

/// Id and text of the document of a line, also as an array of its own.
fn of(line: &str) -> (String, String) {
    let (mut documents, problems) = read(Format::JsonLines, line);
    assert_eq!(problems, [], "{line}");
    let (listed, _) = read(Format::Json, format!("[{line}]"));
    assert_eq!(documents, listed);
    let document = documents.swap_remove(0);
    (document.id, document.text)
}

fn pair(id: &str, text: &str) -> (String, String) {
    (id.to_owned(), text.to_owned())
}

#[test]
fn ids_and_texts_have_the_names_that_they_have_in_tables() {
    for (line, id, text) in [
        (r#"{"pmid": 31, "text": "Gout"}"#, "31", "Gout"),
        (r#"{"note_id": "1-DS-2", "subject_id": 9, "text": "Gout"}"#, "1-DS-2", "Gout"),
        (r#"{"note_text": "Gout", "NOTE-ID": 5}"#, "5", "Gout"),
        (r#"{"note_title": "Report", "note_text": "Gout", "note_id": 5}"#, "5", "Report\nGout"),
        (r#"{"PMID": "7", "Title": "A case", "Abstract": "Gout"}"#, "7", "A case\nGout"),
        (r#"{"row_id": 1, "pmid": 2, "id": 3, "text": "Gout"}"#, "3", "Gout"),
        (r#"{"row_id": 1, "note_id": 2, "text": "Gout"}"#, "2", "Gout"),
        (r#"{"id": null, "pmid": 2, "text": "Gout"}"#, "2", "Gout"),
        (r#"{"report": "Rash", "note": "Gout", "document": "a.txt"}"#, "a.txt", "Gout"),
        (r#"{"text": "Rash", "note_text": "Gout"}"#, "1", "Rash"),
        (r#"{"text": "Rash", "title": "Gout", "name": " "}"#, "1", "Rash"),
        (r#"{"text": "Rash", "pmid": {"v": 1}}"#, "1", "Rash"),
        (r#"{"id": "", "text": "Rash", "pmid": 4}"#, "", "Rash"),
        (r#"{"title": "Rash", "document": "A text\nof lines"}"#, "1", "Rash"),
    ] {
        assert_eq!(of(line), pair(id, text), "{line}");
    }
    let (documents, problems) = read(Format::JsonLines, r#"{"pmid": 31, "words": "Gout"}"#);
    assert!(documents.is_empty() && problems[0].message.contains("31"), "{problems:?}");
}

#[test]
fn the_field_that_names_the_id_is_kept() {
    let (documents, _) = read(Format::JsonLines, r#"{"pmid": 31, "note_text": "Gout", "year": 1}"#);
    let options = Options::new(Unit::CodePoint);
    let files = write(Format::JsonLines, options, &documents).expect("it is written");
    let line: Value = serde_json::from_str(&files[0].content).expect("it is JSON");
    assert_eq!(line, json!({"id": 31, "text": "Gout", "pmid": 31, "year": 1, "entities": []}));
    let line: Value = serde_json::json!({"pmid": 31, "note_id": 5});
    assert_eq!(json::id_of(&line), Some(&json!(31)));
    assert_eq!(json::id_of(&json!({"id": null})), None);
    assert_eq!(json::id_of(&json!([1])), None);
}

#[test]
fn an_id_of_more_than_64_bits_stays_as_it_is_written() {
    let large = "12345678901234567890123";
    for name in ["id", "pmid", "Note ID"] {
        let line = format!("{{\"{name}\": {large}, \"text\": \"Gout\", \"weight\": 1.50}}");
        assert_eq!(of(&line), pair(large, "Gout"));
        let (documents, _) = read(Format::JsonLines, &line);
        let options = Options::new(Unit::CodePoint);
        let files = write(Format::JsonLines, options, &documents).expect("it is written");
        assert!(files[0].content.starts_with(&format!("{{\"id\":\"{large}\"")), "{files:?}");
        assert_eq!(documents[0].extra["weight"], 1.5);
    }
    assert_eq!(of(r#"{"id": -98765432109876543210, "text": "x"}"#).0, "-98765432109876543210");
    assert_eq!(of(r#"{"id": 18446744073709551615, "text": "x"}"#).0, "18446744073709551615");
    assert_eq!(of(r#"{"id": 1.5, "text": "x"}"#).0, "1.5");
}
