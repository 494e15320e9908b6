//! Numbers and the words they are stuck to.

use super::words::NUMBERED;

/// Symbols that make a number part of a name or of a formula.
pub(super) fn is_tight(character: char) -> bool {
    matches!(character, '-' | '/' | '\'' | '+' | '%' | '(' | '[' | '_' | '=' | '\u{2032}')
}

/// How many characters a list of numbers has: `3`, `1,2`, `4-6,9`; nothing if a number is longer than
/// three digits.
pub(super) fn numbers_end(characters: impl Iterator<Item = char>) -> Option<usize> {
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
pub(super) fn is_lower_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let plain = word.chars().skip(1).all(char::is_lowercase);
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let numbered = |word: &str| NUMBERED.binary_search(&word).is_ok();
    plain && !numbered(&lower) && !numbered(singular)
}
