//! Reference numbers that are stuck to the words of a sentence: `Aspirin1,2 reduces stroke3`.
//!
//! They are not shown. What is a reference number:
//!
//! - raised digits behind a word of three letters or more that is no unit of length, or behind a
//!   mark of the sentence (`stroke³`, `stroke.³⁻⁵`), but not `Ca²⁺` and `cm²`;
//! - digits in square brackets right behind a word, if nothing is stuck to them (`stroke[3,4]`);
//! - plain digits behind a word of five small letters or more. A list or a range (`Aspirin1,2`) is
//!   one by itself. A single number may be the name of a gene or protein (`caspase3`), so it is one
//!   only in a document whose numbers of this kind rise as those of references do.

mod document;
mod numbers;
mod words;

use bioner_segment::numbers_end;

use self::numbers::{is_lower_word, is_tight};
use super::glyph::Glyph;

pub(super) use self::document::References;

/// The least letters of a word that a plain number may be stuck to.
const MIN_LETTERS: usize = 5;

/// The least letters of a word that raised digits or brackets may be stuck to.
const MIN_LETTERS_RAISED: usize = 3;

/// Sorted: what raised digits are a power of.
const UNITS: &[&str] = &["feet", "inch", "log", "min", "mol", "sec"];

/// Drops the glyphs of reference numbers.
pub(super) fn drop_numbers(glyphs: &mut Vec<Glyph>, references: &References) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut at = 0;
    // The letters of the word that ends before `at`.
    let mut letters = 0;
    while at < glyphs.len() {
        let word = &kept[kept.len() - letters..];
        if let Some(length) = number_length(word, &kept, &glyphs[at..], references) {
            at += length;
            letters = 0;
            continue;
        }
        let glyph = glyphs[at];
        letters = if glyph.shown.is_alphabetic() { letters + 1 } else { 0 };
        kept.push(glyph);
        at += 1;
    }
    *glyphs = kept;
}

/// How many glyphs a reference number has that begins here, behind the letters `word`.
fn number_length(
    word: &[Glyph],
    before: &[Glyph],
    rest: &[Glyph],
    references: &References,
) -> Option<usize> {
    let first = rest.first()?;
    if first.raised {
        return raised_length(word, before, rest);
    }
    if first.shown == '[' {
        let end =
            1 + numbers_end(rest[1..].iter().map(|g| g.shown).filter(|c| *c != ' ').take(12))?;
        // Numbers may have spaces between them: count those too.
        let close = rest.iter().take(end + 8).position(|g| g.shown == ']')?;
        let inside = &rest[1..close];
        let only =
            inside.iter().all(|g| g.shown.is_ascii_digit() || matches!(g.shown, ',' | '-' | ' '));
        let after = rest.get(close + 1).map(|g| g.shown);
        let ends = after.is_none_or(|c| !c.is_alphanumeric() && !is_tight(c));
        let stop = before.last().is_some_and(|g| matches!(g.shown, '.' | ',' | ')' | ';'));
        let lower = word.len() >= MIN_LETTERS_RAISED;
        return (only && ends && (lower || stop)).then_some(close + 1);
    }
    if !first.shown.is_ascii_digit() {
        return None;
    }
    let length = numbers_end(rest.iter().map(|g| if g.raised { 'x' } else { g.shown }))?;
    let after = rest.get(length).map(|g| g.shown);
    if first.shown == '0' || after.is_some_and(|c| c.is_alphanumeric() || is_tight(c)) {
        return None;
    }
    // "2.5" goes on behind the stop.
    let decimal =
        after == Some('.') && rest.get(length + 1).is_some_and(|g| g.shown.is_ascii_digit());
    let several = rest[..length].iter().any(|g| !g.shown.is_ascii_digit());
    let (word, stopped) = match before.split_last() {
        Some((stop, before)) if word.is_empty() && matches!(stop.shown, '.' | ',' | ')') => {
            let letters = before.iter().rev().take_while(|g| g.shown.is_alphabetic()).count();
            (&before[before.len() - letters..], true)
        }
        _ => (word, false),
    };
    let text: String = word.iter().map(|g| g.shown).collect();
    let stuck = word.len() >= MIN_LETTERS && is_lower_word(&text) && !decimal;
    let alone = several && !stopped && ascends(&rest[..length]);
    (stuck && (references.plain || alone)).then_some(length)
}

/// Whether the numbers of a list or range rise: those of references do.
fn ascends(glyphs: &[Glyph]) -> bool {
    let text: String = glyphs.iter().map(|g| g.shown).collect();
    let numbers: Vec<u32> = text.split([',', '-']).filter_map(|n| n.parse().ok()).collect();
    numbers.windows(2).all(|pair| pair[0] < pair[1])
}

/// How many glyphs a run of raised numbers has, with the marks between them.
fn raised_length(word: &[Glyph], before: &[Glyph], rest: &[Glyph]) -> Option<usize> {
    let mut length = 0;
    for (at, glyph) in rest.iter().enumerate() {
        if glyph.raised {
            length = at + 1;
        } else if !matches!(glyph.shown, ',' | '-') || at > length {
            break;
        }
    }
    // A charge or an exponent follows: "Ca²⁺", "s⁻¹".
    let ends = rest.get(length).is_none_or(|g| !g.shown.is_alphanumeric() && g.shown != '+');
    let text: String = word.iter().map(|g| g.shown.to_ascii_lowercase()).collect();
    let follows_word =
        word.len() >= MIN_LETTERS_RAISED && UNITS.binary_search(&text.as_str()).is_err();
    let follows_stop =
        before.last().is_some_and(|g| matches!(g.shown, '.' | ',' | ';' | '"' | '\'' | ':'));
    (ends && (follows_word || follows_stop)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(words::NUMBERED.is_sorted() && UNITS.is_sorted());
    }
}
