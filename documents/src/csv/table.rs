//! A table's rows, and how it is written: its delimiter and its quotes.

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table's text, and how it is written.
pub(super) struct Table<'a> {
    text: &'a str,
    delimiter: u8,
    escape: Option<u8>,
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
        let escape = escapes_quotes(text, delimiter).then_some(b'\\');
        Table { text, delimiter, escape, line }
    }

    /// The rows, with the lines they begin in.
    pub fn rows(&self) -> impl Iterator<Item = (usize, Vec<String>)> {
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
    pub fn unclosed_quote(&self) -> Option<usize> {
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
