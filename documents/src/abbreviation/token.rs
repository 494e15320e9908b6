//! Tokens: how far a name reaches. Hyphens, slashes and plus signs belong to a name: "PD-1" is not
//! "PD".

use super::greek;
use crate::span::ByteSpan;

/// The least letters of a word after a hyphen that says something of the name before it:
/// "PD-related", but not "TNF-a".
const MIN_SUFFIX: usize = 3;

/// The least letters of a word before a hyphen that does: "anti-TNF", but not "N-TNF".
const MIN_PREFIX: usize = 2;

/// Words after a hyphen that make another thing of the name: "HA-tagged" has a tag.
const OTHER_THINGS: &[&str] = &["fused", "fusion", "hospital", "ligand", "tag", "tagged"];

/// The most characters looked at on each side.
const MAX_BESIDE: usize = 40;

/// Whether `span` of `text` is a token of its own: not a part of a longer name such as `PD-1`,
/// `anti-PD-1`, `4-ene-VPA`, `HER2/neu` for `HER2`, or `NAD+` for `NAD`. A word in small letters may
/// stand before or after it with a hyphen (`PD-related`, `anti-TNF`), and a name with a
/// slash (`BPT/CLZ`): in corpora of abstracts such parts are mentions of their own.
///
/// A name with itself beside the slash is one longer name: `MS/MS`.
pub fn stands_alone(text: &str, span: ByteSpan) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    begins_token(before) && ends_token(after) && !is_doubled(before, span.slice(text), after)
}

/// The most characters of a part that tells members of a family apart: "PD-L1".
const MAX_CODE: usize = 2;

/// Whether `span` of `text` is a part of the name of something else: a hyphen or a slash joins it to a
/// number, a Greek letter or a part of two characters (`PD-1`, `PD-L1`, `IFN-gamma`, `5-FU`). Names that
/// are joined to each other are names still (`GST-Tax`, `Grf10-Swi5-DNA`), unlike for [`stands_alone`].
pub fn has_code(text: &str, span: ByteSpan) -> bool {
    let is_code = |part: &str| {
        let count = part.chars().count();
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        count > 0 && (count <= MAX_CODE || digits || greek::is_name(part))
    };
    let after = joined(text[span.end..].chars());
    let before = joined(text[..span.start].chars().rev());
    after.is_some_and(|part| is_code(&part) || part.starts_with(|c: char| c.is_ascii_digit()))
        || before.is_some_and(|part| is_code(&part) && !is_prefix(&part))
}

/// The part behind a hyphen or a slash, in the order of `characters`, which begin beside a name.
fn joined(mut characters: impl Iterator<Item = char>) -> Option<String> {
    characters.next().filter(|&c| is_hyphen(c) || c == '/')?;
    Some(characters.take(MAX_BESIDE).take_while(|c| c.is_alphanumeric()).collect())
}

/// Whether a part before a hyphen is a prefix in small letters: "ex-MDMA", "wt-VHL".
fn is_prefix(part: &str) -> bool {
    part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether the same name stands behind a slash, or before one.
fn is_doubled(before: &str, name: &str, after: &str) -> bool {
    let is_other = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let next = after.strip_prefix('/').and_then(|after| after.strip_prefix(name));
    let last = before.strip_suffix('/').and_then(|before| before.strip_suffix(name));
    next.is_some_and(|rest| is_other(rest.chars().next()))
        || last.is_some_and(|rest| is_other(rest.chars().next_back()))
}

fn begins_token(before: &str) -> bool {
    let mut characters = before.chars().rev().take(MAX_BESIDE);
    match characters.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        Some('/') => is_beside(characters),
        Some(c) if joins(c) => {
            let mut rest = characters.peekable();
            if !rest.peek().is_some_and(|c| c.is_alphanumeric() || *c == ')') {
                return true;
            }
            let mut letters = 0;
            while rest.next_if(char::is_ascii_lowercase).is_some() {
                letters += 1;
            }
            let is_name = |c: char| c.is_alphanumeric() || joins(c) || c == ')';
            is_hyphen(c) && letters >= MIN_PREFIX && !rest.next().is_some_and(is_name)
        }
        Some(_) => true,
    }
}

fn ends_token(after: &str) -> bool {
    let mut characters = after.chars().take(MAX_BESIDE);
    match characters.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        // A charge, a genotype: "NAD+", "CD4+".
        Some('+') => false,
        Some('/') => is_beside(characters),
        Some(c) if joins(c) => {
            let mut rest = characters.peekable();
            if !rest.peek().is_some_and(|c| c.is_alphanumeric()) {
                return true;
            }
            let mut letters = 0;
            while rest.next_if(char::is_ascii_lowercase).is_some() {
                letters += 1;
            }
            let is_name = |c: char| c.is_alphanumeric() || c == '+';
            let word = after.trim_start_matches(is_hyphen).get(..letters).unwrap_or_default();
            if OTHER_THINGS.contains(&word) {
                return false;
            }
            is_hyphen(c) && letters >= MIN_SUFFIX && !rest.next().is_some_and(is_name)
        }
        Some(_) => true,
    }
}

/// Whether what is next to a slash is a name of its own, or nothing: it has two characters or more, and a
/// capital or four letters. ("HER2/neu", "PD/2" and "LA/N" are single names.)
fn is_beside(characters: impl Iterator<Item = char>) -> bool {
    let (mut count, mut letters, mut capital) = (0, 0, false);
    for c in characters.take_while(|c| c.is_alphanumeric() || is_hyphen(*c)) {
        count += 1;
        letters += usize::from(c.is_alphabetic());
        capital |= c.is_uppercase();
    }
    count == 0 || count > 1 && (capital || letters > 3)
}

/// Hyphens and dashes.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What joins two parts to one name.
fn joins(c: char) -> bool {
    is_hyphen(c) || matches!(c, '/' | '+' | '_')
}

/// Apostrophes, straight and typographic.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

/// Quotation marks, straight and typographic.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '«' | '»' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}')
}

/// The span without white space at its ends.
pub(super) fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let start = span.end - span.slice(text).trim_start().len();
    let end = start + text[start..span.end].trim_end().len();
    ByteSpan::new(start, end)
}
