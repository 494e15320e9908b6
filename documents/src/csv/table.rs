//! A table's rows, and how it is written: its delimiter and its quotes.

use super::quotes;
use crate::problem::{Problem, code};

/// The delimiter of a table of one column, whose lines are fields as they are: no text has this byte.
const NO_DELIMITER: u8 = 0xff;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table's text, and how it is written.
pub(super) struct Table<'a> {
    text: &'a str,
    delimiter: u8,
    escape: Option<u8>,
    /// Whether a quote that begins a field quotes it.
    quoted: bool,
    /// The number of the first line of `text`.
    line: usize,
}

/// A row of a table.
pub(super) struct Row {
    /// The number of the line that it begins in.
    pub line: usize,
    pub fields: Vec<String>,
    /// Where it begins in the text.
    start: usize,
}

/// Whether there is nothing in the fields of a row: no document, as spreadsheets leave behind.
pub(super) fn is_blank(fields: &[String]) -> bool {
    fields.iter().all(|field| field.trim().is_empty())
}

impl<'a> Table<'a> {
    pub fn new(text: &'a str, delimiter: Option<u8>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A line for spreadsheets that says what the delimiter is.
        let (text, line, delimiter) = match said_delimiter(text) {
            Some((said, rest)) => (rest, 2, delimiter.or(Some(said))),
            None => (text, 1, delimiter),
        };
        let tabs = delimiter.unwrap_or_else(|| delimiter_of(text)) == b'\t';
        let counts = counts(text);
        let is_in_head = |delimiter: &u8| {
            let index = DELIMITERS.iter().position(|known| known == delimiter);
            index.is_none_or(|index| counts[index] > 0)
        };
        let delimiter = delimiter.unwrap_or_else(|| most_of(&counts));
        let delimiter = Some(delimiter).filter(is_in_head).unwrap_or(NO_DELIMITER);
        let escape = quotes::are_escaped(text, delimiter).then_some(b'\\');
        let quoted = !tabs || !quotes::are_characters(text, delimiter, escape);
        Table { text, delimiter, escape, quoted, line }
    }

    /// The rows. Empty lines are none.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        let reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .escape(self.escape)
            .quoting(self.quoted)
            .from_reader(self.text.as_bytes());
        // The text is UTF-8, and the file in memory: no row can fail.
        let rows = reader.into_records().map_while(Result::ok);
        let rows = rows.map(|row| {
            let (line, from) = row
                .position()
                .map_or((1, 0), |position| (position.line() as usize, position.byte() as usize));
            // The empty lines before it.
            let rest = self.text.as_bytes().get(from..).unwrap_or_default();
            let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let lines = rest[..empty].iter().filter(|&&byte| byte == b'\n').count();
            Row {
                line: line + lines + self.line - 1,
                fields: row.iter().map(str::to_owned).collect(),
                start: from + empty,
            }
        });
        rows.filter(|row| {
            row.fields.len() > 1 || row.fields.first().is_some_and(|field| !field.is_empty())
        })
    }

    /// What stands in a row from a column on, as it is in the file.
    pub fn rest_of_row(&self, row: &Row, column: usize) -> &'a str {
        let (delimiter, escape) = (self.delimiter, self.escape);
        quotes::rest_of_row(self.text, row.start, column, delimiter, escape, self.quoted)
    }

    /// The quotes that take in rows: those that are closed only by a later row's, and one that never is.
    pub fn problems(&self) -> Vec<Problem> {
        if !self.quoted {
            return Vec::new();
        }
        let (text, delimiter, escape, line) = (self.text, self.delimiter, self.escape, self.line);
        let swallowing = quotes::swallowing(text, delimiter, escape, line).into_iter();
        let swallowing = swallowing.map(|(first, last)| {
            let message = format!(
                "a quote that begins a field is closed by that of a later row, in line {last}; what is \
                 between them is in that field"
            );
            Problem::at(first, code::SYNTAX, message)
        });
        let unclosed = quotes::unclosed(text, delimiter, escape, line).map(|line| {
            let message =
                "a quote that begins a field is not closed; all that follows is in that field";
            Problem::at(line, code::TRUNCATED, message)
        });
        swallowing.chain(unclosed).collect()
    }
}

/// The delimiter that a first line `sep=;` names, and what comes after that line.
fn said_delimiter(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let said = first.trim_end_matches('\r').strip_prefix("sep=")?;
    match said.as_bytes() {
        &[delimiter] if DELIMITERS.contains(&delimiter) => Some((delimiter, rest)),
        _ => None,
    }
}

/// The delimiter that the first line has most of, outside quotes; a comma where it has none.
pub fn delimiter_of(text: &str) -> u8 {
    most_of(&counts(text))
}

/// How many of each of [`DELIMITERS`] the first line that is not blank has outside quotes.
fn counts(text: &str) -> [usize; DELIMITERS.len()] {
    let mut counts = [0; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\u{feff}', '\r', '\n', ' ']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(index) = DELIMITERS.iter().position(|&delimiter| delimiter == byte) {
                    counts[index] += 1;
                }
            }
        }
    }
    counts
}

/// The delimiter with the highest count, of equals the first.
fn most_of(counts: &[usize; DELIMITERS.len()]) -> u8 {
    let mut best = 0;
    for (index, &count) in counts.iter().enumerate() {
        if count > counts[best] {
            best = index;
        }
    }
    DELIMITERS[best]
}
