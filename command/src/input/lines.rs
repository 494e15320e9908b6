//! The lines of a file of JSON Lines.

use std::io::{BufRead, Read};

use bioner::Error;
use bioner_documents::{MAX_LINE_BYTES, decode, json};
use serde_json::Value;

use super::{Bad, Given, Source};

/// The lines of a .jsonl file. Those that are blank are skipped; those that are too long are skipped and
/// told, so that memory stays bounded whatever the file holds.
pub struct JsonLines {
    input: Source,
    /// The number of the line read last.
    pub number: usize,
    ended: bool,
}

/// The document of one line of JSON Lines, whose number is given.
#[cfg(feature = "serve")]
pub fn json_line(line: &[u8], number: usize) -> std::result::Result<Given, Bad> {
    let lines = JsonLines { input: Box::new(std::io::empty()), number, ended: false };
    lines.parsed(line).and_then(|line| lines.document(line))
}

impl JsonLines {
    /// From the beginning of a file.
    pub fn new(input: Source) -> Self {
        JsonLines { input, number: 0, ended: false }
    }

    fn read(&mut self) -> std::io::Result<Option<std::result::Result<Vec<u8>, Bad>>> {
        loop {
            let mut line = Vec::new();
            let read = Read::take(&mut self.input, MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if read as u64 == MAX_LINE_BYTES && line.last() != Some(&b'\n') {
                self.input.skip_until(b'\n')?;
                let error = Error::TextTooLarge(format!(
                    "line {} has more than {} MB; split the document",
                    self.number,
                    MAX_LINE_BYTES >> 20
                ));
                return Ok(Some(Err(Bad { id: Value::Null, error, whole: true })));
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(Ok(line)));
            }
        }
    }

    /// The next line as JSON.
    pub fn value(&mut self) -> Option<std::result::Result<Value, Bad>> {
        if self.ended {
            return None;
        }
        match self.read() {
            Ok(line) => line.map(|line| line.and_then(|line| self.parsed(&line))),
            Err(error) => {
                self.ended = true;
                let error = match error.kind() {
                    std::io::ErrorKind::UnexpectedEof => Error::Input(format!(
                        "line {}: the file ends in the middle of its compressed data",
                        self.number + 1
                    )),
                    _ => error.into(),
                };
                Some(Err(Bad { id: Value::Null, error, whole: false }))
            }
        }
    }

    /// What a document that cannot be used is told as.
    pub fn bad(&self, id: Value, message: &str) -> Bad {
        let message = format!("line {}: it is not as expected: {message}", self.number);
        Bad { id, error: Error::Input(message), whole: true }
    }

    fn parsed(&self, line: &[u8]) -> std::result::Result<Value, Bad> {
        // A line in another encoding is decoded, as files are.
        let decoded = std::str::from_utf8(line).err().and_then(|_| decode(line));
        let line = decoded.as_deref().map_or(line, str::as_bytes);
        let parsed = match std::str::from_utf8(line) {
            Ok(line) => json::parse(line),
            Err(_) => serde_json::from_slice(line),
        };
        parsed.map_err(|error| {
            // The only line that the parser has seen is no place in the file.
            let error = error.to_string().replace(" at line 1 column ", " at column ");
            self.bad(Value::Null, &error)
        })
    }

    fn document(&self, line: Value) -> std::result::Result<Given, Bad> {
        let id = json::id_of(&line).cloned().unwrap_or(Value::Null);
        let types = line.get("types").filter(|types| !types.is_null()).cloned();
        let annotated = json::is_annotated(&line);
        let (document, mut problems) = json::document(line, self.number);
        for problem in &mut problems {
            problem.line = Some(self.number);
        }
        let Some(document) = document else {
            let problem = problems.first().map_or("", |problem| &problem.message);
            return Err(self.bad(id, problem));
        };
        Ok(Given { id, document, types, annotated, problems })
    }
}

impl Iterator for JsonLines {
    type Item = std::result::Result<Given, Bad>;

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.value()?;
        Some(value.and_then(|value| self.document(value)))
    }
}
