//! Tables: CSV as RFC 4180 has it, and what is about under that name.

use std::collections::HashSet;
use std::io::{self, BufRead, Write};

use serde::Serialize;

use crate::decode::decode;
use crate::problem::{Problem, code};
use crate::text::rounded;
use crate::{Document, Offsets, Unit};

/// The columns of a table of entities.
pub const COLUMNS: [&str; 5] = ["start", "end", "type", "text", "score"];

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of a table. Quoted fields may hold delimiters, line breaks and doubled quotes; in a file
/// that writes quotes as `\"` those too. A quote inside an unquoted field is a character like any other.
/// Empty lines are no rows. Without a delimiter, it is the one that the first line has most of.
pub fn read(text: &str, delimiter: Option<u8>) -> Vec<Vec<String>> {
    Table::new(text, delimiter).rows().map(|(_, row)| row).collect()
}

/// What is wrong with a table as a whole: a quote that is not closed, which takes in all that follows.
pub fn problems(text: &str, delimiter: Option<u8>) -> Vec<Problem> {
    let table = Table::new(text, delimiter);
    let problem = table.unclosed_quote().map(|line| {
        let message =
            "a quote that begins a field is not closed; all that follows is in that field";
        Problem::at(line, code::TRUNCATED, message)
    });
    problem.into_iter().collect()
}

/// A table's text, and how it is written.
struct Table<'a> {
    text: &'a str,
    delimiter: u8,
    escape: Option<u8>,
    /// The number of the first line of `text`.
    line: usize,
}

impl<'a> Table<'a> {
    fn new(text: &'a str, delimiter: Option<u8>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A line for spreadsheets that says what the delimiter is.
        let (text, line, delimiter) = match said_delimiter(text) {
            Some((said, rest)) => (rest, 2, delimiter.or(Some(said))),
            None => (text, 1, delimiter),
        };
        let delimiter = delimiter.unwrap_or_else(|| delimiter_of(text));
        let escape = escapes_quotes(text, delimiter).then_some(b'\\');
        Table { text, delimiter, escape, line }
    }

    /// The rows, with the lines they begin in.
    fn rows(&self) -> impl Iterator<Item = (usize, Vec<String>)> {
        let reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .escape(self.escape)
            .from_reader(self.text.as_bytes());
        // The text is UTF-8, and the file in memory: no row can fail.
        let rows = reader.into_records().map_while(Result::ok);
        let rows = rows.map(|row| {
            let line = row.position().map_or(1, |position| position.line() as usize);
            (line + self.line - 1, row.iter().map(str::to_owned).collect())
        });
        rows.filter(|(_, row): &(usize, Vec<String>)| {
            row.len() > 1 || row.first().is_some_and(|field| !field.is_empty())
        })
    }

    /// The line of a quote that begins a field and is not closed before the end.
    fn unclosed_quote(&self) -> Option<usize> {
        let mut opened = None;
        let mut starts_field = true;
        let mut line = self.line;
        let mut bytes = self.text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            line += usize::from(byte == b'\n');
            if opened.is_some() {
                if Some(byte) == self.escape {
                    line += usize::from(bytes.next() == Some(b'\n'));
                } else if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                    opened = None;
                }
            } else if starts_field && byte == b'"' {
                opened = Some(line);
                starts_field = false;
            } else {
                starts_field = byte == self.delimiter || matches!(byte, b'\n' | b'\r');
            }
        }
        opened
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

/// The documents of a table, a row each: the columns called `text` (or `title` and `abstract`) and `id`,
/// or what is meant by them; without such names the column with the longest text.
pub fn read_documents(
    mut input: impl BufRead,
    delimiter: Option<u8>,
) -> impl Iterator<Item = Result<Document, Problem>> {
    let mut bytes = Vec::new();
    if let Err(error) = input.read_to_end(&mut bytes) {
        return vec![Err(Problem::io(&error))].into_iter();
    }
    let Some(text) = decode(&bytes) else {
        let problem = Problem::new(code::NOT_TEXT, "the file is no text");
        return vec![Err(problem)].into_iter();
    };
    let (lines, rows): (Vec<usize>, Vec<Vec<String>>) = Table::new(&text, delimiter).rows().unzip();
    let columns = Columns::guess(&rows);
    let body = rows.into_iter().zip(lines).enumerate().skip(usize::from(columns.head));
    let mut documents: Vec<_> =
        body.map(|(index, (row, line))| columns.document(row, index, line)).collect();
    documents.extend(problems(&text, delimiter).into_iter().map(Err));
    documents.into_iter()
}

/// Which columns of a table hold what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Columns {
    /// How many there are.
    pub width: usize,
    pub text: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    #[serde(skip)]
    pub title: Option<usize>,
    /// Whether the first row names the columns.
    pub head: bool,
}

/// What a column is called that holds an id, a title, the text; in small letters, with `_` for a space
/// or a hyphen.
const IDS: [&str; 10] = [
    "id",
    "pmid",
    "doc_id",
    "docid",
    "document",
    "document_id",
    "documentid",
    "name",
    "nct_id",
    "nctid",
];
const TITLES: [&str; 1] = ["title"];
const TEXTS: [&str; 6] = ["text", "abstract", "note", "report", "texte", "résumé"];

impl Columns {
    /// How many rows are looked at.
    pub const ROWS: usize = 200;

    /// Guesses by the names in the first row, or else by what the rows hold.
    pub fn guess(rows: &[Vec<String>]) -> Columns {
        let rows = &rows[..rows.len().min(Self::ROWS)];
        let first = rows.first().map_or(&[][..], Vec::as_slice);
        let named = |names: &[&str]| {
            let plain = |name: &String| name.trim().to_lowercase().replace([' ', '-'], "_");
            first.iter().position(|name| names.contains(&plain(name).as_str()))
        };
        let (id, title, text) = (named(&IDS), named(&TITLES), named(&TEXTS));
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let length = |column: usize| -> usize {
            let fields = rows.iter().skip(1).filter_map(|row| row.get(column));
            fields.map(|field| field.chars().count()).sum()
        };
        // Of equals the first.
        let longest = (0..width).rev().max_by_key(|&column| length(column));
        // Names are short, and no name is said twice.
        let distinct: HashSet<&String> = first.iter().collect();
        let head = id.is_some()
            || title.is_some()
            || text.is_some()
            || (rows.len() > 1
                && first.iter().all(|name| is_short(name))
                && distinct.len() == first.len());
        let text = text.or(longest).unwrap_or(0);
        let title = title.filter(|&column| column != text);
        Columns { width, text, id: id.filter(|_| head), title, head }
    }

    fn document(
        &self,
        mut row: Vec<String>,
        index: usize,
        line: usize,
    ) -> Result<Document, Problem> {
        let mut take = |column: usize| row.get_mut(column).map(std::mem::take);
        let number = if self.head { index } else { index + 1 };
        let id = self.id.and_then(&mut take).map(|id| id.trim().to_owned());
        let id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| number.to_string());
        let title = self.title.and_then(&mut take);
        let Some(text) = take(self.text) else {
            let message = format!("row {number} has no column {}", self.text + 1);
            return Err(Problem::at(line, code::COLUMNS, message));
        };
        Ok(match title {
            Some(title) => Document::titled(id, &title, &text),
            None => Document::new(id, text),
        })
    }
}

/// Whether a field may be the name of a column: short, no sentence ends in it, and it is no sentence of
/// three words or more.
fn is_short(name: &str) -> bool {
    let stops = ['.', '!', '?'];
    let mut pairs = name.chars().zip(name.chars().skip(1));
    let is_sentence = name.trim_end().ends_with(stops) && name.split_whitespace().count() > 2;
    name.chars().count() < 40
        && !is_sentence
        && !pairs.any(|(stop, after)| stops.contains(&stop) && after.is_whitespace())
}

/// The delimiter that the first line has most of, outside quotes; a comma where it has none.
pub fn delimiter_of(text: &str) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.bytes() {
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
    // Of equals the first.
    let mut best = 0;
    for (index, &count) in counts.iter().enumerate() {
        if count > counts[best] {
            best = index;
        }
    }
    DELIMITERS[best]
}

/// Whether quotes in quoted fields are written `\"`: somewhere a backslash stands before a quote that,
/// read as RFC 4180 has it, would end a field in the middle.
fn escapes_quotes(text: &str, delimiter: u8) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut starts_field = true;
    while let Some(&byte) = bytes.get(at) {
        if !(starts_field && byte == b'"') {
            starts_field = byte == delimiter || byte == b'\n' || byte == b'\r';
            at += 1;
            continue;
        }
        // A quoted field, as RFC 4180 has it.
        at += 1;
        loop {
            let Some(quote) = bytes[at..].iter().position(|&byte| byte == b'"') else {
                return false;
            };
            let quote = at + quote;
            at = quote + 1;
            match bytes.get(at) {
                Some(b'"') => at += 1,
                None | Some(b'\n' | b'\r') => break,
                Some(&next) if next == delimiter => break,
                Some(_) => {
                    let slashes = bytes[..quote].iter().rev().take_while(|&&b| b == b'\\');
                    if slashes.count() % 2 == 1 {
                        return true;
                    }
                    break;
                }
            }
        }
        starts_field = false;
    }
    false
}

/// Writes a table of entities, a row each. It begins with a byte order mark, so that spreadsheets read
/// it as UTF-8. A field that a spreadsheet would take for a formula has an apostrophe in front.
pub struct Writer {
    unit: Unit,
    /// The column of documents, where there may be several.
    ids: Option<crate::text::Distinct>,
}

impl Writer {
    /// A table with offsets in `unit`, and with a column `id` in front if it is of several documents.
    pub fn new(unit: Unit, several: bool) -> Self {
        Writer { unit, ids: several.then(Default::default) }
    }

    /// Writes the names of the columns.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        let id = self.ids.as_ref().map(|_| "id");
        row(id.into_iter().chain(COLUMNS), out)
    }

    /// Writes the entities of one document. The second one with an id has `-2` after it.
    pub fn document(&mut self, document: &Document, out: &mut dyn Write) -> io::Result<()> {
        let id = self.ids.as_mut().map(|ids| inert(&ids.name(&document.id)));
        let offsets = Offsets::new(&document.text, self.unit);
        for entity in &document.entities {
            let score = entity.score.map_or(String::new(), |score| rounded(score).to_string());
            let fields = [
                offsets.of(entity.span.start).to_string(),
                offsets.of(entity.span.end).to_string(),
                inert(&entity.kind),
                inert(entity.span.slice(&document.text)),
                score,
            ];
            row(id.iter().chain(&fields), out)?;
        }
        Ok(())
    }
}

/// A row, with the line end of RFC 4180.
fn row(fields: impl Iterator<Item = impl AsRef<[u8]>>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(fields)?;
    out.write_all(&writer.into_inner().map_err(|error| error.into_error())?)
}

/// A field that no spreadsheet takes for a formula. Numbers are left alone.
fn inert(field: &str) -> String {
    let risky = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if risky && field.trim().parse::<f64>().is_err() {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_or_escaped() {
        let table = "id,note\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n2,5'4\" tall\r\n";
        let rows = read(table, None);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1][1], "two\r\nlines, \"quoted\"");
        assert_eq!(rows[2][1], "5'4\" tall");
        let escaped = "id;note\n1;\"said \\\"gout\\\"; left\"\n2;\"C:\\\\\"\n";
        let rows = read(escaped, None);
        assert_eq!(rows[1], ["1", "said \"gout\"; left"]);
        assert_eq!(rows[2], ["2", "C:\\"]);
        // A backslash before the quote that ends a field is a backslash.
        assert_eq!(read("a,b\n\"C:\\\",x\n", None)[1], ["C:\\", "x"]);
        assert_eq!(read("\u{feff}a\tb\n1\t\n", None), [["a", "b"], ["1", ""]]);
        assert_eq!(read("a,b\n\"never closed, x\n", None)[1][0], "never closed, x\n");
    }

    #[test]
    fn formulas_are_made_inert_and_numbers_are_not() {
        for field in ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "＝1+1"] {
            assert_eq!(inert(field), format!("'{field}"));
        }
        for field in ["-5", "+1.5", "-1e-3", "a=b", "", "α-synuclein"] {
            assert_eq!(inert(field), field);
        }
    }
}
