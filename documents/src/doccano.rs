//! doccano's JSON Lines: `{"id", "text", "label": [[start, end, "Type"]]}`, with offsets in code points.
//!
//! It is written for doccano's import, in ASCII, since doccano guesses a file's encoding. Every line has
//! the same fields: doccano puts them into one table, where a field that some lines lack is a number that
//! is none. What doccano exports is read wherever JSON is: also its spans as objects, which projects with
//! relations have. doccano has no place for scores, identifiers and attributes.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::{Document, Offsets, Unit};

/// Writes a document on one line.
pub(crate) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let offsets = Offsets::new(&document.text, Unit::CodePoint);
    let entities = document.entities.iter();
    let labels = entities.map(|entity| {
        json!([offsets.of(entity.span.start), offsets.of(entity.span.end), entity.kind])
    });
    let labels: Vec<Value> = labels.collect();
    let line = json!({"id": document.id, "text": document.text, "label": labels}).to_string();
    writeln!(out, "{}", ascii(&line))
}

/// JSON in ASCII. Other characters stand in its strings alone.
fn ascii(json: &str) -> String {
    let mut written = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            written.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            written.push_str(&format!("\\u{unit:04x}"));
        }
    }
    written
}

/// Whether an object has spans as doccano has them.
pub(crate) fn is_annotated(fields: &Map<String, Value>) -> bool {
    ["label", "labels"].iter().any(|name| fields.get(*name).is_some_and(are_spans))
}

/// Makes entities of doccano's spans, in an object that has no other entities.
pub(crate) fn adapt(fields: &mut Map<String, Value>) {
    match fields.get_mut("entities") {
        Some(Value::Array(entities)) if entities.iter().any(is_object_span) => {
            entities.iter_mut().for_each(|span| *span = entity(span.take()));
            return;
        }
        Some(_) => return,
        None => {}
    }
    for name in ["label", "labels"] {
        if !fields.get(name).is_some_and(are_spans) {
            continue;
        }
        if let Some(Value::Array(spans)) = fields.shift_remove(name) {
            fields.insert("entities".into(), spans.into_iter().map(entity).collect());
        }
        // The name of the text in doccano's exports for a while.
        if !fields.contains_key("text")
            && let Some(text) = fields.shift_remove("data")
        {
            fields.insert("text".into(), text);
        }
        return;
    }
}

fn are_spans(value: &Value) -> bool {
    let spans = value.as_array();
    spans.is_some_and(|spans| spans.iter().all(|span| span.is_array() || is_object_span(span)))
}

fn is_object_span(span: &Value) -> bool {
    span.get("start_offset").is_some()
}

/// A span as JSON has entities. What is missing in it is told there.
fn entity(span: Value) -> Value {
    match span {
        Value::Array(parts) => {
            let names = ["start", "end", "type"].map(str::to_owned);
            Value::Object(names.into_iter().zip(parts).collect())
        }
        Value::Object(mut fields) => {
            for (name, other) in
                [("start", "start_offset"), ("end", "end_offset"), ("type", "label")]
            {
                if let Some(value) = fields.shift_remove(other) {
                    fields.insert(name.into(), value);
                }
            }
            // The span's number in doccano's database.
            fields.shift_remove("id");
            Value::Object(fields)
        }
        other => other,
    }
}
