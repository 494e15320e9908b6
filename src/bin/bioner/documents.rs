//! The lines of a .jsonl file, one at a time.

use std::io::BufRead;

use bioner::{Error, LARGEST_DOCUMENT, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A line that could not be used: its id, if that much could be read, and why.
pub struct BadLine {
    pub id: Value,
    pub error: Error,
}

/// The next line that is not blank; `None` at the end. Lines that are too long are skipped whole,
/// so that memory stays bounded whatever the file holds.
pub fn next_line(
    reader: &mut impl BufRead,
) -> Result<Option<std::result::Result<Vec<u8>, BadLine>>> {
    // JSON may write a character in six bytes.
    const LONGEST: u64 = 6 * LARGEST_DOCUMENT as u64;
    loop {
        let mut line = Vec::new();
        let read = std::io::Read::take(&mut *reader, LONGEST).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if read as u64 == LONGEST && line.last() != Some(&b'\n') {
            reader.skip_until(b'\n')?;
            let error = Error::TextTooLarge(format!(
                "a line has more than {} MB; split the document",
                LONGEST >> 20
            ));
            return Ok(Some(Err(BadLine { id: Value::Null, error })));
        }
        if !line.trim_ascii().is_empty() {
            return Ok(Some(Ok(line)));
        }
    }
}

/// Reads a line as JSON of the shape `T`.
pub fn parse<T: DeserializeOwned>(line: &[u8]) -> std::result::Result<T, BadLine> {
    serde_json::from_slice(line).map_err(|e| {
        let value: Option<Value> = serde_json::from_slice(line).ok();
        let id = value.as_ref().and_then(|value| value.get("id")).cloned().unwrap_or(Value::Null);
        BadLine { id, error: Error::Input(format!("the line is not as expected: {e}")) }
    })
}
