//! `--resume`: goes on with a file of results where a run that was stopped has left it.
//!
//! Results are lines, one for each document and in their order, so the lines that are there say which
//! documents are done. Beside the file stands its [`Record`], `OUTPUT.resume`, while it is written: what was
//! asked for. A run goes on only if the same is asked for again and the lines are those of the input.

mod record;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

use bioner::{Error, Result};
use bioner_documents::json::id_value;
use bioner_documents::{Document, Format, Offsets, Unit};
use serde_json::{Value, json};

use crate::input::{Bad, Given};
use crate::tell;

pub use record::Record;

type Read = std::result::Result<Given, Bad>;

/// Whether results in this format are lines, of which each says which document it is of.
pub fn is_lines(format: Format) -> bool {
    matches!(format, Format::Json | Format::JsonLines)
}

/// Checks that results in this format, at this place, can be gone on with.
pub fn check(format: Format, output: Option<&Path>) -> Result<()> {
    let Some(path) = output else {
        return refuse("--resume needs --output FILE, the file to go on with".into());
    };
    if !is_lines(format) {
        return refuse(format!(
            "--resume goes with --output-format json and json-lines, which have a line for each document; a \
             file of {} does not say which documents are done",
            format.name()
        ));
    }
    if path.exists() && !path.is_file() {
        return refuse(format!("{} is no file to go on with", path.display()));
    }
    Ok(())
}

/// Begins a file of results, with its record; what was in the file goes. Where the results do not go into
/// a file (but a pipe, say) there is none to go on with.
pub fn begin(path: &Path, record: &Record) -> Result<Option<File>> {
    if path.exists() && !path.is_file() {
        return Ok(None);
    }
    let file = open(path, false)?;
    file.set_len(0)?;
    // A run that is not asked to be gone on with does not need a record. But no old one may stay.
    match record.write(path) {
        Err(error) if Record::path(path).exists() => Err(error),
        _ => Ok(Some(file)),
    }
}

/// The end of a run that has finished a file of results, and was not asked to go on with one.
pub fn end(path: &Path) {
    // One that stays does no harm: it belongs to the file.
    let _ = std::fs::remove_file(Record::path(path));
}

/// A file of results that is gone on with.
pub struct Resumed {
    /// At the place of the next line.
    pub file: File,
    /// Whether a document failed.
    pub failed: bool,
}

/// Goes on with a file of results, or begins it. The documents that are done are taken from `documents`.
///
/// # Errors
/// [`Error::Input`] if the file does not fit what is asked for, or its lines not the documents. Nothing is
/// changed then.
pub fn resume(
    path: &Path,
    record: &Record,
    format: Format,
    documents: &mut impl Iterator<Item = Read>,
) -> Result<Resumed> {
    let mut file = open(path, true)?;
    if file.metadata()?.len() == 0 {
        record.write(path)?;
        return Ok(Resumed { file, failed: false });
    }
    record.compare(path)?;
    let mut done = Done { path, format, number: 0, failed: false };
    let mut lines = BufReader::with_capacity(1 << 16, &file);
    let mut line = Vec::new();
    let mut kept = 0;
    // Without an end the last line is one that was being written.
    while lines.read_until(b'\n', &mut line)? > 0 && line.last() == Some(&b'\n') {
        done.line(&line, documents)?;
        kept += line.len() as u64;
        line.clear();
    }
    let failed = done.failed;
    file.set_len(kept)?;
    file.seek(SeekFrom::Start(kept))?;
    Ok(Resumed { file, failed })
}

/// The lines that are compared with the documents.
struct Done<'a> {
    path: &'a Path,
    format: Format,
    /// The number of the line.
    number: usize,
    failed: bool,
}

impl Done<'_> {
    /// Compares a line with the next document that has one.
    fn line(&mut self, line: &[u8], documents: &mut impl Iterator<Item = Read>) -> Result<()> {
        self.number += 1;
        let place = || format!("line {} of {}", self.number, self.path.display());
        let Ok(line) = serde_json::from_slice::<Value>(line) else {
            return refuse(format!("{} is no result; name another --output", place()));
        };
        let read = loop {
            match documents.next() {
                Some(Err(bad)) if !bad.whole => {
                    self.failed = true;
                    tell(&bad.error);
                }
                Some(read) => break read,
                None => {
                    let message = format!("{} is of no document: the input has fewer", place());
                    return refuse(message);
                }
            }
        };
        self.failed |= line.get("error").is_some();
        if self.fits(&line, &read) {
            return Ok(());
        }
        let id = match &read {
            Ok(given) => &given.id,
            Err(bad) => &bad.id,
        };
        refuse(format!(
            "{} is not the result of the document that the input has there, {id}; give the same input, or name \
             another --output",
            place()
        ))
    }

    fn fits(&self, line: &Value, read: &Read) -> bool {
        let is_error = line.get("error").is_some();
        match read {
            Err(bad) => line["id"] == bad.id && is_error,
            Ok(Given { id, .. }) if is_error => line["id"] == *id,
            Ok(Given { id, document, .. }) if self.format == Format::Json => {
                line["id"] == *id && stands_in(line, document)
            }
            Ok(Given { document, .. }) => {
                line["id"] == id_value(document) && line["text"] == json!(document.text)
            }
        }
    }
}

/// Whether the entities of a line are where it says in the document.
fn stands_in(line: &Value, document: &Document) -> bool {
    let text = &document.text;
    let offsets = Offsets::new(text, Unit::CodePoint);
    let byte =
        |value: &Value| value.as_u64().and_then(|at| offsets.byte(text, usize::try_from(at).ok()?));
    let stands = |entity: &Value| {
        let (start, end) = (byte(&entity["start"])?, byte(&entity["end"])?);
        Some(text.get(start..end)? == entity["text"].as_str()?)
    };
    let entities = line["entities"].as_array();
    entities.is_some_and(|entities| entities.iter().all(|entity| stands(entity) == Some(true)))
}

/// Opens a file of results for this process alone.
fn open(path: &Path, read: bool) -> Result<File> {
    let unusable = |e: &dyn std::fmt::Display| Error::Input(format!("{}: {e}", path.display()));
    let options = &mut OpenOptions::new();
    let file = options.read(read).write(true).create(true).truncate(false).open(path);
    let file = file.map_err(|e| unusable(&e))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(unusable(&"another process is writing it")),
        // Some file systems have no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn refuse<T>(message: String) -> Result<T> {
    Err(Error::Input(message))
}
