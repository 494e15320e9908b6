//! The documents of a file, a folder or standard input, one at a time.

mod ahead;
mod folder;
mod lines;

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_documents::{
    Document, Format, MAX_BEGINNING, MAX_TEXT_BYTES, Problem, code, decode, xmi,
};
use flate2::bufread::MultiGzDecoder;
use serde_json::{Value, json as value};

pub use folder::is_annotations;
pub use lines::JsonLines;
#[cfg(feature = "serve")]
pub use lines::json_line;

/// A document as it came.
pub struct Given {
    /// Its id, as it is written in JSON.
    pub id: Value,
    pub document: Document,
    /// What its line has as `types`. Only whoever asks for them needs them to be types.
    pub types: Option<Value>,
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

/// The bytes of an input.
pub type Source = Box<dyn BufRead + Send>;

/// The documents of an input, in its order.
pub type Documents = Box<dyn Iterator<Item = std::result::Result<Given, Bad>> + Send>;

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
    let id = name.file_stem().filter(|_| !standard_input);
    let (format, input) = match named {
        Some(format) => (format, input),
        None if standard_input => detected("", input)?,
        None => detected(&name.to_string_lossy(), input)?,
    };
    let id = id.map_or(Value::Null, |stem| value!(stem.to_string_lossy()));
    let documents = read(format, id, input)?;
    // What doccano writes is lines of JSON as others are.
    let format = if format == Format::Doccano { Format::JsonLines } else { format };
    Ok(Input { format, documents })
}

impl Input {
    /// Shows the first documents, `most` at most, to `see`, before any of them is given out. A file is opened
    /// twice; what comes only once, such as through a pipe, is kept.
    ///
    /// # Errors
    /// Those of `open`, which opens the same input again.
    pub fn look_ahead(
        mut self,
        path: &Path,
        open: impl FnOnce() -> Result<Input>,
        most: usize,
        mut see: impl FnMut(&Document),
    ) -> Result<Input> {
        if path.as_os_str() != "-" && (path.is_file() || path.is_dir()) {
            open()?.documents.flatten().take(most).for_each(|given| see(&given.document));
        } else {
            let kept: Vec<_> = self.documents.collect();
            kept.iter().flatten().take(most).for_each(|given| see(&given.document));
            self.documents = Box::new(kept.into_iter());
        }
        Ok(self)
    }
}

/// The documents of a file of that format, in UTF-8. `id` is the id of one that has none.
///
/// # Errors
/// [`Error::Input`] if the format is none that is read from one file.
pub fn read(format: Format, id: Value, input: Source) -> Result<Documents> {
    Ok(match format {
        Format::Text => Box::new(std::iter::once(text(id, input))),
        Format::JsonLines | Format::Doccano => Box::new(JsonLines::new(input)),
        Format::Xmi => Box::new(xmi::read(id.as_str().unwrap_or("1"), input).map(given)),
        format => Box::new(format.read(input).map_err(|problem| error(&problem))?.map(given)),
    })
}

/// The lines of a file of JSON Lines, or for `-` of standard input.
pub fn json_lines(path: &Path) -> Result<JsonLines> {
    let (_, input) = reader(path)?;
    Ok(JsonLines::new(input))
}

/// A file or standard input as UTF-8, unpacked, and its name without what says that it was packed.
fn reader(path: &Path) -> Result<(PathBuf, Source)> {
    let unreadable = |e: &dyn std::fmt::Display| Error::Input(format!("{}: {e}", path.display()));
    let standard_input = path.as_os_str() == "-";
    let file: Box<dyn Read + Send> = if standard_input {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(|e| unreadable(&e))?)
    };
    let mut input: Source = Box::new(BufReader::with_capacity(1 << 16, file));
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
fn as_utf8(mut input: Source) -> Result<Source> {
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

/// The format of an input, by its name and by how it begins.
fn detected(name: &str, input: Source) -> Result<(Format, Source)> {
    let input = ahead::look(input, MAX_BEGINNING, Format::is_told_by)?;
    let format = Format::detect(name, &String::from_utf8_lossy(input.seen()));
    Ok((format, Box::new(input)))
}

/// The one document of a text file.
fn text(id: Value, input: Source) -> std::result::Result<Given, Bad> {
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
