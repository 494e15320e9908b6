//! Commas that another clause begins behind, though no word says so: "No cyst or mass, stone seen".
//!
//! A negation goes on over commas, as lists have them. A list is closed whose last item has an "or", or a
//! word such as "seen" behind it: what stands behind the next comma is no part of it if it is said to be
//! there. The same holds behind a list that would have but two items and no "or", if there is a verb:
//! "No mass, stone is seen". What "persists" is never part of it.

use std::ops::Range;

use crate::rules::rules;
use crate::words::{Kind, Word};

/// What joins the last item to a list.
const CONJUNCTIONS: [&str; 3] = ["or", "nor", "and"];

/// What may stand before the word that says that something is there.
const VERBS: [&str; 4] = ["is", "are", "was", "were"];

/// What may stand between them.
const ADVERBS: [&str; 4] = ["also", "again", "now", "newly"];

/// The commas that another clause begins behind, in order.
pub fn turns(text: &str, words: &[Word], mentions: &[Range<usize>]) -> Vec<usize> {
    let mut covered = vec![false; words.len()];
    for mention in mentions {
        covered[mention.clone()].fill(true);
    }
    let words = Words { text, words, covered };
    let mut turns = Vec::new();
    let mut before = Part::default();
    let mut start = 0;
    for at in 0..=words.words.len() {
        let Some(mark) = words.divides(at) else { continue };
        let part = words.part(start..at);
        let closed = before.conjunction
            || before.predicate
            || part.goes_on
            || part.verb && !before.behind_comma;
        if before.comma && closed && part.affirmed && !part.conjunction {
            turns.push(start - 1);
        }
        before = Part { behind_comma: before.comma, comma: mark == ',', ..part };
        start = at + 1;
    }
    turns
}

/// What stands between two marks.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    /// Whether it joins an item to others.
    conjunction: bool,
    /// Whether it has a word such as "seen".
    predicate: bool,
    /// Whether it says of a mention that it is there, and by a verb, or by how it goes on.
    affirmed: bool,
    verb: bool,
    goes_on: bool,
    /// Whether it stands behind a comma, and before one.
    behind_comma: bool,
    comma: bool,
}

struct Words<'a> {
    text: &'a str,
    words: &'a [Word],
    /// Whether each of them lies in a mention.
    covered: Vec<bool>,
}

impl Words<'_> {
    /// The mark that divides a sentence at a word. Its end does so, too.
    fn divides(&self, at: usize) -> Option<char> {
        match self.words.get(at).map(|word| word.kind) {
            None => Some('.'),
            Some(Kind::Mark(mark)) if !self.covered[at] => {
                Some(mark).filter(|mark| ",;:.?()[]\u{2022}".contains(*mark))
            }
            Some(_) => None,
        }
    }

    fn part(&self, span: Range<usize>) -> Part {
        let mut part = Part::default();
        for at in span.clone().filter(|&at| !self.covered[at]) {
            // ", and a stone is seen" joins clauses.
            let joins_clauses = at == span.start && self.is_in(at, &["and"]);
            part.conjunction |= self.is_in(at, &CONJUNCTIONS) && !joins_clauses;
            if !rules().affirms(self.word(at)) {
                continue;
            }
            part.predicate = true;
            let mut before = at;
            while before > span.start && self.is_in(before - 1, &ADVERBS) {
                before -= 1;
            }
            let verb = before > span.start && self.is_in(before - 1, &VERBS);
            before -= usize::from(verb);
            let affirmed = before > span.start && self.covered[before - 1];
            part.affirmed |= affirmed;
            part.verb |= affirmed && verb;
            part.goes_on |= affirmed && rules().goes_on(self.word(at));
        }
        part
    }

    fn is_in(&self, at: usize, list: &[&str]) -> bool {
        !self.covered[at] && list.iter().any(|word| word.eq_ignore_ascii_case(self.word(at)))
    }

    fn word(&self, at: usize) -> &str {
        &self.text[self.words[at].span.clone()]
    }
}
