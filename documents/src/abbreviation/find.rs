//! Pairs of brackets, and what they define.

use super::Definition;
use super::short::{self, Candidate};
use super::spell;
use super::window::Window;
use crate::span::ByteSpan;

/// The most bytes between two brackets: what is longer is a remark.
const MAX_INSIDE: usize = 200;

/// How many bytes before a bracket a long form may begin.
const MAX_BEFORE: usize = 300;

/// The most alternatives that are read in one pair of brackets.
const MAX_ALTERNATIVES: usize = 4;

/// Every abbreviation that the text defines, by the place of the short form. Brackets that have no
/// partner define nothing.
pub fn find_definitions(text: &str) -> Vec<Definition> {
    let (mut round, mut square) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        let open = match byte {
            b'(' => {
                round.push(at);
                continue;
            }
            b'[' => {
                square.push(at);
                continue;
            }
            b')' => round.pop(),
            b']' => square.pop(),
            _ => continue,
        };
        if let Some(open) = open
            && at - open <= MAX_INSIDE
        {
            found.extend(in_brackets(text, open, ByteSpan::new(open + 1, at)));
        }
    }
    found.sort_by_key(|definition| (definition.at.start, definition.at.end));
    found.dedup_by(|later, first| later.at == first.at);
    found
}

/// What one pair of brackets defines.
fn in_brackets(text: &str, open: usize, inside: ByteSpan) -> Vec<Definition> {
    let from = text.ceil_char_boundary(open.saturating_sub(MAX_BEFORE));
    let before = Window::before(text, from, open);
    let alternatives = short::alternatives(text, inside, MAX_ALTERNATIVES);
    let mut found = Vec::new();
    let mut previous: Option<ByteSpan> = None;
    for &at in &alternatives {
        let within = || previous.map(|span| Window::before(text, span.start, span.end));
        if let Some(candidate) = Candidate::of(at.slice(text))
            && let Some(long) = spell::long_form(text, &candidate, &before)
                .or_else(|| spell::long_form(text, &candidate, &within()?))
        {
            found.push(Definition { short: at.slice(text).to_owned(), at, long });
        }
        previous = Some(at);
    }
    // The other way round: "PD (Parkinson's disease)".
    if found.is_empty()
        && let Some(&long) = alternatives.first()
        && let Some(at) = short::last_word(text, open)
        && let Some(candidate) = Candidate::of(at.slice(text))
        && let Some(long) = spell::whole_long_form(text, &candidate, long)
    {
        found.push(Definition { short: at.slice(text).to_owned(), at, long });
    }
    found
}
