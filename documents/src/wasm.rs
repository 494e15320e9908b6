//! The boundary: the only file of the crate that knows JavaScript. Offsets are UTF-16 code units here,
//! and problems that end a call become JavaScript errors with a `code` and, where it is known, a `line`.

use js_sys::{Array, Error as JsError, JsString, Reflect};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::*;

use crate::problem::{Problem, code};
use crate::{
    ByteSpan, Document, EXPORT_FORMATS, Format, Offsets, Options, Passage, Unit, brat, compare,
    csv, decode as decode_bytes, json as json_format, write as write_files,
};

type Result<T> = std::result::Result<T, JsValue>;

/// Runs once when the module is instantiated: a panic, which would be a defect, is reported in the
/// console with its place before the module traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// The text of a file; undefined if it is no plain text.
#[wasm_bindgen]
pub fn decode(bytes: &[u8]) -> Option<String> {
    decode_bytes(bytes)
}

/// What is in a file: documents, a table, or a text. `format` says what it is in, where it is known.
#[wasm_bindgen]
pub fn read(name: &str, content: &str, format: Option<String>) -> Result<JsValue> {
    let format = match format {
        Some(name) => Format::by_name(&name).map_err(to_js)?,
        None => Format::detect(name, content),
    };
    let table = |delimiter| json!({"kind": "table", "rows": csv::read(content, delimiter)});
    match format {
        Format::Text => serialize(&json!({"kind": "text"})),
        Format::Csv => serialize(&table(None)),
        Format::Tsv => serialize(&table(Some(b'\t'))),
        format => {
            let mut documents = Vec::new();
            let mut problems = Vec::new();
            for read in format.read(content.as_bytes()).map_err(to_js)? {
                match read {
                    Ok(document) => documents.push(given_out(&document)),
                    Err(problem) => problems.push(problem),
                }
            }
            let kind = "documents";
            serialize(&Read { kind, format: format.name(), documents, problems })
        }
    }
}

#[derive(Serialize)]
struct Read {
    kind: &'static str,
    format: &'static str,
    documents: Vec<Value>,
    problems: Vec<Problem>,
}

/// The document of a text and its annotations in brat's format.
#[wasm_bindgen(js_name = readBrat)]
pub fn read_brat(text: &str, annotations: &str) -> Result<JsValue> {
    let (document, problems) = brat::read("", text, annotations);
    serialize(&json!({"document": given_out(&document), "problems": problems}))
}

/// The rows of a table.
#[wasm_bindgen(js_name = readCsv)]
pub fn read_csv(content: &str) -> Array {
    let row = |row: Vec<String>| row.into_iter().map(JsString::from).collect::<Array>();
    csv::read(content, None).into_iter().map(row).collect()
}

/// Files of documents in a format: one, or for brat two a document.
#[wasm_bindgen]
pub fn write(format: &str, documents: JsValue) -> Result<JsValue> {
    let format = Format::by_name(format).map_err(to_js)?;
    let given: Vec<Given> = serde_wasm_bindgen::from_value(documents).map_err(|error| {
        to_js(Problem::new(code::MISSING, format!("the documents are not as described: {error}")))
    })?;
    let documents: std::result::Result<Vec<Document>, Problem> =
        given.into_iter().map(Given::document).collect();
    let documents = documents.map_err(to_js)?;
    // A text of one's own is exported alone, as its entities; documents of elsewhere with theirs.
    let several = documents.len() != 1 || documents[0].extra.contains_key("url");
    let text = several && format == Format::Json;
    let options = Options { unit: Unit::Utf16, text, several };
    serialize(&write_files(format, options, &documents).map_err(to_js)?)
}

/// The formats that can be written.
#[wasm_bindgen(js_name = exportFormats)]
pub fn export_formats() -> Result<JsValue> {
    serialize(&EXPORT_FORMATS)
}

/// How entities that were found compare with those that are taken for right.
#[wasm_bindgen(js_name = compare)]
pub fn compare_entities(gold: JsValue, found: JsValue) -> Result<JsValue> {
    let read = |value| {
        serde_wasm_bindgen::from_value::<Vec<Mention>>(value).map_err(|error| {
            to_js(Problem::new(
                code::MISSING,
                format!("the entities are not as described: {error}"),
            ))
        })
    };
    let (gold, found) = (read(gold)?, read(found)?);
    let [gold, found] = [&gold, &found].map(|mentions| {
        let mentions = mentions.iter();
        mentions.map(Mention::compared).collect::<Vec<_>>()
    });
    serialize(&compare::compare(&gold, &found))
}

#[derive(Deserialize)]
struct Mention {
    start: f64,
    end: f64,
    #[serde(rename = "type")]
    kind: String,
}

impl Mention {
    fn compared(&self) -> compare::Mention<'_> {
        compare::Mention { start: self.start as usize, end: self.end as usize, kind: &self.kind }
    }
}

/// A document as JavaScript gives it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
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
    fn document(self) -> std::result::Result<Document, Problem> {
        let offsets = Offsets::new(&self.text, Unit::Utf16);
        let byte = |units: f64| {
            offsets.byte(&self.text, units as usize).ok_or_else(|| {
                Problem::new(code::OFFSETS, format!("the offset {units} does not fit the text"))
            })
        };
        let id = match self.id {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(id),
            Some(other) => Some(other.to_string()),
        };
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
        })
    }
}

/// A document as JavaScript gets it.
fn given_out(document: &Document) -> Value {
    let mut fields =
        json_format::value(document, json_format::Style { unit: Unit::Utf16, text: true });
    fields.shift_remove("offsets");
    Value::Object(fields)
}

fn serialize(value: &impl Serialize) -> Result<JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|error| to_js(Problem::new(code::SYNTAX, error.to_string())))
}

fn to_js(problem: Problem) -> JsValue {
    let error = JsError::new(&problem.to_string());
    // Neither can fail: the error is an object of our own.
    let _ = Reflect::set(&error, &"code".into(), &problem.code.into());
    if let Some(line) = problem.line {
        let _ = Reflect::set(&error, &"line".into(), &JsValue::from_f64(line as f64));
    }
    error.into()
}
