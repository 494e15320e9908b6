//! Files read and written.

use js_sys::{Array, JsString};
use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use super::given::{Given, given_out};
use super::{Result, from_js, serialize, to_js};
use crate::problem::Problem;
use crate::{Document, EXPORT_FORMATS, Format, Options, Unit, brat, csv, write as write_files};

/// The text of a file; undefined if it is no plain text.
#[wasm_bindgen]
pub fn decode(bytes: &[u8]) -> Option<String> {
    crate::decode(bytes)
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
            let read = match format.read(content.as_bytes()) {
                // What was not asked for by name is told, as what is wrong in a file is.
                Err(problem) if format == Format::Markup => {
                    problems.push(problem);
                    None
                }
                read => Some(read.map_err(to_js)?),
            };
            for read in read.into_iter().flatten() {
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

/// Files of documents in a format: one, or for brat and XMI those of each document.
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
    let options = Options { text, several, ..Options::new(Unit::Utf16) };
    serialize(&write_files(format, options, &documents).map_err(to_js)?)
}

/// The formats that can be written.
#[wasm_bindgen(js_name = exportFormats)]
pub fn export_formats() -> Result<JsValue> {
    serialize(&EXPORT_FORMATS)
}
