//! A request with a file of documents, in any of the formats that the command line reads and writes.

use std::io::Cursor;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bioner::{Error, Unit};
use bioner_documents::{Document, EXPORT_FORMATS, Format, Problem, Writer, decode};
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;

use super::App;
use super::answer::links;
use super::ask::Ask;
use super::error::Refusal;
use super::lines;
use crate::input::{self, Bad, Given};
use crate::{Found, extract};

/// The header that says how many documents of a file are missing in the answer, whose format has no place
/// for them.
const FAILED: HeaderName = HeaderName::from_static("bioner-failed");

/// The format of a file with that media type; `Err` if it does not say enough.
pub fn format_of(media_type: &str, body: &[u8]) -> Result<Format, Refusal> {
    Ok(match media_type {
        "text/plain" => Format::Text,
        "text/csv" => Format::Csv,
        "text/tab-separated-values" => Format::Tsv,
        "application/xml" | "text/xml" | "application/vnd.xmi+xml" => {
            let start = &body[..body.len().min(1 << 16)];
            match Format::detect("", &String::from_utf8_lossy(start)) {
                format @ (Format::PubmedXml | Format::BiocXml | Format::Xmi) => format,
                _ => return Err(Refusal::media_type()),
            }
        }
        "application/json" => return Err(Refusal::which_json()),
        _ => return Err(Refusal::media_type()),
    })
}

/// Answers a request with a file: with a line of JSON a document, or a file of the format asked for.
pub async fn answer(
    app: Arc<App>,
    ask: Ask,
    format: Format,
    body: Bytes,
    permit: OwnedSemaphorePermit,
) -> Result<Response, Refusal> {
    if let Some(output) = ask.output {
        if ask.asked.raw || !ask.counts_code_points() {
            return Err(Refusal::input("raw and offsets go with lines of JSON alone"));
        }
        // A format that cannot be written is refused before anything is computed.
        writer(&app, &ask, output, false)?;
    }
    let given = tokio::task::spawn_blocking(move || documents(format, body)).await;
    let given = given.map_err(|_| Refusal::internal())??;
    let Some(output) = ask.output else {
        return Ok(lines::answer_given(app, ask, given, permit));
    };
    let several = format != Format::Text;
    let (mut pending, submit) = lines::submit_all(&app, &ask, given);
    let collect = async {
        let mut outcomes = Vec::new();
        while let Some(document) = pending.recv().await {
            outcomes.push(document.found(&app).await);
        }
        outcomes
    };
    let ((), outcomes) = tokio::join!(submit, collect);
    let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    if let [Err(refusal)] = outcomes.as_slice() {
        return Err(refusal.clone());
    }
    let found: Vec<Found> = outcomes.into_iter().flatten().collect();
    let write = move || written(&app, &ask, output, several, found);
    let file = tokio::task::spawn_blocking(write).await.map_err(|_| Refusal::internal())??;
    let media_type = EXPORT_FORMATS.iter().find(|known| known.name == output.name());
    let media_type = media_type.map_or("text/plain", |known| known.mime);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (FAILED, HeaderValue::from(failed)),
    ];
    Ok((headers, file).into_response())
}

/// The documents of a file, and what of it could not be read. What is wrong with their annotations is not
/// told: others take their place.
fn documents(format: Format, body: Bytes) -> Result<Vec<Result<Given, Bad>>, Refusal> {
    // UTF-16 is no format of its own.
    let body = match body.first_chunk() {
        Some([0xff, 0xfe] | [0xfe, 0xff]) => decode(&body).unwrap_or_default().into_bytes().into(),
        _ => body,
    };
    let body = Cursor::new(body);
    let is_told = |read: &Result<Document, Problem>| {
        read.as_ref().err().is_none_or(|problem| !problem.text_is_whole)
    };
    Ok(match format {
        // These have one document, or one a line with its problems beside it.
        Format::Text | Format::JsonLines | Format::Doccano => {
            input::read(format, Value::Null, Box::new(body))?.collect()
        }
        format => {
            let documents = format.read(body).map_err(|problem| input::error(&problem))?;
            documents.filter(is_told).map(input::given).collect()
        }
    })
}

/// The documents that were found something in, as a file.
fn written(
    app: &App,
    ask: &Ask,
    output: Format,
    several: bool,
    found: Vec<Found>,
) -> Result<Vec<u8>, Refusal> {
    let mut writer = writer(app, ask, output, several)?;
    for found in found {
        let links = links(app, ask, &found);
        let document = extract::annotated(found, &links, ask.asked.context);
        writer.document(&document).map_err(Error::from)?;
    }
    Ok(writer.finish().map_err(Error::from)?)
}

fn writer(app: &App, ask: &Ask, output: Format, several: bool) -> Result<Writer<Vec<u8>>, Refusal> {
    let fields = ask.asked.context.fields(ask.link && app.linker.is_some());
    let unit = Unit::CodePoint;
    let options =
        bioner_documents::Options { several, fields, ..bioner_documents::Options::new(unit) };
    Writer::new(output, options, Vec::new()).map_err(|problem| Refusal::input(problem.message))
}
