//! A request from its head to the end of its answer: how long it took, and how it ended.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;
use http_body::{Frame, SizeHint};

use super::App;
use super::log::{self, Level};
use super::routes::PATHS;

/// What a request is counted as whose client left before the end of the answer.
const LEFT: u16 = 499;

/// A request. When it is dropped it is counted and told.
pub struct Watch {
    app: Arc<App>,
    method: &'static str,
    path: &'static str,
    began: Instant,
    bytes: u64,
    status: u16,
}

impl Watch {
    /// A request that begins.
    pub fn new(app: &Arc<App>, request: &Request) -> Self {
        // Names of methods and paths that are not the server's own may hold anything.
        let methods = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS];
        let method = methods.iter().position(|method| method == request.method());
        let path = PATHS.iter().find(|path| **path == request.uri().path());
        Watch {
            app: app.clone(),
            method: method.map_or("?", |at| ["GET", "HEAD", "POST", "OPTIONS"][at]),
            path: path.copied().unwrap_or("?"),
            began: Instant::now(),
            bytes: 0,
            status: LEFT,
        }
    }

    /// The path, if it is one of the server's own.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Watches an answer to its end.
    pub fn over(self, response: Response) -> Response {
        let status = response.status().as_u16();
        response.map(|body| Body::new(Watched { body, status, watch: self }))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let time = self.began.elapsed();
        self.app.metrics.request(self.path, self.status, time);
        let Watch { method, path, status, bytes, .. } = *self;
        let ms = time.as_millis();
        let what = format_args!("{method} {path} {status} in {ms} ms, {bytes} bytes");
        log::line(self.app.level, Level::Requests, what);
    }
}

/// The body of an answer.
struct Watched {
    body: Body,
    status: u16,
    watch: Watch,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        match &frame {
            Poll::Ready(Some(Ok(frame))) => {
                self.watch.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            Poll::Ready(None) => self.watch.status = self.status,
            _ => {}
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // A body whose length is known is not asked once more for its end.
        if self.body.is_end_stream() {
            self.watch.status = self.status;
        }
    }
}
