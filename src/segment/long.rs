//! Sentences that are too long for one question.

use super::{LONGEST, trimmed};
use bioner_documents::ByteSpan;

/// Splits a sentence that is too long, between words, preferably after `;`, then `,`, then a space.
pub fn split(text: &str, mut sentence: ByteSpan, spans: &mut Vec<ByteSpan>) {
    while sentence.len() > LONGEST {
        let slice = sentence.slice(text);
        let window = &slice[..floor_char_boundary(slice, LONGEST)];
        // Pieces of less than half the length would cost context for nothing.
        let half = floor_char_boundary(window, LONGEST / 2);
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

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
