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

use std::collections::HashMap;

use super::characters::{is_superscript_digit, shown_as};
use super::glyphs::Glyph;

/// The least letters of a word that a plain number may be stuck to.
const LETTERS: usize = 5;

/// The least letters of a word that raised digits or brackets may be stuck to.
const FEW_LETTERS: usize = 3;

/// Sorted: words that have a number of their own, written with or without a space.
const NUMBERED: &[&str] = &[
    "annexin",
    "appendix",
    "aquaporin",
    "arrestin",
    "cadherin",
    "caspase",
    "catenin",
    "caveolin",
    "chapter",
    "chromosome",
    "class",
    "claudin",
    "codon",
    "cohort",
    "column",
    "complex",
    "connexin",
    "cyclin",
    "cytokeratin",
    "ephrin",
    "equation",
    "experiment",
    "factor",
    "fibulin",
    "figure",
    "filamin",
    "forkhead",
    "frizzled",
    "galectin",
    "gasdermin",
    "grade",
    "group",
    "hexokinase",
    "importin",
    "integrin",
    "interferon",
    "interleukin",
    "isoform",
    "jagged",
    "karyopherin",
    "keratin",
    "kinase",
    "kinesin",
    "laminin",
    "level",
    "lipin",
    "lipocalin",
    "matriptase",
    "method",
    "model",
    "myosin",
    "neuregulin",
    "neurexin",
    "neuroligin",
    "neuropilin",
    "nidogen",
    "notch",
    "nucleoporin",
    "occludin",
    "opsin",
    "osteonectin",
    "panel",
    "pannexin",
    "patient",
    "peroxiredoxin",
    "phase",
    "plexin",
    "polycystin",
    "position",
    "presenilin",
    "protein",
    "proteinase",
    "protocadherin",
    "receptor",
    "sample",
    "selectin",
    "semaphorin",
    "septin",
    "serpin",
    "sestrin",
    "sirtuin",
    "slit",
    "smad",
    "sortilin",
    "stage",
    "stanniocalcin",
    "stathmin",
    "statistic",
    "study",
    "subunit",
    "supplement",
    "synapsin",
    "syndecan",
    "syntaxin",
    "table",
    "tetraspanin",
    "thioredoxin",
    "transportin",
    "tropomyosin",
    "tuberin",
    "type",
    "utrophin",
    "variant",
    "version",
    "visit",
    "vitamin",
    "wntless",
];

/// Sorted: what raised digits are a power of.
const UNITS: &[&str] = &["feet", "inch", "log", "min", "mol", "sec"];

/// What a document tells about its reference numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct References {
    /// Whether single plain numbers stuck to words are reference numbers.
    plain: bool,
}

impl References {
    /// Reads a whole document once.
    pub fn of(text: &str) -> Self {
        // The numbers of each word, in the order of the text.
        let mut numbers: Vec<(String, u32)> = Vec::new();
        let mut letters = 0;
        let mut start = 0;
        for (at, character) in text.char_indices() {
            if character.is_alphabetic() {
                if letters == 0 {
                    start = at;
                }
                letters += 1;
                continue;
            }
            // Punctuation may stand between the word and its number: "hemorrhage.5".
            let stop = matches!(character, '.' | ',' | ')') && letters >= LETTERS;
            let number_at = if stop { at + 1 } else { at };
            let digits = &text[number_at..];
            if letters >= LETTERS
                && digits.starts_with(|c: char| c.is_ascii_digit())
                && let Some(number) = stuck_number(digits)
                && is_lower_word(&text[start..at])
            {
                numbers.push((text[start..at].to_lowercase(), number));
            }
            letters = 0;
        }
        References { plain: rise(&numbers) }
    }
}

/// The number at the beginning of a text, if it could be one of a reference: up to three digits, then
/// nothing that goes on with it but more numbers.
fn stuck_number(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let end = numbers_end(text.bytes().map(char::from))?;
    let rest = &text[end..];
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && !is_tight(c));
    let number = text[..digits].parse().ok().filter(|&n| n > 0 && n < 1000);
    number.filter(|_| ends && !text.starts_with('0'))
}

/// Symbols that make a number part of a name or of a formula.
fn is_tight(character: char) -> bool {
    matches!(character, '-' | '/' | '\'' | '+' | '%' | '(' | '[' | '_' | '=' | '\u{2032}')
}

/// How many characters a list of numbers has: `3`, `1,2`, `4-6,9`; nothing if a number is longer than
/// three digits.
fn numbers_end(characters: impl Iterator<Item = char>) -> Option<usize> {
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

/// Whether a word could have a reference number: no symbol, and none that has numbers of its own.
fn is_lower_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let plain = word.chars().skip(1).all(char::is_lowercase);
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let numbered = |word: &str| NUMBERED.binary_search(&word).is_ok();
    plain && !numbered(&lower) && !numbered(singular)
}

/// Whether numbers rise as those of references do: two or more, of different words, of which three
/// quarters are not below the one before, and no word with numbers in a row of its own.
fn rise(numbers: &[(String, u32)]) -> bool {
    let mut of_word: HashMap<&str, (u32, bool)> = HashMap::new();
    for (word, number) in numbers {
        let (first, repeats) = of_word.entry(word).or_insert((*number, false));
        *repeats |= *first != *number;
    }
    // A word that comes with several numbers is a family of names, unless there is much else.
    let kept: Vec<u32> = numbers
        .iter()
        .filter(|(word, _)| of_word.len() > 4 || !of_word[word.as_str()].1)
        .map(|(_, number)| *number)
        .collect();
    let words = of_word.values().filter(|(_, repeats)| !repeats).count();
    let rising = kept.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    let first = kept.first().copied().unwrap_or(0);
    let last = kept.last().copied().unwrap_or(0);
    words >= 2 && first < last && rising * 4 >= (kept.len() - 1) * 3
}

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
        let lower = word.len() >= FEW_LETTERS;
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
    let stuck = word.len() >= LETTERS && is_lower_word(&text) && !decimal;
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
    let follows_word = word.len() >= FEW_LETTERS && UNITS.binary_search(&text.as_str()).is_err();
    let follows_stop =
        before.last().is_some_and(|g| matches!(g.shown, '.' | ',' | ';' | '"' | '\'' | ':'));
    (ends && (follows_word || follows_stop)).then_some(length)
}

/// Where the reference numbers behind a full stop end, if there are any and then a space: the byte
/// behind them.
pub fn end_behind_stop(text: &str, word: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let end = if is_superscript_digit(first) {
        let more =
            |c: char| is_superscript_digit(c) || matches!(c, ',' | '\u{207B}' | '-' | '\u{2013}');
        text.find(|c: char| !more(c)).unwrap_or(text.len())
    } else if let Some(inside) = text.strip_prefix('[') {
        let close = inside
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '-' | '\u{2013}' | ' '))?;
        if close == 0 || !inside[close..].starts_with(']') {
            return None;
        }
        close + 2
    } else if first.is_ascii_digit()
        && word.len() >= 4
        && word.bytes().all(|b| b.is_ascii_lowercase())
    {
        let shown = text.chars().take(24).map(|c| match shown_as(c) {
            super::characters::Shown::One(shown) => shown,
            super::characters::Shown::Several(_) => 'x',
        });
        let count = numbers_end(shown)?;
        text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)
    } else {
        return None;
    };
    text[end..].starts_with(char::is_whitespace).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(NUMBERED.is_sorted() && UNITS.is_sorted());
    }
}
