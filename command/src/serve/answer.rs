//! From a document that was handed to the engine to the JSON of what was found.

use std::sync::Arc;

use bioner::{Error, Result};
use bioner_documents::Document;
use bioner_linking::Link;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

use super::App;
use super::ask::Ask;
use super::engine::Place;
use super::error::Refusal;
use crate::{Finished, Found, link, results};

/// A document that is worked on, or why it is not.
pub struct Pending {
    pub id: Value,
    found: std::result::Result<oneshot::Receiver<Result<Found>>, Refusal>,
    until: Instant,
}

impl Pending {
    /// Hands a document to the engine.
    pub fn submit(app: &App, ask: &Ask, place: Place, id: Value, document: Document) -> Pending {
        let offsets = ask.offsets(&document.text);
        let found = app.engine.submit(place, document, ask.question.clone(), offsets);
        Pending { id, found: Ok(found), until: Instant::now() + app.limits.timeout }
    }

    /// A document that cannot be worked on.
    pub fn refused(id: Value, refusal: Refusal) -> Pending {
        Pending { id, found: Err(refusal), until: Instant::now() }
    }

    /// Waits for what was found. Work on the document stops when its time is over, when that of the
    /// server is, and when this is dropped.
    pub async fn found(self, app: &App) -> std::result::Result<Found, Refusal> {
        tokio::select! {
            biased;
            found = self.found? => match found {
                Ok(found) => Ok(found?),
                Err(_) => Err(Refusal::internal()),
            },
            () = sleep_until(self.until) => Err(Refusal::timeout()),
            () = app.stop.over() => Err(Refusal::stopping()),
        }
    }
}

/// The identifiers of what was found, if they are asked for.
pub fn links(app: &App, ask: &Ask, found: &Found) -> Vec<Link> {
    match &app.linker {
        Some(linker) if ask.link => link::links(linker, found),
        _ => Vec::new(),
    }
}

/// What was found as the line of JSON that the command line writes.
pub async fn line(
    app: &Arc<App>,
    ask: &Ask,
    id: Value,
    found: Found,
) -> std::result::Result<String, Refusal> {
    let (app, ask) = (app.clone(), ask.clone());
    let write = move || {
        let links = links(&app, &ask, &found);
        results::line(&Finished { attached: id, outcome: Ok(found) }, &links, ask.asked)
    };
    let written = tokio::task::spawn_blocking(write).await.map_err(|_| Refusal::internal())?;
    Ok(written?)
}

/// The line of a document that could not be worked on.
pub fn refused_line(id: &Value, refusal: &Refusal) -> Result<String> {
    #[derive(Serialize)]
    struct Line<'a> {
        id: &'a Value,
        error: &'a Refusal,
    }
    serde_json::to_string(&Line { id, error: refusal })
        .map_err(|e| Error::Internal(format!("a result cannot be printed: {e}")))
}
