//! The paths, and who answers at each.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::cors::CorsLayer;

use super::App;
use super::ask::Options;
use super::error::Refusal;
use super::guard::guard;
use super::reader::Reader;
use super::{documents, info, lines, one, unpack};

/// All paths, as they are told and counted.
pub const PATHS: [&str; 7] = [
    "/v1/extract",
    "/v1/types",
    "/v1/openapi.json",
    "/health",
    "/health/live",
    "/health/ready",
    "/metrics",
];

/// The service.
pub fn router(app: Arc<App>) -> Router {
    let [extract, types, openapi, health, live, ready, metrics] = PATHS;
    let origins: Vec<HeaderValue> =
        app.origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    let router = Router::new()
        .route(extract, post(answer))
        .route(types, get(info::types))
        .route(openapi, get(info::openapi))
        .route(health, get(info::ready))
        .route(live, get(info::live))
        .route(ready, get(info::ready))
        .route(metrics, get(info::metrics))
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || Refusal::method())
        // Bodies have limits of their own.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .with_state(app);
    if origins.is_empty() {
        return router;
    }
    let cors = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::CONTENT_ENCODING]);
    router.layer(cors)
}

/// Answers a request for extraction by what its body is.
async fn answer(State(app): State<Arc<App>>, request: Request<Body>) -> Result<Response, Refusal> {
    let permit = app.requests.clone().try_acquire_owned().map_err(|_| Refusal::too_many())?;
    let (head, body) = request.into_parts();
    let media_type = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = media_type.and_then(|value| value.split(';').next()).unwrap_or_default();
    let media_type = media_type.trim().to_ascii_lowercase();
    let options = Options::of_query(&head.uri)?;
    if media_type == "application/json" && !options.name_a_file() {
        return one::answer(&app, options, &head.headers, body).await;
    }
    let ask = options.checked(&app)?;
    let is_lines = [lines::MEDIA_TYPE, "application/jsonl", "application/ndjson"]
        .contains(&media_type.as_str());
    if is_lines && ask.input.is_none() && ask.output.is_none() {
        let is_packed = unpack::is_stated(&head.headers)?;
        let lines = Reader::new(body, is_packed, app.limits.max_bytes);
        return Ok(lines::answer(app, ask, lines, permit));
    }
    let body = one::read(&app, &head.headers, body).await?;
    let format = match ask.input {
        Some(format) => format,
        None if is_lines => bioner_documents::Format::JsonLines,
        None => documents::format_of(&media_type, &body)?,
    };
    documents::answer(app, ask, format, body, permit).await
}
