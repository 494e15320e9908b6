//! The lines of a file, one at a time.

use std::io::{self, BufRead, Read};

use crate::decode::decode_piece;
use crate::problem::{Problem, code};

/// The most bytes of a text that are read at all. A model takes less, but not all that is done with a text needs one.
pub const MAX_TEXT_BYTES: u64 = 64 << 20;

/// The most bytes a line may have: JSON may write a character in six.
pub const MAX_LINE_BYTES: u64 = 6 * MAX_TEXT_BYTES;

/// Lines with their numbers, counted from 1. They end at LF or CR LF and nowhere else. A byte order
/// mark at the beginning is skipped. A line that is too long is skipped and told.
pub(crate) struct Lines<R> {
    input: R,
    number: usize,
    ended: bool,
}

/// A line, without its end.
pub(crate) struct Line {
    pub number: usize,
    pub text: String,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Self {
        Lines { input, number: 0, ended: false }
    }

    fn read(&mut self) -> std::io::Result<Option<Result<Line, Problem>>> {
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if read as u64 == MAX_LINE_BYTES && bytes.last() != Some(&b'\n') {
            self.input.skip_until(b'\n')?;
            let message = format!("the line has more than {} MB", MAX_LINE_BYTES >> 20);
            return Ok(Some(Err(Problem::at(self.number, code::TOO_LARGE, message))));
        }
        let mut content = bytes.as_slice();
        content = content.strip_suffix(b"\n").unwrap_or(content);
        content = content.strip_suffix(b"\r").unwrap_or(content);
        if self.number == 1 {
            content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        }
        Ok(Some(Ok(Line { number: self.number, text: decode_piece(content) })))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Line, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let line = self.read().unwrap_or_else(|error| Some(Err(Problem::io(&error))));
        self.ended = matches!(&line, None | Some(Err(Problem { code: code::IO, .. })));
        line
    }
}

/// An input that knows which line it is read on, for readers that do not go by lines.
pub(crate) struct Counted<R> {
    input: R,
    /// Counted from 1.
    pub line: usize,
}

impl<R: BufRead> Counted<R> {
    /// At the beginning of a file.
    pub fn new(input: R) -> Self {
        Counted { input, line: 1 }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.line += buffer[..read].iter().filter(|&&byte| byte == b'\n').count();
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(bytes) = self.input.fill_buf() {
            self.line += bytes[..amount].iter().filter(|&&byte| byte == b'\n').count();
        }
        self.input.consume(amount);
    }
}
