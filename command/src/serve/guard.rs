//! Who may ask: clients that call the server by a name of its own, and no page of another origin.
//!
//! A page on the web can have a browser send requests to a server on the same machine or network. It cannot
//! read the answers without the server's permission (CORS), unless its own name is made to lead to the
//! server's address (DNS rebinding). The names of the server keep the second out, the origin keeps such
//! pages from using the server at all.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::error::Refusal;
use super::watch::Watch;

/// Lets a request through, or refuses it; and counts it.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let watch = Watch::new(&app, &request);
    let response = match check(&app, &request, watch.path()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    watch.over(response)
}

fn check(app: &App, request: &Request, path: &str) -> Result<(), Refusal> {
    let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let authority = match request.uri().authority() {
        Some(authority) => authority.clone(),
        None => {
            header(header::HOST).and_then(|host| host.parse().ok()).ok_or_else(Refusal::host)?
        }
    };
    if !is_own_name(app, &authority) {
        return Err(Refusal::host());
    }
    if let Some(origin) = header(header::ORIGIN) {
        let own = origin.split_once("://").is_some_and(|(_, rest)| authority == *rest);
        if !own && !app.origins.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin)) {
            return Err(Refusal::origin());
        }
    }
    if app.stop.has_begun() && !path.starts_with("/health") {
        return Err(Refusal::stopping());
    }
    Ok(())
}

/// Whether the server answers to this name. No DNS leads to an address that is written as such.
fn is_own_name(app: &App, authority: &Authority) -> bool {
    let name = authority.host().to_ascii_lowercase();
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
    name == "localhost" || address.parse::<IpAddr>().is_ok() || app.hosts.contains(&name)
}
