//! BioC JSON: a collection with `documents`, or an array of documents, or one.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};
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
    #[serde(default)]
    passages: Vec<JsonPassage>,
    #[serde(default)]
    annotations: Vec<JsonAnnotation>,
}

#[derive(Deserialize)]
struct JsonPassage {
    #[serde(default)]
    offset: usize,
    #[serde(default)]
    infons: Option<Map<String, Value>>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    annotations: Vec<JsonAnnotation>,
    #[serde(default)]
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
    #[serde(default)]
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
        if value.get("passages").is_none() {
            // A file of both kinds: what has a text of its own is read as plain JSON.
            return located(plain_document(value, index + 1), Some(line));
        }
        match serde_json::from_value::<JsonDocument>(value) {
            Ok(document) => {
                let (document, problems) = document.into_bioc(index + 1).read();
                located((Some(document), problems), Some(line))
            }
            Err(error) => {
                let message = format!("the document is not as BioC has it: {error}");
                vec![Err(Problem::at(line, code::SYNTAX, message))]
            }
        }
    })
}

fn name_of(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(name) => name,
        other => other.to_string(),
    }
}

impl JsonDocument {
    fn into_bioc(self, number: usize) -> BiocDocument {
        let id = name_of(self.id);
        BiocDocument {
            id: if id.is_empty() { number.to_string() } else { id },
            infons: self.infons.unwrap_or_default(),
            passages: self.passages.into_iter().map(JsonPassage::into_bioc).collect(),
            annotations: self.annotations.into_iter().map(JsonAnnotation::into_bioc).collect(),
        }
    }
}

impl JsonPassage {
    fn into_bioc(self) -> BiocPassage {
        BiocPassage {
            infons: self.infons.unwrap_or_default(),
            offset: self.offset,
            text: self.text.unwrap_or_default(),
            annotations: self.annotations.into_iter().map(JsonAnnotation::into_bioc).collect(),
            sentences: self.sentences.into_iter().map(JsonPassage::into_bioc).collect(),
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
