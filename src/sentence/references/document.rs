//! What a document tells about the numbers stuck to its words.

use std::collections::HashMap;

use bioner_segment::numbers_end;

use super::MIN_LETTERS;
use super::numbers::{is_lower_word, is_tight};

/// What a document tells about its reference numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct References {
    /// Whether single plain numbers stuck to words are reference numbers.
    pub(super) plain: bool,
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
            let stop = matches!(character, '.' | ',' | ')') && letters >= MIN_LETTERS;
            let number_at = if stop { at + 1 } else { at };
            let digits = &text[number_at..];
            if letters >= MIN_LETTERS
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
