//! A request with one text, and bodies that are read whole.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bioner_documents::Document;
use http_body_util::BodyExt;
use serde_json::{Map, Value};

use super::App;
use super::answer::{self, Pending};
use super::ask::Options;
use super::error::Refusal;
use super::unpack;

/// How many times the limit is read of a body that is too large, before the connection is closed: many
/// clients read no answer before they have sent all.
const READ_ON: usize = 8;

/// Answers a request with one text in JSON.
pub async fn answer(
    app: &Arc<App>,
    query: Options,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let body = read(app, headers, body).await?;
    let mut fields: Map<String, Value> = serde_json::from_slice(&body)
        .map_err(|error| Refusal::input(format!("the body is no object of JSON: {error}")))?;
    drop(body);
    let id = fields.shift_remove("id").unwrap_or_default();
    let Some(Value::String(text)) = fields.shift_remove("text") else {
        return Err(Refusal::input("there is no \"text\", or it is no string"));
    };
    let options = query.and(Options::of_json(fields)?)?;
    if options.name_a_file() {
        let message = "input_format and output_format stand in the query, beside a file";
        return Err(Refusal::input(message));
    }
    let ask = options.checked(app)?;
    let place = app.engine.place()?;
    let document = Document::new("", text);
    let pending = Pending::submit(app, &ask, place, id.clone(), document);
    let found = pending.found(app).await?;
    let line = answer::line(app, &ask, id, found).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], line).into_response())
}

/// Reads a body whole and unpacks it, within the limits of size and time.
pub async fn read(app: &App, headers: &HeaderMap, mut body: Body) -> Result<Bytes, Refusal> {
    let limit = app.limits.max_bytes;
    let is_packed = unpack::is_stated(headers)?;
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let stated = stated.and_then(|value| value.parse::<usize>().ok());
    // Who waits for permission to send it is refused at once.
    if headers.contains_key(header::EXPECT) && stated.is_some_and(|length| length > limit) {
        return Err(Refusal::too_large(limit));
    }
    let reading = async {
        let mut bytes = Vec::with_capacity(stated.unwrap_or(0).min(limit));
        let mut length = 0usize;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Refusal::input("the body was cut"))?;
            let Ok(data) = frame.into_data() else { continue };
            length = length.saturating_add(data.len());
            if length > limit.saturating_mul(READ_ON) {
                break;
            }
            if length > limit {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&data);
            }
        }
        if length > limit { Err(Refusal::too_large(limit)) } else { Ok(Bytes::from(bytes)) }
    };
    let read = tokio::time::timeout(app.limits.client_timeout, reading).await;
    let body = read.unwrap_or_else(|_| Err(Refusal::slow()))?;
    if !is_packed && !body.starts_with(&unpack::MAGIC) {
        return Ok(body);
    }
    let unpacked = tokio::task::spawn_blocking(move || unpack::whole(body, is_packed, limit));
    unpacked.await.map_err(|_| Refusal::internal())?
}
