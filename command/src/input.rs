//! The documents of a file, a folder or standard input, one at a time.

mod folder;

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_documents::{
    Document, Format, MAX_LINE_BYTES, MAX_TEXT_BYTES, Problem, code, decode, json, xmi,
};
use flate2::bufread::MultiGzDecoder;
use serde_json::{Value, json as value};

/// A document as it came.
pub struct Given {
    /// Its id, as it is written in JSON.
    pub id: Value,
    pub document: Document,
    /// The types that its line names.
    pub types: Option<Vec<String>>,
    /// Whether its file could say, and said, what its entities are.
    pub annotated: bool,
    /// What is wrong with the annotations of its line.
    pub problems: Vec<Problem>,
}

/// Something that could not be used: the document's id, if that much could be read, and why.
pub struct Bad {
    pub id: Value,
    pub error: Error,
    /// Whether a whole document is missing, rather than a part of one.
    pub whole: bool,
}

/// The documents of an input, in its order.
pub type Documents = Box<dyn Iterator<Item = std::result::Result<Given, Bad>>>;

/// An input that is open.
pub struct Input {
    pub format: Format,
    pub documents: Documents,
}

/// Opens a file, a folder of brat's or XMI files, or for `-` standard input. The format is the one that is
/// named, or else told by the end of the name and by how it begins.
pub fn open(path: &Path, format: Option<&str>) -> Result<Input> {
    let named = format.map(Format::by_name).transpose().map_err(|problem| error(&problem))?;
    if path.is_dir() && (named == Some(Format::Xmi) || (named.is_none() && folder::has_xmi(path)?))
    {
        return Ok(Input { format: Format::Xmi, documents: Box::new(folder::xmi(path)?) });
    }
    if path.is_dir()
        || named == Some(Format::Brat)
        || (named.is_none() && folder::is_annotations(path))
    {
        return Ok(Input { format: Format::Brat, documents: Box::new(folder::brat(path)?) });
    }
    let standard_input = path.as_os_str() == "-";
    let (name, input) = reader(path)?;
    let (format, input) = match named {
        Some(format) => (format, input),
        None => detected(&name, standard_input, input)?,
    };
    let id = name.file_stem().filter(|_| !standard_input);
    let id = id.map_or(Value::Null, |stem| value!(stem.to_string_lossy()));
    let documents = read(format, id, input)?;
    // What doccano writes is lines of JSON as others are.
    let format = if format == Format::Doccano { Format::JsonLines } else { format };
    Ok(Input { format, documents })
}

/// The documents of a file of that format, in UTF-8. `id` is the id of one that has none.
///
/// # Errors
/// [`Error::Input`] if the format is none that is read from one file.
pub fn read(format: Format, id: Value, input: Box<dyn BufRead>) -> Result<Documents> {
    Ok(match format {
        Format::Text => Box::new(std::iter::once(text(id, input))),
        Format::JsonLines | Format::Doccano => {
            Box::new(JsonLines { input, number: 0, ended: false })
        }
        Format::Xmi => Box::new(xmi::read(id.as_str().unwrap_or("1"), input).map(given)),
        format => Box::new(format.read(input).map_err(|problem| error(&problem))?.map(given)),
    })
}

/// The document of one line of JSON Lines, whose number is given.
#[cfg(feature = "serve")]
pub fn json_line(line: &[u8], number: usize) -> std::result::Result<Given, Bad> {
    let lines = JsonLines { input: Box::new(std::io::empty()), number, ended: false };
    lines.parsed(line).and_then(|line| lines.document(line))
}

/// The lines of a file of JSON Lines, or for `-` of standard input.
pub fn json_lines(path: &Path) -> Result<JsonLines> {
    let (_, input) = reader(path)?;
    Ok(JsonLines { input, number: 0, ended: false })
}

/// A file or standard input as UTF-8, unpacked, and its name without what says that it was packed.
fn reader(path: &Path) -> Result<(PathBuf, Box<dyn BufRead>)> {
    let unreadable = |e: &dyn std::fmt::Display| Error::Input(format!("{}: {e}", path.display()));
    let standard_input = path.as_os_str() == "-";
    let file: Box<dyn Read> = if standard_input {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(|e| unreadable(&e))?)
    };
    let mut input: Box<dyn BufRead> = Box::new(BufReader::with_capacity(1 << 16, file));
    let mut name = path.to_path_buf();
    if input.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        input = Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(input)));
        if name.extension().is_some_and(|extension| extension == "gz") {
            name.set_extension("");
        }
    }
    Ok((name, as_utf8(input)?))
}

/// A problem as an error of the engine, whose codes the command line tells.
pub fn error(problem: &Problem) -> Error {
    match problem.code {
        code::FORMAT => Error::Input(problem.message.clone()),
        code::TOO_LARGE => Error::TextTooLarge(problem.to_string()),
        _ => Error::Input(problem.to_string()),
    }
}

/// Takes the byte order mark away; what is UTF-16 becomes UTF-8.
fn as_utf8(mut input: Box<dyn BufRead>) -> Result<Box<dyn BufRead>> {
    let start = input.fill_buf()?;
    if start.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    } else if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        return Ok(Box::new(Cursor::new(decode(&bytes).unwrap_or_default())));
    }
    Ok(input)
}

/// The format of a file, by its name and by how it begins.
fn detected(
    name: &Path,
    standard_input: bool,
    mut input: Box<dyn BufRead>,
) -> Result<(Format, Box<dyn BufRead>)> {
    let start = input.fill_buf()?;
    let name = match standard_input {
        true if looks_like_lines(start) => ".jsonl".into(),
        true => "".into(),
        false => name.to_string_lossy(),
    };
    let format = Format::detect(&name, &String::from_utf8_lossy(start));
    Ok((format, input))
}

/// Whether standard input holds lines of JSON rather than a text.
fn looks_like_lines(start: &[u8]) -> bool {
    let after = start.trim_ascii_start().strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    after.is_some_and(|after| after.starts_with(b"\""))
}

/// The one document of a text file.
fn text(id: Value, input: Box<dyn BufRead>) -> std::result::Result<Given, Bad> {
    let mut bytes = Vec::new();
    let read = input.take(MAX_TEXT_BYTES + 1).read_to_end(&mut bytes);
    let text = read.map_err(Error::from).and_then(|read| {
        if read as u64 > MAX_TEXT_BYTES {
            let most = MAX_TEXT_BYTES >> 20;
            return Err(Error::TextTooLarge(format!("it has more than {most} MB; split it")));
        }
        decode(&bytes).ok_or_else(|| Error::Input("it is no plain text".into()))
    });
    match text {
        Ok(text) => {
            let name = id.as_str().unwrap_or_default().to_owned();
            Ok(Given {
                id,
                document: Document::new(name, text),
                types: None,
                annotated: true,
                problems: Vec::new(),
            })
        }
        Err(error) => Err(Bad { id, error, whole: true }),
    }
}

/// A document that was read, as it came.
pub fn given(read: std::result::Result<Document, Problem>) -> std::result::Result<Given, Bad> {
    match read {
        Ok(document) => Ok(Given {
            id: value!(document.id),
            document,
            types: None,
            annotated: true,
            problems: Vec::new(),
        }),
        Err(problem) => Err(Bad { id: Value::Null, error: error(&problem), whole: false }),
    }
}

/// The lines of a .jsonl file. Those that are blank are skipped; those that are too long are skipped and
/// told, so that memory stays bounded whatever the file holds.
pub struct JsonLines {
    input: Box<dyn BufRead>,
    /// The number of the line read last.
    pub number: usize,
    ended: bool,
}

impl JsonLines {
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
        serde_json::from_slice(line).map_err(|error| {
            // The only line that the parser has seen is no place in the file.
            let error = error.to_string().replace(" at line 1 column ", " at column ");
            self.bad(Value::Null, &error)
        })
    }

    fn document(&self, line: Value) -> std::result::Result<Given, Bad> {
        let id = line.get("id").cloned().unwrap_or(Value::Null);
        let types = line.get("types").cloned();
        let annotated = json::is_annotated(&line);
        let (document, mut problems) = json::document(line, self.number);
        for problem in &mut problems {
            problem.line = Some(self.number);
        }
        let Some(document) = document else {
            let problem = problems.first().map_or("", |problem| &problem.message);
            return Err(self.bad(id, problem));
        };
        let types = types.map(serde_json::from_value).transpose();
        let types = types.map_err(|error| self.bad(id.clone(), &format!("\"types\": {error}")))?;
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
