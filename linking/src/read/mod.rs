//! Vocabularies of the user's, as tables and ontologies have them.
//!
//! Three formats are told apart by how a file begins: an OMOP concept table (`CONCEPT.csv` as Athena
//! gives it), an OBO ontology, and otherwise lines of values with tabs or commas between them. The text is
//! UTF-8, or UTF-16 with its mark. Lines are read one after the other. What is wrong with one is told with
//! its number, and the rest is read.

mod obo;
mod omop;
mod separator;
mod tsv;
mod utf16;

use std::fmt;
use std::io::{self, BufRead};

use bioner_documents::{Problem, code};

use crate::builder::Builder;
use crate::error::Error;

use self::utf16::Utf16;

/// From how many bytes on it can be told how a file is encoded.
const TOLD_BY: usize = 4;
/// The most bytes of a line.
const MAX_LINE: usize = 1 << 20;
/// The most problems that are told one by one.
const MAX_TOLD: usize = 100;

/// What was wrong with a file.
#[derive(Debug, Default)]
pub struct Report {
    /// The first hundred problems, by line; of more than these, the last one if it ended the reading.
    pub problems: Vec<Problem>,
    /// How many there are in all.
    pub count: usize,
    /// How many lines were read.
    pub lines: usize,
}

impl Report {
    fn tell(&mut self, code: &'static str, message: impl Into<String>) {
        match self.lines {
            0 => self.tell_of_file(code, message),
            line => self.push(Problem::at(line, code, message)),
        }
    }

    /// Tells of what is wrong with the file as a whole.
    fn tell_of_file(&mut self, code: &'static str, message: impl Into<String>) {
        self.push(Problem::new(code, message));
    }

    fn push(&mut self, problem: Problem) {
        self.count += 1;
        if self.problems.len() < MAX_TOLD {
            self.problems.push(problem);
        }
    }

    /// Tells why a concept or a name was refused.
    fn refused(&mut self, error: &Error) {
        let code = match error {
            Error::Empty => code::MISSING,
            Error::TooLong | Error::TooLarge => code::TOO_LARGE,
            Error::File(_) => code::SYNTAX,
        };
        self.tell(code, error.to_string());
    }
}

/// A format, with what it has to know of the lines before.
enum Lines {
    Tsv(tsv::Table),
    Obo(obo::Stanzas),
    Omop(omop::Table),
}

/// Reads a file into a builder. What is wrong with it is in the report; where it cannot be read on, as
/// a compressed file that is cut, what was read before is kept.
pub fn read(mut input: impl BufRead, builder: &mut Builder) -> Report {
    let mut reader = Reader { builder: std::mem::take(builder), ..Reader::default() };
    loop {
        let chunk = match input.fill_buf() {
            Ok([]) => break,
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                reader.fail(&error);
                break;
            }
        };
        reader.push(chunk);
        let length = chunk.len();
        input.consume(length);
    }
    let (filled, report) = reader.finish();
    *builder = filled;
    report
}

/// How a file is encoded.
enum Encoding {
    /// Too few bytes to tell.
    Start(Vec<u8>),
    Utf8,
    Utf16(Utf16),
}

impl Default for Encoding {
    fn default() -> Self {
        Encoding::Start(Vec::new())
    }
}

/// A file that is read as it arrives, in pieces of any size.
#[derive(Default)]
pub struct Reader {
    builder: Builder,
    report: Report,
    encoding: Encoding,
    lines: Option<Lines>,
    /// The beginning of a line whose end has not arrived.
    line: Vec<u8>,
    /// Whether that line is longer than [`MAX_LINE`], and so is left out.
    too_long: bool,
    /// Whether nothing more can be read of it.
    over: bool,
}

impl Reader {
    /// Begins to read.
    pub fn new() -> Self {
        Reader::default()
    }

    /// The next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        match &mut self.encoding {
            Encoding::Start(start) => {
                start.extend_from_slice(bytes);
                if start.len() >= TOLD_BY {
                    self.begin();
                }
            }
            Encoding::Utf8 => self.text(bytes),
            Encoding::Utf16(decoder) => {
                let text = decoder.decode(bytes);
                self.text(text.as_bytes());
            }
        }
    }

    /// Tells the encoding by the first bytes, and reads them.
    fn begin(&mut self) {
        let Encoding::Start(start) = &mut self.encoding else { return };
        let start = std::mem::take(start);
        self.encoding = Encoding::Utf8;
        if matches!(start.as_slice(), [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..]) {
            self.report.tell_of_file(code::NOT_TEXT, "this is UTF-32: save the file as UTF-8");
            self.over = true;
        }
        let mut mark = 0;
        if let Some((decoder, length)) = Utf16::told(&start) {
            (self.encoding, mark) = (Encoding::Utf16(decoder), length);
        }
        self.push(&start[mark..]);
    }

    /// The next bytes of UTF-8.
    fn text(&mut self, mut bytes: &[u8]) {
        while let Some(end) = bytes.iter().position(|&byte| byte == b'\n')
            && !self.over
        {
            let (piece, rest) = (&bytes[..end], &bytes[end + 1..]);
            if self.line.is_empty() && !self.too_long && piece.len() <= MAX_LINE {
                self.line(piece);
            } else {
                self.keep(piece);
                self.end_line();
            }
            bytes = rest;
        }
        if !self.over {
            self.keep(bytes);
        }
    }

    /// Tells that the file cannot be read on. What was read before is kept, but for a line or a term
    /// that is not whole.
    pub fn fail(&mut self, error: &dyn fmt::Display) {
        self.encoding = Encoding::Utf8;
        self.line.clear();
        self.too_long = false;
        self.lines = None;
        // It is told, however much was.
        self.report.problems.truncate(MAX_TOLD - 1);
        self.report.tell(code::IO, format!("the file cannot be read on: {error}"));
        self.over = true;
    }

    /// What was read, and what was wrong with it.
    pub fn finish(mut self) -> (Builder, Report) {
        self.begin();
        if let Encoding::Utf16(decoder) = &self.encoding {
            let rest = decoder.end();
            self.text(rest.as_bytes());
        }
        if !self.line.is_empty() || self.too_long {
            self.end_line();
        }
        if let Some(Lines::Obo(stanzas)) = &mut self.lines {
            stanzas.end(&mut self.builder, &mut self.report);
        }
        if self.builder.is_empty() && self.report.count == 0 {
            self.report.tell_of_file(code::MISSING, "there is no concept in this file");
        }
        (self.builder, self.report)
    }

    /// Keeps a piece of a line, unless the line becomes too long.
    fn keep(&mut self, piece: &[u8]) {
        self.too_long |= self.line.len() + piece.len() > MAX_LINE;
        if self.too_long {
            self.line.clear();
        } else {
            self.line.extend_from_slice(piece);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.too_long) {
            self.report.lines += 1;
            let message = format!("the line has more than {MAX_LINE} bytes");
            return self.report.tell(code::TOO_LARGE, message);
        }
        self.line(&line);
        self.line = line;
        self.line.clear();
    }

    /// A line without its end.
    fn line(&mut self, bytes: &[u8]) {
        let Reader { builder, report, lines, over, .. } = self;
        report.lines += 1;
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        if lines.is_none() && bytes.contains(&0) {
            report.tell_of_file(code::NOT_TEXT, no_text(bytes));
            *over = true;
            return;
        }
        let line = match std::str::from_utf8(bytes) {
            Ok(line) => line,
            Err(_) => {
                return report.tell(code::NOT_TEXT, "the line is no UTF-8: save the file as UTF-8");
            }
        };
        let line = if report.lines == 1 { line.trim_start_matches('\u{feff}') } else { line };
        if line.contains('\0') {
            return report.tell(code::NOT_TEXT, "the line has a byte 0, which no text has");
        }
        if line.trim().is_empty() {
            return;
        }
        match lines.get_or_insert_with(|| begin(line)) {
            Lines::Tsv(table) => table.line(line, builder, report),
            Lines::Obo(stanzas) => stanzas.line(line, builder, report),
            Lines::Omop(table) => table.line(line, builder, report),
        }
    }
}

/// The format of a file that begins with this line.
fn begin(line: &str) -> Lines {
    if let Some(table) = omop::Table::told(line) {
        return Lines::Omop(table);
    }
    let obo = ["format-version:", "data-version:", "ontology:", "[Term]", "[Typedef]"];
    if obo.iter().any(|start| line.starts_with(start)) {
        return Lines::Obo(obo::Stanzas::default());
    }
    Lines::Tsv(tsv::Table::default())
}

/// What to do with a file whose first line has a byte 0, which no text has.
fn no_text(line: &[u8]) -> &'static str {
    if line.starts_with(b"PK\x03\x04") {
        "this is a ZIP archive, as a workbook of Excel is one: save the table as text with tabs or commas"
    } else {
        "this is no text: neither lines of values, nor OBO, nor a table of OMOP; if it is UTF-16 without \
            its mark, save it as UTF-8"
    }
}
