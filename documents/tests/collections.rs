//! Collections of BioC JSON in every wrapping: alone, in an array, one a line.

mod common;

use std::io::{BufReader, Read, Result};

use bioner_documents::{Document, Format};

use common::{read, told};

/// A document with two passages and a mention in the second.
fn document(id: &str, disease: &str) -> String {
    let length = disease.len();
    format!(
        r#"{{"id": "{id}", "infons": {{}}, "passages": [{{"offset": 0, "infons": {{"type": "title"}}, "text": "Case"}},
 {{"offset": 5, "infons": {{"type": "abstract"}}, "text": "{disease} was seen.", "annotations": [{{"id": "1",
 "infons": {{"type": "Disease"}}, "text": "{disease}", "locations": [{{"offset": 5, "length": {length}}}]}}]}}]}}"#
    )
    .replace('\n', "")
}

fn collection(documents: &[String]) -> String {
    let documents = documents.join(",");
    format!(
        r#"{{"bioctype": "BioCCollection", "source": "PMC", "infons": {{}}, "documents": [{documents}], "version": 1}}"#
    )
}

fn ids(documents: &[Document]) -> Vec<(&str, &str)> {
    let mention = |document: &Document| document.entities[0].span;
    let found = documents.iter();
    found.map(|found| (found.id.as_str(), mention(found).slice(&found.text))).collect()
}

const ALL: [(&str, &str); 3] = [("7", "Scurvy"), ("8", "Rickets"), ("9", "Goitre")];

fn three() -> [String; 3] {
    ALL.map(|(id, disease)| document(id, disease))
}

#[test]
fn an_array_of_collections_is_all_their_documents() {
    let [one, two, three] = three();
    let first = collection(&[one, two]);
    let last = collection(&[three]);
    let none = collection(&[]);
    for file in [
        format!("[{first}, {last}]"),
        format!("\u{feff}[{none},\n{first}\n,{none},{last},{none}]\n"),
        format!("[{first}]\n[{last}]"),
        format!("[{first}]{last}[]"),
    ] {
        for (name, format) in [("x.json", None), ("x.jsonl", None), ("", Some(Format::BiocJson))] {
            let format = format.unwrap_or_else(|| Format::detect(name, &file));
            assert_eq!(format, Format::BiocJson, "{name}");
            let (documents, problems) = read(format, &file);
            assert_eq!(problems, [], "{file}");
            assert_eq!(ids(&documents), ALL, "{file}");
        }
    }
    let file = "[{\"version\": 1, \"documents\": [{\"text\": \"gout\"}]}, {\"text\": \"rash\"}]";
    let (documents, problems) = read(Format::Json, file);
    assert_eq!((documents.len(), problems), (2, vec![]));
}

#[test]
fn collections_and_documents_may_stand_in_one_array() {
    let [one, two, three] = three();
    let file = format!("[{one}, {}, {three}]", collection(&[two]));
    let (documents, problems) = read(Format::BiocJson, file);
    assert_eq!(problems, []);
    assert_eq!(ids(&documents), ALL);
}

#[test]
fn a_document_that_has_documents_stays_one() {
    let file = r#"[{"id": 1, "text": "gout", "documents": ["a.pdf"]}, {"id": 2, "text": "rash"}]"#;
    let (documents, problems) = read(Format::Json, file);
    assert_eq!(problems, []);
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["gout", "rash"]);
    assert_eq!(documents[0].extra["documents"][0], "a.pdf");
}

#[test]
fn an_array_of_collections_that_is_cut_is_read_as_far_as_it_goes() {
    let [one, two, three] = three();
    let whole = format!("[{},\n{}]", collection(&[one]), collection(&[two, three]));
    let cut = &whole[..whole.rfind("Goitre").unwrap()];
    let (documents, problems) = read(Format::BiocJson, cut);
    assert_eq!(ids(&documents), ALL[..2]);
    assert_eq!(told(&problems), [(Some(2), "truncated")]);
    for file in ["[{\"documents\": []}", "[{\"documents\": [", "[{\"documents\"", "[{"] {
        assert_eq!(told(&read(Format::BiocJson, file).1), [(Some(1), "truncated")], "{file}");
    }
    for file in ["[{\"documents\": []} {}]", "[{\"documents\" []}]"] {
        assert_eq!(told(&read(Format::BiocJson, file).1), [(Some(1), "syntax")], "{file}");
    }
    assert_eq!(told(&read(Format::BiocJson, "[{}]").1), [(Some(1), "missing")]);
}

/// The same bytes again and again.
struct Endless {
    part: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let part = &self.part[self.at..];
        let count = part.len().min(buffer.len());
        buffer[..count].copy_from_slice(&part[..count]);
        self.at = (self.at + count) % self.part.len();
        Ok(count)
    }
}

#[test]
fn documents_come_before_the_file_has_ended() {
    let [one, two, _] = three();
    let part = format!("{},", collection(&[one, two])).into_bytes();
    let input = BufReader::new(b"[".chain(Endless { part, at: 0 }));
    let documents = Format::BiocJson.read(input).unwrap().take(500);
    assert!(documents.enumerate().all(|(n, read)| read.unwrap().id == ALL[n % 2].0));
}

#[test]
fn bioc_is_told_from_lines_of_plain_json() {
    let lines = three().join("\n");
    let plain = r#"{"text": "Gout", "passages": [{"start": 0, "end": 4, "type": "title"}]}"#;
    for (content, format) in [
        (lines.as_str(), Format::BiocJson),
        (&collection(&three()), Format::BiocJson),
        (r#"{"id": 1, "passages": [{"offset": 0, "text": "Gout"}]}"#, Format::BiocJson),
        (plain, Format::JsonLines),
        (r#"{"text": "\"passages\": [{\"offset\": 0}]"}"#, Format::JsonLines),
        (r#"{"data": {"text": "Gout"}, "annotations": []}"#, Format::JsonLines),
    ] {
        assert_eq!(Format::detect("x.jsonl", content), format, "{content}");
        assert_eq!(Format::detect("x.NDJSON", content), format, "{content}");
    }
    assert_eq!(ids(&read(Format::BiocJson, lines).0), ALL);
    // What has a text of its own is plain JSON, and its passages are places in it.
    let (documents, problems) =
        read(Format::BiocJson, format!("{}\n{plain}", document("7", "Gout")));
    assert_eq!(problems, []);
    assert_eq!(documents[1].text, "Gout");
    assert_eq!(documents[1].passages[0].kind, "title");
}
