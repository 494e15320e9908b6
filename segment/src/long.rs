//! Sentences that are too long for one question: by their length, or because they enumerate.
//!
//! A list of mentions comes in the order of the sentence, so what the model passes over in a long
//! enumeration it can never come back to. An enumeration of [`MANY`] items or more is therefore cut at
//! its separators, [`FEW`] items at a time.

use super::{MAX_SENTENCE, trimmed};
use bioner_context::Enumerator;
use bioner_documents::ByteSpan;

/// From how many items in a row on an enumeration is cut.
const MANY: usize = 9;

/// How many items then stay together.
const FEW: usize = 6;

/// The most words of an item; what is longer is a clause.
const MAX_ITEM_WORDS: usize = 8;

/// Splits a sentence where it enumerates and where it is too long.
pub fn split(text: &str, sentence: ByteSpan, spans: &mut Vec<ByteSpan>) {
    let slice = sentence.slice(text);
    let mut start = 0;
    for cut in cuts(slice) {
        let part = trimmed(text, ByteSpan::new(start, cut).shifted(sentence.start));
        split_by_length(text, part, spans);
        start = cut;
    }
    let rest = trimmed(text, ByteSpan::new(start, slice.len()).shifted(sentence.start));
    split_by_length(text, rest, spans);
}

/// Where an enumeration is cut: behind a separator.
fn cuts(sentence: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    // Separators of the items in a row so far: the bytes behind them.
    let mut row: Vec<usize> = Vec::new();
    let mut since = 0;
    // Up to here nothing but separators stands behind `since`.
    let mut blank = 0;
    for at in separators(sentence) {
        let separates = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        if sentence[blank..at].trim_matches(separates).is_empty() {
            blank = at;
            continue;
        }
        let words = sentence[since..at].split_whitespace().count();
        // The first item has the words before the enumeration with it.
        if words > MAX_ITEM_WORDS && !row.is_empty() {
            add_cuts(&row, &mut cuts);
            row.clear();
        }
        row.push(at);
        (since, blank) = (at, at);
    }
    if sentence[since..].split_whitespace().count() > 2 * MAX_ITEM_WORDS {
        row.pop();
    }
    add_cuts(&row, &mut cuts);
    cuts
}

fn add_cuts(row: &[usize], cuts: &mut Vec<usize>) {
    if row.len() + 1 < MANY {
        return;
    }
    // Pieces of about the same size.
    let items = row.len() + 1;
    let parts = items.div_ceil(FEW);
    cuts.extend((1..parts).filter_map(|part| row.get((part * items / parts).checked_sub(1)?)));
}

/// Where items of an enumeration may end: behind a comma or semicolon with a space behind it or
/// between two words (`aspirin,digoxin`), behind a bullet, slash or dash between spaces, and before the
/// number of an item (`2) gout`, `(3) asthma`).
fn separators(sentence: &str) -> impl Iterator<Item = usize> + '_ {
    sentence.char_indices().filter_map(|(at, character)| {
        let end = at + character.len_utf8();
        let (before, after) = (&sentence[..at], &sentence[end..]);
        let spaced = || after.starts_with(char::is_whitespace);
        let separates = match character {
            ',' | ';' => spaced() || is_word(before.chars().rev()) && is_word(after.chars()),
            '•' | '·' | '|' | '/' | '-' | '–' | '—' => {
                spaced() && before.ends_with(char::is_whitespace)
            }
            c if c.is_whitespace() => is_number(after),
            _ => false,
        };
        separates.then_some(end)
    })
}

/// Whether characters begin with those of a word: four letters.
fn is_word(characters: impl Iterator<Item = char>) -> bool {
    characters.take(4).filter(|c| c.is_alphabetic()).count() == 4
}

/// Whether a text begins with the number of an item: `2) `, `(12) `, `iv) `.
fn is_number(text: &str) -> bool {
    let inner = text.strip_prefix('(').unwrap_or(text);
    // Bounded, for this is asked at every space.
    let Some(close) = inner.bytes().take(5).position(|b| b == b')') else { return false };
    let (number, rest) = inner.split_at(close);
    let spaced = rest[1..].starts_with(char::is_whitespace);
    spaced && Enumerator::of(number).is_some_and(Enumerator::is_number)
}

/// Splits a sentence that is too long, between words, preferably after `;`, then `,`, then a space.
fn split_by_length(text: &str, mut sentence: ByteSpan, spans: &mut Vec<ByteSpan>) {
    while sentence.len() > MAX_SENTENCE {
        let slice = sentence.slice(text);
        let window = &slice[..slice.floor_char_boundary(MAX_SENTENCE)];
        // Pieces of less than half the length would cost context for nothing.
        let half = window.floor_char_boundary(MAX_SENTENCE / 2);
        let cut = [";", ",", ")"]
            .iter()
            .filter_map(|mark| {
                window[half..]
                    .rmatch_indices(*mark)
                    .map(|(at, _)| half + at + 1)
                    .find(|&at| window[at..].starts_with(char::is_whitespace))
            })
            .next()
            .or_else(|| window.rfind(char::is_whitespace).filter(|&at| at > 0))
            .unwrap_or_else(|| end_of_piece(slice, window.len()));
        let (head, tail) = (ByteSpan::new(0, cut), ByteSpan::new(cut, slice.len()));
        let head = trimmed(text, head.shifted(sentence.start));
        if !head.is_empty() {
            spans.push(head);
        }
        sentence = trimmed(text, tail.shifted(sentence.start));
    }
    if !sentence.is_empty() {
        spans.push(sentence);
    }
}

/// Where to cut text that has no space before `limit`: before the last symbol if there is one
/// (between the bases of a sequence there is none), else at `limit` itself.
fn end_of_piece(slice: &str, limit: usize) -> usize {
    let window = &slice[..limit];
    window.rfind(|c: char| !c.is_alphanumeric()).filter(|&at| at > limit / 2).unwrap_or(limit)
}
