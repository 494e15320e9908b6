//! Quotes in a table: where a quoted field ends, and whether quotes quote at all.

/// The line of a quote that begins a field and is not closed before the end. The first line has the number
/// `line`.
pub(super) fn unclosed(
    text: &str,
    delimiter: u8,
    escape: Option<u8>,
    line: usize,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let open = fields(bytes, delimiter, escape).find(|field| field.end.is_none())?;
    Some(line + bytes[..open.start].iter().filter(|&&byte| byte == b'\n').count())
}

/// Whether quotes in a table with tabs are characters like any other. Most of what is called TSV has no
/// quoting, and a field may begin with a quote: `"Silent" infarction`. Programs that quote fields do so
/// that
///
/// - what follows the quote that ends a field is a delimiter, a line end or the end, and
/// - a field over several lines is no run of lines that are rows of their own: not both its first line and
///   most of the others have as many columns as the table's first line. Nor is it the rest of a last line
///   that has as many, with no quote at its end.
pub(super) fn are_characters(text: &str, delimiter: u8, escape: Option<u8>) -> bool {
    let bytes = text.as_bytes();
    fields(bytes, delimiter, escape).any(|field| {
        field.is_followed_by_text(bytes, delimiter) || field.takes_rows_in(text, delimiter)
    })
}

/// The quoted fields that take rows in, though a quote ends them, by the lines in which they begin and end.
/// Text follows that quote, and it stands where a quote begins a field, or the lines up to it are rows of
/// their own, as [`are_characters`] has it. The first line has the number `line`.
pub(super) fn swallowing(
    text: &str,
    delimiter: u8,
    escape: Option<u8>,
    line: usize,
) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut lines = (0, line);
    let mut line_of = |at: usize| {
        lines.1 += bytes[lines.0..at].iter().filter(|&&byte| byte == b'\n').count();
        lines.0 = at;
        lines.1
    };
    let mut found = Vec::new();
    for field in fields(bytes, delimiter, escape) {
        let Some(end) = field.end.filter(|_| field.is_followed_by_text(bytes, delimiter)) else {
            continue;
        };
        let (first, last) = (line_of(field.start), line_of(end));
        let before = bytes[end - 2];
        let begins_field = before == delimiter || ends_line(before);
        if first < last && (begins_field || field.takes_rows_in(text, delimiter)) {
            found.push((first, last));
        }
    }
    found
}

/// What stands in a row from a column on, as it is in the file. The row begins at `start`.
pub(super) fn rest_of_row(
    text: &str,
    start: usize,
    column: usize,
    delimiter: u8,
    escape: Option<u8>,
    quoted: bool,
) -> &str {
    let bytes = text.as_bytes();
    let (mut at, mut begin, mut passed) = (start, start, 0);
    let mut starts_field = true;
    while let Some(&byte) = bytes.get(at) {
        if quoted && starts_field && byte == b'"' {
            at = closed(bytes, at + 1, escape).unwrap_or(bytes.len());
            starts_field = false;
            continue;
        }
        if ends_line(byte) {
            break;
        }
        at += 1;
        starts_field = byte == delimiter;
        passed += usize::from(starts_field);
        if starts_field && passed == column {
            begin = at;
        }
    }
    text.get(begin..at).unwrap_or_default()
}

fn ends_line(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// A quoted field: where its first quote stands, and the place behind its last, if it is closed.
struct Field {
    start: usize,
    end: Option<usize>,
}

impl Field {
    /// Whether behind the quote that ends it there is no delimiter, line end or end.
    fn is_followed_by_text(&self, bytes: &[u8], delimiter: u8) -> bool {
        let after = self.end.and_then(|end| bytes.get(end));
        after.is_some_and(|&byte| byte != delimiter && !ends_line(byte))
    }

    /// Whether lines that are rows of their own, by the number of their columns, are in it.
    fn takes_rows_in(&self, text: &str, delimiter: u8) -> bool {
        let bytes = text.as_bytes();
        let columns = |line: &[u8]| line.iter().filter(|&&byte| byte == delimiter).count();
        let first = bytes.split(|&byte| ends_line(byte)).next().unwrap_or_default();
        // Behind the end of the last line there is no other.
        let end = self.end.unwrap_or(text.trim_end_matches(['\r', '\n']).len()).max(self.start);
        if self.end.is_some() && !bytes[self.start..end].contains(&b'\n') {
            return false;
        }
        let begin =
            bytes[..self.start].iter().rposition(|&byte| ends_line(byte)).map_or(0, |at| at + 1);
        let end = bytes[end..]
            .iter()
            .position(|&byte| ends_line(byte))
            .map_or(bytes.len(), |at| end + at);
        let mut lines = bytes[begin..end].split(|&byte| byte == b'\n');
        let fits = |line: &[u8]| columns(line) == columns(first);
        let opening = lines.next().is_some_and(fits);
        let (rows, others) = lines.fold((0, 0), |(rows, others), line| match fits(line) {
            true => (rows + 1, others),
            false => (rows, others + 1),
        });
        opening && (rows > others || rows + others == 0)
    }
}

/// The quoted fields of a table, in which quotes may be doubled or escaped.
fn fields(bytes: &[u8], delimiter: u8, escape: Option<u8>) -> impl Iterator<Item = Field> {
    let mut at = 0;
    let mut starts_field = true;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            if starts_field && byte == b'"' {
                let start = at;
                let end = closed(bytes, start + 1, escape);
                at = end.unwrap_or(bytes.len());
                starts_field = false;
                return Some(Field { start, end });
            }
            starts_field = byte == delimiter || ends_line(byte);
            at += 1;
        }
        None
    })
}

/// The place behind the quote that ends a field whose content begins at `at`.
fn closed(bytes: &[u8], mut at: usize, escape: Option<u8>) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            byte if Some(byte) == escape => at += 2,
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Whether quotes in quoted fields are written `\"`: somewhere a backslash stands before a quote that,
/// read as RFC 4180 has it, would end a field in the middle.
pub(super) fn are_escaped(text: &str, delimiter: u8) -> bool {
    let bytes = text.as_bytes();
    fields(bytes, delimiter, None).any(|field| {
        let Some(end) = field.end else { return false };
        let within = field.is_followed_by_text(bytes, delimiter);
        let slashes = bytes[..end - 1].iter().rev().take_while(|&&byte| byte == b'\\');
        within && slashes.count() % 2 == 1
    })
}
