//! Documents as JSON.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::document::renamed;
use crate::text::rounded;
use crate::{ByteSpan, Document, Entity, Offsets, Passage, Unit};

/// The names of the fields of an entity, but for its attributes, and of a document: with these meanings
/// they are written and read.
const OF_ENTITIES: [&str; 7] = ["start", "end", "type", "text", "score", "id", "fragments"];
const OF_DOCUMENTS: [&str; 6] = ["id", "text", "offsets", "titleEnd", "passages", "entities"];

/// What is written of a document.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// What offsets count in. UTF-16 is said so in the document; code points are the rule.
    pub unit: Unit,
    /// Whether the text goes with it.
    pub text: bool,
}

/// An entity as JSON, with its offsets in a unit.
pub fn entity_value(text: &str, offsets: &Offsets, entity: &Entity) -> Value {
    let span = |span: ByteSpan| (offsets.of(span.start), offsets.of(span.end));
    let (start, end) = span(entity.span);
    let mut fields = Map::new();
    fields.insert("start".into(), json!(start));
    fields.insert("end".into(), json!(end));
    fields.insert("type".into(), json!(entity.kind));
    fields.insert("text".into(), json!(entity.span.slice(text)));
    if let Some(score) = entity.score {
        fields.insert("score".into(), json!(rounded(score)));
    }
    if let Some(id) = &entity.id {
        fields.insert("id".into(), json!(id));
    }
    for (name, value) in entity.attributes.known() {
        fields.insert(name.into(), json!(value));
    }
    if !entity.fragments.is_empty() {
        let fragments = entity.fragments.iter().map(|&fragment| {
            let (start, end) = span(fragment);
            json!({"start": start, "end": end})
        });
        fields.insert("fragments".into(), fragments.collect());
    }
    let extra = renamed(&entity.extra, &OF_ENTITIES);
    fields.extend(extra.map(|(name, value)| (name, value.clone())));
    Value::Object(fields)
}

/// A document's id: a number if it came as one.
pub fn id_value(document: &Document) -> Value {
    let number = serde_json::from_str(&document.id).ok().filter(Value::is_number);
    number.filter(|_| document.id_is_number).unwrap_or_else(|| json!(document.id))
}

/// A document's fields as JSON, its entities last.
pub fn value(document: &Document, style: Style) -> Map<String, Value> {
    let offsets = Offsets::new(&document.text, style.unit);
    let mut fields = Map::new();
    fields.insert("id".into(), id_value(document));
    if let Some(url) = document.extra.get("url") {
        fields.insert("url".into(), url.clone());
    }
    if style.text {
        fields.insert("text".into(), json!(document.text));
    }
    if style.unit == Unit::Utf16 {
        fields.insert("offsets".into(), json!("utf-16"));
    }
    if style.text {
        if let Some(end) = document.title_end {
            fields.insert("titleEnd".into(), json!(offsets.of(end)));
        }
        if !document.passages.is_empty() {
            let passages = document.passages.iter().map(|Passage { span, kind }| {
                let (start, end) = (offsets.of(span.start), offsets.of(span.end));
                json!({"start": start, "end": end, "type": kind})
            });
            fields.insert("passages".into(), passages.collect());
        }
    }
    for (name, value) in renamed(&document.extra, &OF_DOCUMENTS) {
        if name != "name" && name != "url" {
            fields.insert(name, value.clone());
        }
    }
    let entities = document.entities.iter();
    let entities = entities.map(|entity| entity_value(&document.text, &offsets, entity));
    fields.insert("entities".into(), entities.collect());
    fields
}

/// Writes JSON Lines: a document a line.
pub fn write_line(document: &Document, style: Style, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &value(document, style))?;
    out.write_all(b"\n")
}

/// Writes one object, an entity a line, for people to read too.
pub fn write_object(
    document: &Document,
    style: Style,
    indent: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{indent}{{")?;
    for (name, value) in value(document, style) {
        let name = serde_json::to_string(&name)?;
        match value {
            Value::Array(list) if name == "\"entities\"" => {
                write!(out, "{indent}  {name}: [")?;
                for (index, entity) in list.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(out, "{comma}\n{indent}    {}", serde_json::to_string(entity)?)?;
                }
                let close = if list.is_empty() { String::new() } else { format!("\n{indent}  ") };
                writeln!(out, "{close}]")?;
            }
            value => writeln!(out, "{indent}  {name}: {},", serde_json::to_string(&value)?)?,
        }
    }
    write!(out, "{indent}}}")
}
