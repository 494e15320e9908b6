//! A document as JavaScript gives and gets it.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::problem::{Problem, code};
use crate::{ByteSpan, Document, Offsets, Passage, Unit, json as json_format};

/// A document as JavaScript gives it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Given {
    id: Option<Value>,
    text: String,
    title_end: Option<f64>,
    passages: Option<Vec<GivenPassage>>,
    entities: Option<Vec<Map<String, Value>>>,
    name: Option<String>,
    url: Option<String>,
    types: Option<Vec<String>>,
    format: Option<String>,
    model: Option<String>,
}

#[derive(Deserialize)]
struct GivenPassage {
    start: f64,
    end: f64,
    #[serde(rename = "type")]
    kind: String,
}

impl Given {
    /// The document. Offsets that do not fit its text are an error: they are the caller's own.
    pub(super) fn document(self) -> std::result::Result<Document, Problem> {
        let offsets = Offsets::new(&self.text, Unit::Utf16);
        let byte = |units: f64| {
            offsets.byte(&self.text, units as usize).ok_or_else(|| {
                Problem::new(code::OFFSETS, format!("the offset {units} does not fit the text"))
            })
        };
        let id = json_format::id_text(self.id);
        let title_end = self.title_end.map(byte).transpose()?;
        let passages = self.passages.unwrap_or_default().into_iter().map(|passage| {
            let span = ByteSpan::new(byte(passage.start)?, byte(passage.end)?);
            Ok(Passage { span, kind: passage.kind })
        });
        let passages = passages.collect::<std::result::Result<Vec<_>, Problem>>()?;
        let entities = self.entities.unwrap_or_default().into_iter().map(|mut fields| {
            // The text is the slice; what stands in the object says nothing more.
            fields.shift_remove("text");
            json_format::entity(&self.text, &offsets, Value::Object(fields))
        });
        let entities = entities.collect::<std::result::Result<Vec<_>, Problem>>()?;
        let mut extra = Map::new();
        let mut keep = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                extra.insert(name.to_owned(), value);
            }
        };
        keep("name", self.name.clone().map(Value::from));
        keep("url", self.url.map(Value::from));
        keep("types", self.types.map(Value::from));
        keep("format", self.format.map(Value::from));
        keep("model", self.model.map(Value::from));
        Ok(Document {
            id: id.or(self.name).unwrap_or_default(),
            title_end,
            passages,
            entities,
            extra,
            text: self.text,
            ..Document::default()
        })
    }
}

/// A document as JavaScript gets it.
pub(super) fn given_out(document: &Document) -> Value {
    let mut fields =
        json_format::value(document, json_format::Style { unit: Unit::Utf16, text: true });
    fields.shift_remove("offsets");
    // It is shown, and is a text there whatever it was in the file.
    fields.insert("id".into(), document.id.as_str().into());
    Value::Object(fields)
}
