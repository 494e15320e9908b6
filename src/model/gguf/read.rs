//! Reads a header from a stream.

use std::io::{ErrorKind, Read};

use super::{Header, HeaderParser};
use crate::error::Result;

/// Reads a header. Returns it with the bytes that were read after it.
///
/// # Errors
/// [`Error::ModelFile`](crate::Error::ModelFile) if the stream is not GGUF or ends too early;
/// [`Error::ModelUnsupported`](crate::Error::ModelUnsupported) for an unknown version of GGUF or an
/// unknown type of tensor; [`Error::Io`](crate::Error::Io) if reading fails.
pub(crate) fn read_header(reader: &mut impl Read) -> Result<(Header, Vec<u8>)> {
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
            return Ok(parser.finish());
        }
    }
}
