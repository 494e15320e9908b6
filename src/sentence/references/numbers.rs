//! Numbers and the words they are stuck to.

use super::words::NUMBERED;

/// Symbols that make a number part of a name or of a formula.
pub(super) fn is_tight(character: char) -> bool {
    matches!(character, '-' | '/' | '\'' | '+' | '%' | '(' | '[' | '_' | '=' | '\u{2032}')
}

/// Whether a word could have a reference number: no symbol, and none that has numbers of its own.
pub(super) fn is_lower_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let plain = word.chars().skip(1).all(char::is_lowercase);
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let numbered = |word: &str| NUMBERED.binary_search(&word).is_ok();
    plain && !numbered(&lower) && !numbered(singular)
}
