//! The header of a file that is read as a stream.

use std::io::{ErrorKind, Read};

use super::{Header, HeaderParser};
use crate::error::Result;

/// Reads a header, and a little of the data behind it: how many bytes were taken from the reader is
/// the second value.
///
/// # Errors
/// [`Error::ModelFile`](crate::Error::ModelFile) or
/// [`Error::ModelUnsupported`](crate::Error::ModelUnsupported) if it is not GGUF, of another version,
/// or ends too early; [`Error::Io`](crate::Error::Io) if reading fails.
pub(crate) fn read_header(reader: &mut impl Read) -> Result<(Header, u64)> {
    let mut parser = HeaderParser::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = match reader.read(&mut buffer) {
            Ok(0) => return Err(parser.ends_early()),
            Ok(read) => read,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(e.into()),
        };
        if parser.push(&buffer[..read])? {
            let seen = parser.seen();
            return Ok((parser.finish().0, seen));
        }
    }
}
