//! A table's rows, and how it is written: its delimiter and its quotes.

use super::quotes;

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

impl<'a> Table<'a> {
    pub fn new(text: &'a str, delimiter: Option<u8>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A line for spreadsheets that says what the delimiter is.
        let (text, line, delimiter) = match said_delimiter(text) {
            Some((said, rest)) => (rest, 2, delimiter.or(Some(said))),
            None => (text, 1, delimiter),
        };
        let delimiter = delimiter.unwrap_or_else(|| delimiter_of(text));
        let escape = quotes::are_escaped(text, delimiter).then_some(b'\\');
        let quoted = delimiter != b'\t' || !quotes::are_characters(text, delimiter, escape);
        Table { text, delimiter, escape, quoted, line }
    }

    /// The rows, with the lines they begin in.
    pub fn rows(&self) -> impl Iterator<Item = (usize, Vec<String>)> {
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
            let line = row.position().map_or(1, |position| position.line() as usize);
            (line + self.line - 1, row.iter().map(str::to_owned).collect())
        });
        rows.filter(|(_, row): &(usize, Vec<String>)| {
            row.len() > 1 || row.first().is_some_and(|field| !field.is_empty())
        })
    }

    /// The line of a quote that begins a field and is not closed before the end.
    pub fn unclosed_quote(&self) -> Option<usize> {
        let unclosed = || quotes::unclosed(self.text, self.delimiter, self.escape, self.line);
        self.quoted.then(unclosed).flatten()
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
