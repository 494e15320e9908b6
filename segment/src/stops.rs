//! Paragraphs to sentences: which stops end one.

use super::stop_words::{ABBREVIATIONS, COUNTED, NEVER_LAST, STARTERS};
use super::trimmed;
use crate::references::end_behind_stop;
use bioner_context::Enumerator;
use bioner_context::headings;
use bioner_documents::ByteSpan;

/// Splits a paragraph after each stop that ends a sentence, and after labels of structured abstracts
/// that are stuck to their text.
pub fn split(text: &str, paragraph: ByteSpan) -> Vec<ByteSpan> {
    let slice = paragraph.slice(text);
    let mut spans = Vec::new();
    let mut start = 0;
    let mut add = |start: usize, end: usize| {
        let span = trimmed(text, ByteSpan::new(start, end).shifted(paragraph.start));
        if !span.is_empty() {
            spans.push(span);
        }
    };
    if let Some(label) = headings::stuck_label(slice) {
        add(0, label);
        start = label;
    }
    // The last number of an item: "1. Asthma 2. Gout".
    let mut item = 0;
    let mut characters = slice.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if at < start || !matches!(character, '.' | '?' | '!' | '。' | '！' | '？') {
            continue;
        }
        let mut end = at + character.len_utf8();
        while let Some(&(next_at, next)) = characters.peek()
            && is_closing(next)
        {
            end = next_at + next.len_utf8();
            characters.next();
        }
        let so_far = &slice[start..];
        let word = last_word(&slice[start..at]);
        if character == '.'
            && let Some(number) = item_number(&slice[start..at], word, &slice[end..], item)
        {
            add(start, at - word.len());
            start = at - word.len();
            item = number;
            continue;
        }
        let cited = match is_abbreviation(word) {
            true => None,
            false => end_behind_stop(&slice[end..], word),
        };
        let after = end + cited.unwrap_or(0);
        if ends_sentence(so_far, at - start, end - start, after - start, character) {
            add(start, after);
            start = after;
        } else if glued(&slice[..at], &slice[end..]) {
            add(start, end);
            start = end;
        } else {
            continue;
        }
        let next = slice[start..].trim_start();
        if let Some(label) = headings::stuck_label(next) {
            let from = slice.len() - next.len();
            add(from, from + label);
            start = from + label;
        }
    }
    add(start, slice.len());
    spans
}

/// The number of an item of a list in running text that ends at a stop: the next after `last`, or 1
/// where a list begins, at the beginning or behind a colon. `before` ends with it.
fn item_number(before: &str, word: &str, after: &str, last: u32) -> Option<u32> {
    let digits = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    if !digits || !after.starts_with(char::is_whitespace) || !begins_sentence(after.trim_start()) {
        return None;
    }
    let number: u32 = word.parse().ok()?;
    let before = before[..before.len() - word.len()].trim_end();
    let previous = last_word(before).to_lowercase();
    let begins = before.is_empty() || before.ends_with(':');
    let goes_on = last > 0 && number == last + 1 && COUNTED.binary_search(&&*previous).is_err();
    (begins || goes_on).then_some(number)
}

/// Whether a heading or a word that only begins sentences follows a stop without a space:
/// `fever.HISTORY OF PRESENT ILLNESS:`, `bleeding.MethodsAspirin`, `withheld.The`.
fn glued(before: &str, next: &str) -> bool {
    if !before.ends_with(|c: char| c.is_lowercase() || matches!(c, ')' | ']' | '%')) {
        return false;
    }
    let word_before = last_word(before);
    if !next.starts_with(char::is_uppercase) || is_abbreviation(word_before) {
        return false;
    }
    let word: &str = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let spaced = next[word.len()..].starts_with(char::is_whitespace);
    let starter = spaced && word.len() > 1 && STARTERS.binary_search(&word).is_ok();
    let heading = headings::at_start(next)
        .is_some_and(|(length, _)| next[length..].trim_start().starts_with(':'));
    // A heading that no table has, in capitals before a colon.
    let mut within = next.char_indices().take(60);
    let capitals = within.find(|&(_, c)| c == ':').is_some_and(|(colon, _)| {
        let name = &next[..colon];
        let letters = name.bytes().filter(u8::is_ascii_uppercase).count();
        let others = |c: char| c.is_ascii_uppercase() || c.is_whitespace() || "/&-".contains(c);
        letters >= 4 && name.chars().all(others)
    });
    starter || heading || capitals || headings::stuck_label(next).is_some()
}

/// What may stand between a stop and the space after it.
fn is_closing(character: char) -> bool {
    matches!(
        character,
        '.' | '?' | '!' | '"' | '\'' | ')' | ']' | '}' | '»' | '\u{2019}' | '\u{201D}'
    )
}

/// Whether the stop at `at` ends a sentence; `end` is past what closes with it, `after` past the
/// reference numbers behind that. All count from the beginning of the sentence so far.
fn ends_sentence(sentence: &str, at: usize, end: usize, after: usize, stop: char) -> bool {
    let rest = &sentence[after..];
    if matches!(stop, '。' | '！' | '？') {
        return true;
    }
    let next = rest.trim_start();
    if next.is_empty() || next.len() == rest.len() {
        return false;
    }
    let before = &sentence[..at];
    let word = last_word(before);
    if stop != '.' {
        return next.starts_with(|c: char| !c.is_lowercase());
    }
    if !begins_sentence(next) {
        return false;
    }
    // "3." or "(b)." at the beginning numbers what follows.
    if before.trim_start().len() <= 3
        && Enumerator::of_marked(sentence[..=at].trim_start()).is_some()
    {
        return false;
    }
    // Something closes with the stop: `… (see above.) The …`.
    let closed = end > at + 1;
    if !closed && is_abbreviation(word) {
        return is_sentence_starter(next) && !never_ends(word);
    }
    if !closed && is_initial(word) {
        return is_sentence_starter(next);
    }
    true
}

/// The most bytes of a word that are looked at: no abbreviation has more. Without it, the time for a text
/// of stops without spaces (`a.a.a.`) would grow with the square of its length.
const MOST_WORD: usize = 64;

/// The characters since the last space or opening bracket, of a long word its end.
fn last_word(text: &str) -> &str {
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(MOST_WORD))..];
    let start = near
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\u{201C}'))
        .map_or(0, |at| at + near[at..].chars().next().map_or(1, char::len_utf8));
    &near[start..]
}

/// Whether a text begins as a sentence can: no lower-case word, and nothing that goes on a sentence.
fn begins_sentence(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some(c) if c.is_lowercase() => {
            // mRNA, p53 and 5-FU begin sentences too; ordinary lower-case words do not.
            text.chars()
                .take_while(|c| !c.is_whitespace())
                .any(|c| c.is_uppercase() || c.is_ascii_digit())
        }
        Some(c) if c.is_alphanumeric() => true,
        Some(
            '(' | '[' | '"' | '\'' | '\u{201C}' | '\u{2018}' | '«' | '-' | '\u{2013}' | '\u{2014}'
            | '•' | '*' | '#' | '+',
        ) => true,
        Some(c) => !c.is_ascii_punctuation(),
        None => false,
    }
}

/// A single capital letter before a full stop: an initial, or the letter of `hepatitis B`.
fn is_initial(word: &str) -> bool {
    let letter = word.rsplit(['.', '-']).next().unwrap_or(word);
    letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a word before a full stop abbreviates.
fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_lowercase();
    // e.g, i.e, b.i.d, U.S: letters with stops between them.
    let dotted = lower.contains('.')
        && lower.split('.').all(|part| part.chars().count() <= 1 || part.len() <= 2);
    let dotted = dotted && lower.chars().all(|c| c == '.' || c.is_alphabetic());
    dotted || ABBREVIATIONS.binary_search(&lower.as_str()).is_ok()
}

/// Abbreviations that always have something after them.
fn never_ends(word: &str) -> bool {
    NEVER_LAST.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Whether a text begins with a word that is capitalised only because a sentence begins.
fn is_sentence_starter(text: &str) -> bool {
    let word: &str = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    STARTERS.binary_search(&word).is_ok()
}
