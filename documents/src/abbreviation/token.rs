//! Tokens: how far a name reaches. Hyphens, slashes and plus signs belong to a name: "PD-1" is not
//! "PD".

use crate::span::ByteSpan;

/// The least letters of a word after a hyphen that says something of the name before it:
/// "PD-related", but not "TNF-a".
const LEAST_SUFFIX: usize = 3;

/// Whether `span` of `text` is a token of its own: not a part of a longer name such as `PD-1`, `anti-PD-1` or
/// `NAD+` for `NAD`. A word in small letters may follow after a hyphen: `PD-related`.
pub fn stands_alone(text: &str, span: ByteSpan) -> bool {
    begins_token(text, span.start) && ends_token(text, span.end)
}

fn begins_token(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        Some(c) if joins(c) => !before.next().is_some_and(|c| c.is_alphanumeric() || c == ')'),
        Some(_) => true,
    }
}

fn ends_token(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let mut after = rest.chars();
    match after.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        // A charge, a genotype: "NAD+", "CD4+".
        Some('+') => false,
        Some(c) if is_hyphen(c) => {
            let word: &str = after.as_str();
            match word.chars().next() {
                Some(c) if c.is_alphanumeric() => is_suffix(word),
                _ => true,
            }
        }
        Some(c) if joins(c) => !after.next().is_some_and(char::is_alphanumeric),
        Some(_) => true,
    }
}

/// Whether a word in small letters stands here, with nothing of a name behind it.
fn is_suffix(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len());
    let after = text[end..].chars().next();
    end >= LEAST_SUFFIX && !after.is_some_and(|c| c.is_alphanumeric() || c == '+')
}

/// Whether a mention is a short form rather than words: it is a single token of at most ten characters,
/// and has a capital after its first letter, or a digit.
pub fn is_short_form(text: &str) -> bool {
    text.chars().count() <= 10
        && !text.contains(char::is_whitespace)
        && text.char_indices().any(|(at, c)| c.is_numeric() || (at > 0 && c.is_uppercase()))
}

/// Hyphens and dashes.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What joins two parts to one name.
fn joins(c: char) -> bool {
    is_hyphen(c) || matches!(c, '/' | '+' | '_')
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
