//! The lines of the body of a request, as they come.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;

use super::error::Refusal;
use super::unpack::{self, Unpacker};

/// A line of a body.
pub enum Line {
    Whole(Vec<u8>),
    /// One that has more bytes than are allowed; they are read and not kept.
    TooLong,
}

/// The lines of a body that are not blank.
pub struct Reader {
    parts: Parts,
    /// What came and is not given out.
    came: Bytes,
    line: Vec<u8>,
    is_too_long: bool,
    limit: usize,
    /// The number of the line given out last.
    pub number: usize,
}

impl Reader {
    /// From the beginning of a body, packed with gzip or not.
    pub fn new(body: Body, is_packed: bool, limit: usize) -> Self {
        let parts = Parts { body, is_packed, has_begun: false, unpacker: None };
        let came = Bytes::new();
        Reader { parts, came, line: Vec::new(), is_too_long: false, limit, number: 0 }
    }

    /// The next line; `None` at the end. Nothing is lost if it is dropped.
    pub async fn next(&mut self) -> Result<Option<Line>, Refusal> {
        loop {
            let end = self.came.iter().position(|&byte| byte == b'\n');
            let part = self.came.split_to(end.unwrap_or(self.came.len()));
            self.is_too_long |= self.line.len() + part.len() > self.limit;
            if self.is_too_long {
                self.line = Vec::new();
            } else {
                self.line.extend_from_slice(&part);
            }
            if end.is_some() {
                let _ = self.came.split_to(1);
                if let Some(line) = self.take() {
                    return Ok(Some(line));
                }
                continue;
            }
            match self.parts.next().await? {
                None => return Ok(self.take()),
                Some(part) => self.came = part,
            }
        }
    }

    /// The line that has ended, unless it is blank.
    fn take(&mut self) -> Option<Line> {
        self.number += 1;
        let mut line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.is_too_long) {
            return Some(Line::TooLong);
        }
        if self.number == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        (!line.trim_ascii().is_empty()).then_some(Line::Whole(line))
    }
}

/// A body, a part at a time and unpacked.
struct Parts {
    body: Body,
    /// Whether the head says that it is packed. A file that is packed may come without that.
    is_packed: bool,
    has_begun: bool,
    unpacker: Option<Unpacker>,
}

impl Parts {
    /// The next part; `None` at the end. Nothing is lost if it is dropped.
    async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        loop {
            if let Some(unpacker) = &mut self.unpacker {
                // Few bytes may hold many: others have their turn.
                tokio::task::yield_now().await;
                if let Some(part) = unpacker.next()? {
                    return Ok(Some(part));
                }
            }
            let part = match self.body.frame().await {
                None => match self.unpacker.take() {
                    Some(unpacker) => return unpacker.finish().map(|()| None),
                    None => return Ok(None),
                },
                Some(Err(_)) => return Err(Refusal::input("the body was cut")),
                Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            };
            if part.is_empty() {
                continue;
            }
            // No line of JSON begins as packed bytes do.
            if !self.has_begun && (self.is_packed || part.first() == unpack::MAGIC.first()) {
                self.unpacker = Some(Unpacker::new());
            }
            self.has_begun = true;
            match &mut self.unpacker {
                Some(unpacker) => unpacker.put(part),
                None => return Ok(Some(part)),
            }
        }
    }
}
