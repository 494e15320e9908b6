//! Reference numbers behind words and stops: `stroke.3,4 Then`.

use crate::characters::{Shown, is_superscript_digit, shown_as};

/// How many characters a list of numbers has: `3`, `1,2`, `4-6,9`; nothing if a number is longer than
/// three digits.
pub fn numbers_end(characters: impl Iterator<Item = char>) -> Option<usize> {
    let (mut end, mut digits) = (0, 0);
    for (at, character) in characters.enumerate() {
        if character.is_ascii_digit() {
            digits += 1;
            end = at + 1;
            if digits > 3 {
                return None;
            }
        } else if digits > 0 && matches!(character, ',' | '-') {
            digits = 0;
        } else {
            break;
        }
    }
    (end > 0).then_some(end)
}

/// Where the reference numbers behind a full stop end, if there are any and then a space: the byte
/// behind them.
pub(crate) fn end_behind_stop(text: &str, word: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let end = if is_superscript_digit(first) {
        let more =
            |c: char| is_superscript_digit(c) || matches!(c, ',' | '\u{207B}' | '-' | '\u{2013}');
        text.find(|c: char| !more(c)).unwrap_or(text.len())
    } else if let Some(inside) = text.strip_prefix('[') {
        let close = inside.find(|c: char| {
            !(c.is_ascii_digit() || c.is_whitespace() || ",-\u{2013}".contains(c))
        })?;
        if close == 0 || !inside[close..].starts_with(']') {
            return None;
        }
        close + 2
    } else if first.is_ascii_digit()
        && word.len() >= 4
        && word.bytes().all(|b| b.is_ascii_lowercase())
    {
        let shown = text.chars().take(24).map(|c| match shown_as(c) {
            Shown::One(shown) => shown,
            Shown::Several(_) => 'x',
        });
        let count = numbers_end(shown)?;
        text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)
    } else {
        return None;
    };
    text[end..].starts_with(char::is_whitespace).then_some(end)
}
