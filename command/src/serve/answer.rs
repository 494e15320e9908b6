//! From a document that was handed to the engine to the JSON of what was found.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use bioner::{Error, Result};
use bioner_documents::Document;
use bioner_linking::Link;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::{Instant, sleep_until};

use super::App;
use super::ask::Ask;
use super::engine::{Place, RequestKind, Submitted};
use super::error::Refusal;
use crate::{Finished, Found, link, results};

/// A document that is worked on, or why it is not.
pub struct Pending {
    pub id: Value,
    found: std::result::Result<oneshot::Receiver<Result<Found>>, Refusal>,
    clock: Clock,
    /// Its place among those of its request that were read and are not answered.
    ahead: Option<OwnedSemaphorePermit>,
}

/// From when the time of a document counts.
enum Clock {
    /// From when it came: somebody waits for it.
    Came(Instant),
    /// From when work on it begins, as the server itself chose to read so far ahead.
    Begun(oneshot::Receiver<std::time::Instant>),
}

impl Clock {
    /// Waits until a document has had its time.
    async fn over(self, time: Duration) {
        let from = match self {
            Clock::Came(came) => came,
            Clock::Begun(begun) => match begun.await {
                Ok(begun) => begun.into(),
                // It could not be begun, and whoever waits for it hears that.
                Err(_) => return pending().await,
            },
        };
        sleep_until(from + time).await;
    }
}

impl Pending {
    /// Hands a document to the engine.
    pub fn submit(app: &App, ask: &Ask, place: Place, id: Value, document: Document) -> Pending {
        let offsets = ask.offsets(&document.text);
        let kind = place.kind();
        let Submitted { begun, found } =
            app.engine.submit(place, document, ask.question.clone(), offsets);
        let clock = match kind {
            RequestKind::Single => Clock::Came(Instant::now()),
            RequestKind::Many => Clock::Begun(begun),
        };
        Pending { id, found: Ok(found), clock, ahead: None }
    }

    /// The document with its place among those of its request, which it has until it is answered.
    pub fn ahead(self, permit: OwnedSemaphorePermit) -> Pending {
        Pending { ahead: Some(permit), ..self }
    }

    /// A document that cannot be worked on.
    pub fn refused(id: Value, refusal: Refusal) -> Pending {
        Pending { id, found: Err(refusal), clock: Clock::Came(Instant::now()), ahead: None }
    }

    /// Waits for what was found. Work on the document stops when its time is over, when that of the
    /// server is, and when this is dropped.
    pub async fn found(self, app: &App) -> std::result::Result<Found, Refusal> {
        let _ahead = self.ahead;
        tokio::select! {
            biased;
            found = self.found? => match found {
                Ok(found) => Ok(found?),
                Err(_) => Err(Refusal::internal()),
            },
            () = self.clock.over(app.limits.timeout) => Err(Refusal::timeout()),
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
