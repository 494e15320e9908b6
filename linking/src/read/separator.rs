//! What stands between the cells of a line: a tab; or a comma or a semicolon, with quotes as RFC 4180 has
//! them.

use std::borrow::Cow;

/// What separates cells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// A tab, with no quotes.
    Tab,
    /// A comma or a semicolon. A cell in quotes may have it too.
    Sign(char),
}

/// The cells of a line, without white space around them.
pub(super) struct Cells<'a> {
    pub(super) cells: Vec<Cow<'a, str>>,
    /// Whether a space follows a comma, as it does in a name with a comma: "Abdomen, Acute".
    pub(super) spaced: bool,
}

impl Separator {
    /// The signs that may separate cells where there is no tab.
    const SIGNS: [char; 2] = [',', ';'];

    /// The cells of a line; `Err` says what is wrong with it.
    pub(super) fn cells(self, line: &str) -> Result<Cells<'_>, &'static str> {
        match self {
            Separator::Tab => {
                let cells = line.split('\t').map(|cell| Cow::Borrowed(cell.trim())).collect();
                Ok(Cells { cells, spaced: false })
            }
            Separator::Sign(sign) => quoted(line, sign),
        }
    }

    /// What separates the cells of a table that begins with this line; none where that cannot be told. A
    /// comma in a name is like one between cells, so a line with commas has to name the columns, or begin
    /// with a code.
    pub(super) fn told(
        line: &str,
        is_header: impl Fn(&[Cow<'_, str>]) -> bool,
    ) -> Option<Separator> {
        if line.contains('\t') {
            return Some(Separator::Tab);
        }
        let named = Separator::SIGNS.into_iter().map(Separator::Sign).find(|separator| {
            separator.cells(line).is_ok_and(|Cells { cells, .. }| is_header(&cells))
        });
        named.or_else(|| {
            let sign = line.chars().find(|c| Separator::SIGNS.contains(c))?;
            let Cells { cells, spaced } = Separator::Sign(sign).cells(line).ok()?;
            let [id, name, more @ ..] = cells.as_slice() else { return None };
            let is_code = !id.contains(char::is_whitespace)
                && id.contains(|c: char| c == ':' || c.is_ascii_digit());
            let is_plain = !spaced || more.is_empty();
            (is_code && !name.is_empty() && is_plain).then_some(Separator::Sign(sign))
        })
    }
}

fn quoted(line: &str, sign: char) -> Result<Cells<'_>, &'static str> {
    let (mut cells, mut spaced) = (Vec::new(), false);
    let mut rest = Some(line);
    while let Some(line) = rest {
        let begin = line.trim_start();
        if let Some(inner) = begin.strip_prefix('"') {
            let end = closing(inner).ok_or("a quote is not closed on this line")?;
            let after = inner[end + 1..].trim_start();
            rest = match after.strip_prefix(sign) {
                None if !after.is_empty() => return Err("something stands behind a closed quote"),
                rest => rest,
            };
            cells.push(Cow::Owned(inner[..end].replace("\"\"", "\"").trim().to_owned()));
        } else {
            spaced |= !cells.is_empty() && begin.len() < line.len() && !begin.is_empty();
            let (cell, after) = match line.split_once(sign) {
                Some((cell, after)) => (cell, Some(after)),
                None => (line, None),
            };
            cells.push(Cow::Borrowed(cell.trim()));
            rest = after;
        }
    }
    Ok(Cells { cells, spaced })
}

/// Where the quote ends that begins before this text: two quotes are one in it.
fn closing(inner: &str) -> Option<usize> {
    let mut quotes = inner.match_indices('"').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}
