//! A request with many texts: a line of JSON in, a line out, in the same order. Neither is kept: what was
//! not yet answered is bounded, and so is what the client has not yet taken.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;

use super::App;
use super::answer::{self, Pending};
use super::ask::Ask;
use super::error::Refusal;
use super::reader::{Line, Reader};
use crate::input::{self, Bad};

/// The media type of lines of JSON.
pub const MEDIA_TYPE: &str = "application/x-ndjson";

/// The most texts of a request that are read and not answered: enough for a worker to have its passes full.
const AHEAD: usize = 24;

/// The most bytes of them for each worker: some dozens of abstracts, one long article. So a request with
/// long texts does not fill the queue for hours.
const AHEAD_BYTES: usize = 64 << 10;

/// The most bytes that a text counts as: a worker always has another one when it is done with the first.
const COUNTED: usize = AHEAD_BYTES / 2;

/// The most answers that are written and not taken by the client.
const WRITTEN: usize = 4;

/// Answers a request with a text a line.
pub fn answer(app: Arc<App>, ask: Ask, lines: Reader, permit: OwnedSemaphorePermit) -> Response {
    let (to_writer, pending) = mpsc::channel(AHEAD);
    let (out, written) = mpsc::channel(WRITTEN);
    tokio::spawn(async move {
        // The request counts as one until all of it is answered or its client has left.
        let _permit = permit;
        tokio::join!(read(&app, &ask, lines, to_writer), write(&app, &ask, pending, out));
    });
    response(written)
}

/// Answers a request with documents that are already there.
pub fn answer_given(
    app: Arc<App>,
    ask: Ask,
    given: Vec<Result<input::Given, Bad>>,
    permit: OwnedSemaphorePermit,
) -> Response {
    let (out, lines) = mpsc::channel(WRITTEN);
    tokio::spawn(async move {
        let _permit = permit;
        let pending = submit_all(&app, &ask, given);
        tokio::join!(pending.1, write(&app, &ask, pending.0, out));
    });
    response(lines)
}

/// Hands documents to the engine as it has room for them, while the future that is returned is polled.
pub fn submit_all(
    app: &App,
    ask: &Ask,
    given: Vec<Result<input::Given, Bad>>,
) -> (mpsc::Receiver<Pending>, impl Future<Output = ()>) {
    let (to_writer, pending) = mpsc::channel(AHEAD);
    let submit = async move {
        let ahead = Ahead::new(app, ask);
        for given in given {
            let Ok(room) = to_writer.reserve().await else { return };
            room.send(ahead.submit(given).await);
        }
    };
    (pending, submit)
}

/// What a request has at the engine.
struct Ahead<'a> {
    app: &'a App,
    ask: &'a Ask,
    /// The bytes that may still be handed to the engine before something is answered.
    bytes: Arc<Semaphore>,
}

impl<'a> Ahead<'a> {
    fn new(app: &'a App, ask: &'a Ask) -> Self {
        let bytes = Arc::new(Semaphore::new(AHEAD_BYTES * app.engine.workers()));
        Ahead { app, ask, bytes }
    }

    /// Hands a document to the engine as soon as there is room for it.
    async fn submit(&self, given: Result<input::Given, Bad>) -> Pending {
        let (id, document) = match given {
            Ok(input::Given { id, document, .. }) => (id, document),
            Err(Bad { id, error, .. }) => return Pending::refused(id, error.into()),
        };
        let bytes = document.text.len().min(COUNTED) as u32;
        // The semaphore is never closed.
        let Ok(room) = self.bytes.clone().acquire_many_owned(bytes).await else {
            return Pending::refused(id, Refusal::stopping());
        };
        match self.app.engine.place_among_many().await {
            Ok(place) => Pending::submit(self.app, self.ask, place, id, document).ahead(room),
            Err(refusal) => Pending::refused(id, refusal),
        }
    }
}

/// Reads line after line and hands them to the engine, as long as the client takes what is written.
async fn read(app: &App, ask: &Ask, mut lines: Reader, to_writer: mpsc::Sender<Pending>) {
    let ahead = Ahead::new(app, ask);
    loop {
        let Ok(room) = to_writer.reserve().await else { return };
        let line = tokio::select! {
            biased;
            () = to_writer.closed() => return,
            () = app.stop.over() => Err(Refusal::stopping()),
            line = timeout(app.limits.client_timeout, lines.next()) => match line {
                Ok(Ok(None)) => return,
                Ok(Ok(Some(line))) => Ok(line),
                Ok(Err(refusal)) => Err(refusal),
                Err(_) => Err(Refusal::slow()),
            },
        };
        match line {
            Ok(Line::Whole(line)) => {
                let given = input::json_line(&line, lines.number);
                drop(line);
                room.send(ahead.submit(given).await);
            }
            Ok(Line::TooLong) => {
                let refusal = Refusal::too_large(app.limits.max_bytes);
                room.send(Pending::refused(Value::Null, refusal));
            }
            // The last line says that the rest was not read.
            Err(refusal) => return room.send(Pending::refused(Value::Null, refusal)),
        }
    }
}

/// Writes what was found, in the order of the lines. Ends when the client has left, and with it what it
/// asked for.
async fn write(
    app: &Arc<App>,
    ask: &Ask,
    mut pending: mpsc::Receiver<Pending>,
    out: mpsc::Sender<Bytes>,
) {
    let written = async {
        while let Some(document) = pending.recv().await {
            let id = document.id.clone();
            let line = match document.found(app).await {
                Ok(found) => answer::line(app, ask, id.clone(), found).await,
                Err(refusal) => Err(refusal),
            };
            let line = line.or_else(|refusal| answer::refused_line(&id, &refusal));
            let Ok(line) = line else { return };
            if out.send((line + "\n").into()).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = out.closed() => {}
        () = written => {}
    }
}

fn response(lines: mpsc::Receiver<Bytes>) -> Response {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], Body::new(Written(lines))).into_response()
}

/// What is written, as the body of an answer.
struct Written(mpsc::Receiver<Bytes>);

impl http_body::Body for Written {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}
