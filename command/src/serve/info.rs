//! What the server says of itself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

use super::App;
use super::error::{Refusal, json};
use super::metrics;

/// The description of the interface, which tests hold against the answers.
const OPENAPI: &str = include_str!("openapi.json");

#[derive(Serialize)]
struct Health<'a> {
    status: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
}

/// Whether the server takes texts.
pub async fn ready(State(app): State<Arc<App>>) -> impl IntoResponse {
    let (code, status) = match app.stop.has_begun() {
        false => (StatusCode::OK, "ready"),
        true => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
    };
    let version = env!("CARGO_PKG_VERSION");
    (code, json(&Health { status, version, model: app.model.as_deref() }))
}

/// Whether the server runs.
pub async fn live() -> impl IntoResponse {
    json(&Health { status: "live", version: env!("CARGO_PKG_VERSION"), model: None })
}

/// The metrics, for Prometheus.
pub async fn metrics(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Refusal> {
    let text = app.metrics.text(app.engine.waiting())?;
    Ok(([(header::CONTENT_TYPE, metrics::MEDIA_TYPE)], text))
}

/// The description of the interface.
pub async fn openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI)
}

/// The types of the inventory, the presets and the output formats.
pub async fn types() -> impl IntoResponse {
    #[derive(Serialize)]
    struct Type<'a> {
        name: &'a str,
        synonyms: &'a [String],
        definition: &'a str,
    }
    #[derive(Serialize)]
    struct Types<'a> {
        types: Vec<Type<'a>>,
        presets: &'a [bioner::Preset],
        formats: Vec<&'a str>,
    }
    let inventory = bioner::inventory();
    let types = inventory.types.iter().map(|entry| Type {
        name: &entry.name,
        synonyms: &entry.synonyms,
        definition: &entry.definition,
    });
    let formats = bioner::format::all().iter().map(|format| format.name()).collect();
    json(&Types { types: types.collect(), presets: &inventory.presets, formats })
}
