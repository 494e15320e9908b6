//! The boundary: the only file of the crate that knows JavaScript. Offsets are UTF-16 code units here,
//! and problems that end a call become JavaScript errors with a `code` and, where it is known, a `line`.

use js_sys::{Array, Error as JsError, JsString, Reflect};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::*;

use crate::problem::{Problem, code};
use crate::{
    ByteSpan, Document, EXPORT_FORMATS, Format, Offsets, Options, Passage, Unit, abbreviation,
    brat, compare, csv, decode as decode_bytes, json as json_format, type_name,
    write as write_files,
};

type Result<T> = std::result::Result<T, JsValue>;

/// Runs once when the module is instantiated. A panic, which would be a defect, is then written to
/// the console with its place and its stack before the module traps.
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
    let table = |delimiter| {
        let problems = csv::problems(content, delimiter);
        json!({"kind": "table", "rows": csv::read(content, delimiter), "problems": problems})
    };
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

/// The rows of a table. Without a delimiter the one that the first line has most of counts.
#[wasm_bindgen(js_name = readCsv)]
pub fn read_csv(content: &str, delimiter: Option<String>) -> Array {
    let delimiter = delimiter.and_then(|delimiter| delimiter.bytes().next());
    let row = |row: Vec<String>| row.into_iter().map(JsString::from).collect::<Array>();
    csv::read(content, delimiter).into_iter().map(row).collect()
}

/// Which columns of a table are the text and the names, and whether its first row names them.
#[wasm_bindgen(js_name = guessColumns)]
pub fn guess_columns(rows: Array) -> Result<JsValue> {
    let fields = |row: JsValue| Array::from(&row).iter().filter_map(|f| f.as_string()).collect();
    let rows: Vec<Vec<String>> = rows.iter().take(csv::Columns::ROWS).map(fields).collect();
    serialize(&csv::Columns::guess(&rows))
}

/// The documents of a table, a row each, from the columns given.
#[wasm_bindgen(js_name = readTable)]
pub fn read_table(name: &str, content: &str, columns: JsValue) -> Result<JsValue> {
    let columns: csv::Columns = from_js(columns)?;
    let delimiter = (Format::detect(name, content) == Format::Tsv).then_some(b'\t');
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for read in csv::documents(content, delimiter, Some(&columns)) {
        match read {
            Ok(document) => documents.push(given_out(&document)),
            Err(problem) => problems.push(problem),
        }
    }
    serialize(&json!({"documents": documents, "problems": problems}))
}

/// Files of documents in a format: one, or for brat two a document.
#[wasm_bindgen]
pub fn write(format: &str, documents: JsValue) -> Result<JsValue> {
    let format = Format::by_name(format).map_err(to_js)?;
    let given: Vec<Given> = from_js(documents)?;
    let documents: std::result::Result<Vec<Document>, Problem> =
        given.into_iter().map(Given::document).collect();
    let documents = documents.map_err(to_js)?;
    // A text of one's own is exported alone, as its entities; documents of elsewhere with theirs.
    let several = documents.len() != 1 || documents[0].extra.contains_key("url");
    let text = several && format == Format::Json;
    let options = Options { unit: Unit::Utf16, text, several };
    serialize(&write_files(format, options, &documents).map_err(to_js)?)
}

/// A place, in UTF-16 code units.
#[derive(Clone, Copy, Deserialize, Serialize)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn new(offsets: &Offsets, span: ByteSpan) -> Span {
        Span { start: offsets.of(span.start), end: offsets.of(span.end) }
    }

    fn bytes(self, text: &str, offsets: &Offsets) -> std::result::Result<ByteSpan, Problem> {
        match (offsets.byte(text, self.start), offsets.byte(text, self.end)) {
            (Some(start), Some(end)) if start <= end => Ok(ByteSpan::new(start, end)),
            _ => {
                let message =
                    format!("the offsets {} to {} do not fit the text", self.start, self.end);
                Err(Problem::new(code::OFFSETS, message))
            }
        }
    }
}

/// An abbreviation and its definition, as JavaScript has it.
#[derive(Deserialize, Serialize)]
struct Definition {
    short: String,
    at: Span,
    long: Span,
}

/// Every abbreviation that a text defines, in order.
#[wasm_bindgen(js_name = findDefinitions)]
pub fn find_definitions(text: &str) -> Result<JsValue> {
    let offsets = Offsets::new(text, Unit::Utf16);
    let found = abbreviation::find_definitions(text).into_iter().map(|found| Definition {
        at: Span::new(&offsets, found.at),
        long: Span::new(&offsets, found.long),
        short: found.short,
    });
    serialize(&found.collect::<Vec<_>>())
}

/// The entities that abbreviations add to `entities`, which are sorted by start: they have the type and
/// the score of their long form.
#[wasm_bindgen]
pub fn derive(text: &str, definitions: JsValue, entities: JsValue) -> Result<JsValue> {
    let offsets = Offsets::new(text, Unit::Utf16);
    let (definitions, spans) = abbreviations(text, &offsets, definitions, &entities)?;
    let types: Vec<Type> = from_js(entities)?;
    let derived = abbreviation::derive(text, &definitions, &spans);
    let added = derived.iter().map(|derived| {
        let Span { start, end } = Span::new(&offsets, derived.span);
        let source = &types[derived.of];
        let mut entity = json!({
            "start": start,
            "end": end,
            "type": source.kind,
            "text": derived.span.slice(text),
        });
        if let Some(score) = source.score {
            entity["score"] = json!(score);
        }
        entity["origin"] = json!("abbreviation");
        entity
    });
    serialize(&added.collect::<Vec<_>>())
}

/// For each definition the index of the entity that is its long form, or null.
#[wasm_bindgen]
pub fn named(text: &str, definitions: JsValue, entities: JsValue) -> Result<JsValue> {
    let offsets = Offsets::new(text, Unit::Utf16);
    let (definitions, spans) = abbreviations(text, &offsets, definitions, &entities)?;
    serialize(&abbreviation::named(text, &definitions, &spans))
}

#[derive(Deserialize)]
struct Type {
    #[serde(rename = "type")]
    kind: String,
    score: Option<f64>,
}

/// Definitions and entities in bytes.
fn abbreviations(
    text: &str,
    offsets: &Offsets,
    definitions: JsValue,
    entities: &JsValue,
) -> Result<(Vec<abbreviation::Definition>, Vec<ByteSpan>)> {
    let definitions = from_js::<Vec<Definition>>(definitions)?.into_iter().map(|definition| {
        Ok(abbreviation::Definition {
            at: definition.at.bytes(text, offsets)?,
            long: definition.long.bytes(text, offsets)?,
            short: definition.short,
        })
    });
    let definitions = definitions.collect::<std::result::Result<_, _>>().map_err(to_js)?;
    let spans = from_js::<Vec<Span>>(entities.clone())?;
    let spans = spans.into_iter().map(|span| span.bytes(text, offsets));
    Ok((definitions, spans.collect::<std::result::Result<_, _>>().map_err(to_js)?))
}

fn from_js<T: serde::de::DeserializeOwned>(value: JsValue) -> Result<T> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        to_js(Problem::new(code::MISSING, format!("what was given is not as described: {error}")))
    })
}

/// The formats that can be written.
#[wasm_bindgen(js_name = exportFormats)]
pub fn export_formats() -> Result<JsValue> {
    serialize(&EXPORT_FORMATS)
}

/// The names of types that are to be asked for, as the engine takes them. If it does not, the error has the
/// code `types`, and says in `problem` why: see [`TypesError`](crate::TypesError).
#[wasm_bindgen(js_name = checkTypes)]
pub fn check_types(types: Vec<String>) -> Result<Vec<String>> {
    type_name::check_types(&types).map_err(|refused| {
        let error = JsError::new(&refused.to_string());
        let problem = serialize(&refused).unwrap_or_default();
        // Neither can fail: the error is an object of our own.
        let _ = Reflect::set(&error, &"code".into(), &"types".into());
        let _ = Reflect::set(&error, &"problem".into(), &problem);
        error.into()
    })
}

/// Equal for two names of types that count as the same.
#[wasm_bindgen(js_name = typeKey)]
pub fn type_key(name: &str) -> String {
    type_name::type_key(name)
}

/// How entities that were found compare with those that are taken for right.
#[wasm_bindgen(js_name = compare)]
pub fn compare_entities(gold: JsValue, found: JsValue) -> Result<JsValue> {
    let (gold, found): (Vec<Mention>, Vec<Mention>) = (from_js(gold)?, from_js(found)?);
    let [gold, found] = [&gold, &found].map(|mentions| {
        let mentions = mentions.iter();
        mentions.map(Mention::compared).collect::<Vec<_>>()
    });
    serialize(&compare::compare(&gold, &found))
}

/// The scores of several comparisons together, strict and partial.
#[wasm_bindgen(js_name = sumScores)]
pub fn sum_scores(all: JsValue) -> Result<JsValue> {
    let all: Vec<compare::Both> = from_js(all)?;
    serialize(&compare::Both::sum(all))
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
