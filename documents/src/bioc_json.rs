//! BioC JSON: a collection with `documents`, or a document, or an array of either, or one a line.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::bioc::{BiocAnnotation, BiocDocument, BiocPassage};
use crate::json::located;
use crate::json_stream::Objects;
use crate::problem::{Problem, code};
use crate::{Document, json::document as plain_document};

pub(crate) const BEGIN: &str =
    "{\"source\":\"bioner\",\"date\":\"\",\"key\":\"\",\"infons\":{},\"documents\":[";
pub(crate) const END: &str = "\n]}\n";

#[derive(Deserialize)]
struct JsonDocument {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    infons: Option<Map<String, Value>>,
    #[serde(default, deserialize_with = "list")]
    passages: Vec<JsonPassage>,
    /// Each is read by itself, so that one that is wrong takes nothing else with it.
    #[serde(default, deserialize_with = "list")]
    annotations: Vec<Value>,
}

#[derive(Deserialize)]
struct JsonPassage {
    #[serde(default)]
    offset: usize,
    #[serde(default)]
    infons: Option<Map<String, Value>>,
    #[serde(default)]
    text: Option<String>,
    /// Each is read by itself, so that one that is wrong takes nothing else with it.
    #[serde(default, deserialize_with = "list")]
    annotations: Vec<Value>,
    #[serde(default, deserialize_with = "list")]
    sentences: Vec<JsonPassage>,
}

#[derive(Deserialize)]
struct JsonAnnotation {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    infons: Option<Map<String, Value>>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default, deserialize_with = "list")]
    locations: Vec<JsonLocation>,
}

#[derive(Deserialize, Serialize)]
struct JsonLocation {
    offset: usize,
    length: usize,
}

/// The documents of a file, one after the other.
pub fn read<R: BufRead>(input: R) -> impl Iterator<Item = Result<Document, Problem>> {
    Objects::new(input).enumerate().flat_map(|(index, value)| {
        let (line, value) = match value {
            Ok(found) => found,
            Err(problem) => return vec![Err(problem)],
        };
        if !is_document(&value) {
            // A file of both kinds: what has a text of its own is read as plain JSON.
            return located(plain_document(value, index + 1), Some(line));
        }
        match serde_json::from_value::<JsonDocument>(value) {
            Ok(document) => {
                let mut bad = Vec::new();
                let (document, problems) = document.into_bioc(index + 1, &mut bad).read();
                bad.extend(problems);
                located((Some(document), bad), Some(line))
            }
            Err(error) => {
                let message = format!("the document is not as BioC has it: {}", plain(&error));
                vec![Err(Problem::at(line, code::SYNTAX, message))]
            }
        }
    })
}

/// Whether a file begins as those of BioC do: with passages, and what they alone have.
pub(crate) fn looks_like(content: &str) -> bool {
    let has = |name: &str| content.contains(&format!("\"{name}\""));
    has("passages") && (has("infons") || has("offset"))
}

/// Whether an object is a document of BioC. Those of plain JSON may have `passages`, too, but these are
/// places in a text that the document has itself.
fn is_document(value: &Value) -> bool {
    let has = |value: &Value, names: &[&str]| names.iter().any(|name| value.get(name).is_some());
    value.get("passages").is_some_and(|passages| {
        let passages = passages.as_array().map(Vec::as_slice).unwrap_or_default();
        passages.iter().any(|passage| has(passage, &["offset", "text", "sentences"]))
            || !has(value, &["text", "title", "abstract"])
    })
}

fn name_of(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(name) => name,
        other => other.to_string(),
    }
}

/// The message, without the names of Rust's types.
fn plain(error: &serde_json::Error) -> String {
    error.to_string().replace("expected usize", "expected a whole number from 0")
}

/// A list; `null` is an empty one.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

/// The annotations that are as BioC has them; of the others `bad` is told.
fn annotations(values: Vec<Value>, bad: &mut Vec<Problem>) -> Vec<BiocAnnotation> {
    let read = values.into_iter().filter_map(|value| {
        let name = value.get("id").cloned().map(name_of).unwrap_or_default();
        match serde_json::from_value::<JsonAnnotation>(value) {
            Ok(annotation) => Some(annotation.into_bioc()),
            Err(error) => {
                let message =
                    format!("annotation {name:?} is not as BioC has it: {}", plain(&error));
                bad.push(Problem::new(code::SYNTAX, message));
                None
            }
        }
    });
    read.collect()
}

impl JsonDocument {
    fn into_bioc(self, number: usize, bad: &mut Vec<Problem>) -> BiocDocument {
        let id = name_of(self.id);
        BiocDocument {
            id: if id.is_empty() { number.to_string() } else { id },
            infons: self.infons.unwrap_or_default(),
            passages: self.passages.into_iter().map(|passage| passage.into_bioc(bad)).collect(),
            annotations: annotations(self.annotations, bad),
        }
    }
}

impl JsonPassage {
    fn into_bioc(self, bad: &mut Vec<Problem>) -> BiocPassage {
        BiocPassage {
            infons: self.infons.unwrap_or_default(),
            offset: self.offset,
            text: self.text.unwrap_or_default(),
            annotations: annotations(self.annotations, bad),
            sentences: self.sentences.into_iter().map(|sentence| sentence.into_bioc(bad)).collect(),
            line: None,
        }
    }
}

impl JsonAnnotation {
    fn into_bioc(self) -> BiocAnnotation {
        BiocAnnotation {
            id: name_of(self.id),
            infons: self.infons.unwrap_or_default(),
            locations: self.locations.iter().map(|place| (place.offset, place.length)).collect(),
            text: self.text.unwrap_or_default(),
            line: None,
        }
    }
}

/// A document as it is written.
#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    infons: &'a Map<String, Value>,
    passages: Vec<WrittenPassage<'a>>,
    annotations: [(); 0],
    relations: [(); 0],
}

#[derive(Serialize)]
struct WrittenPassage<'a> {
    offset: usize,
    infons: &'a Map<String, Value>,
    text: &'a str,
    sentences: [(); 0],
    annotations: Vec<WrittenAnnotation<'a>>,
    relations: [(); 0],
}

#[derive(Serialize)]
struct WrittenAnnotation<'a> {
    id: &'a str,
    infons: &'a Map<String, Value>,
    text: &'a str,
    locations: Vec<JsonLocation>,
}

impl<'a> WrittenPassage<'a> {
    fn new(passage: &'a BiocPassage) -> Self {
        let annotations = passage.annotations.iter().map(|annotation| WrittenAnnotation {
            id: &annotation.id,
            infons: &annotation.infons,
            text: &annotation.text,
            locations: annotation
                .locations
                .iter()
                .map(|&(offset, length)| JsonLocation { offset, length })
                .collect(),
        });
        WrittenPassage {
            offset: passage.offset,
            infons: &passage.infons,
            text: &passage.text,
            sentences: [],
            annotations: annotations.collect(),
            relations: [],
        }
    }
}

/// Writes a document on one line.
pub(crate) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let document = BiocDocument::write(document);
    let written = Written {
        id: &document.id,
        infons: &document.infons,
        passages: document.passages.iter().map(WrittenPassage::new).collect(),
        annotations: [],
        relations: [],
    };
    serde_json::to_writer(out, &written).map_err(io::Error::from)
}
