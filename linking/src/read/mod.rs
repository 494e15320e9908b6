//! Vocabularies of the user's, as tables and ontologies have them.
//!
//! Three formats are told apart by how a file begins: an OMOP concept table (`CONCEPT.csv` as Athena
//! gives it), an OBO ontology, and otherwise lines of tab-separated values. Lines are read one after the
//! other. What is wrong with one is told with its number, and the rest is read.

mod obo;
mod omop;
mod tsv;

use std::io::{self, BufRead};

use bioner_documents::{Problem, code};

use crate::builder::Builder;
use crate::error::Error;

/// The most bytes of a line.
const MAX_LINE: usize = 1 << 20;
/// The most problems that are told one by one.
const MAX_TOLD: usize = 100;

/// What was wrong with a file.
#[derive(Debug, Default)]
pub struct Report {
    /// The first hundred problems, by line.
    pub problems: Vec<Problem>,
    /// How many there are in all.
    pub count: usize,
    /// How many lines were read.
    pub lines: usize,
}

impl Report {
    fn tell(&mut self, code: &'static str, message: impl Into<String>) {
        self.count += 1;
        if self.problems.len() < MAX_TOLD {
            self.problems.push(Problem::at(self.lines, code, message));
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
pub fn read(input: impl BufRead, builder: &mut Builder) -> Report {
    let mut report = Report::default();
    if let Err(error) = read_lines(input, builder, &mut report) {
        report.tell(code::IO, format!("the file cannot be read on: {error}"));
    }
    if builder.is_empty() && report.count == 0 {
        report.tell(code::MISSING, "there is no concept in this file");
    }
    report
}

fn read_lines(
    mut input: impl BufRead,
    builder: &mut Builder,
    report: &mut Report,
) -> io::Result<()> {
    let mut lines: Option<Lines> = None;
    let mut bytes = Vec::new();
    while next_line(&mut input, &mut bytes, report)? {
        let line = match std::str::from_utf8(&bytes) {
            Ok(line) => line,
            Err(_) if lines.is_none() && bytes.contains(&0) => {
                report
                    .tell(code::NOT_TEXT, "this is no text: neither TSV, OBO nor a table of OMOP");
                return Ok(());
            }
            Err(_) => {
                report.tell(code::NOT_TEXT, "the line is no UTF-8");
                continue;
            }
        };
        let line = if report.lines == 1 { line.trim_start_matches('\u{feff}') } else { line };
        if line.contains('\0') {
            report.tell(code::NOT_TEXT, "the line has a byte 0, which no text has");
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        match lines.get_or_insert_with(|| begin(line)) {
            Lines::Tsv(table) => table.line(line, builder, report),
            Lines::Obo(stanzas) => stanzas.line(line, builder, report),
            Lines::Omop(table) => table.line(line, builder, report),
        }
    }
    if let Some(Lines::Obo(stanzas)) = &mut lines {
        stanzas.end(builder, report);
    }
    Ok(())
}

/// The format of a file that begins with this line.
fn begin(line: &str) -> Lines {
    if line.to_ascii_lowercase().starts_with("concept_id\t") {
        return Lines::Omop(omop::Table::default());
    }
    let obo = ["format-version:", "data-version:", "ontology:", "[Term]", "[Typedef]"];
    if obo.iter().any(|start| line.starts_with(start)) {
        return Lines::Obo(obo::Stanzas::default());
    }
    Lines::Tsv(tsv::Table::default())
}

/// Reads a line without its end. One that is too long is told and left out.
fn next_line(
    input: &mut impl BufRead,
    line: &mut Vec<u8>,
    report: &mut Report,
) -> io::Result<bool> {
    loop {
        line.clear();
        let (mut some, mut too_long) = (false, false);
        loop {
            let chunk = input.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            some = true;
            let end = chunk.iter().position(|&byte| byte == b'\n');
            let length = end.unwrap_or(chunk.len());
            too_long |= line.len() + length > MAX_LINE;
            if !too_long {
                line.extend_from_slice(&chunk[..length]);
            }
            input.consume(end.map_or(length, |end| end + 1));
            if end.is_some() {
                break;
            }
        }
        if !some {
            return Ok(false);
        }
        report.lines += 1;
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        if !too_long {
            return Ok(true);
        }
        report.tell(code::TOO_LARGE, format!("the line has more than {MAX_LINE} bytes"));
    }
}
