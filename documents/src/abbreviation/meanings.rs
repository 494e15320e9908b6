//! What short forms mean at a place of a text.

use std::collections::{BTreeSet, HashMap};

use super::spell::singular;
use super::token::stands_alone;
use super::words::{is_common_word, is_in_capitals};
use crate::span::ByteSpan;

/// What the short forms defined so far stand for, read from the beginning of a text to its end. `T` says
/// what a long form is; a long form that is no entity has none, and its short form then hides an
/// earlier meaning.
#[derive(Debug, Clone)]
pub struct Meanings<T> {
    of: HashMap<Box<str>, Meaning<T>>,
    /// The lengths of the short forms, in bytes.
    lengths: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
struct Meaning<T> {
    /// The long form without its spelling: two definitions with the same long form say the same.
    long: Box<str>,
    entity: Option<T>,
    /// Whether an earlier definition with another long form was an entity.
    was_entity: bool,
}

impl<T> Default for Meanings<T> {
    fn default() -> Self {
        Meanings { of: HashMap::new(), lengths: BTreeSet::new() }
    }
}

impl<T: Copy> Meanings<T> {
    /// Takes a definition that stands after those learned before. The same definition again, with a
    /// long form that is no entity this time, changes nothing.
    pub fn learn(&mut self, short: &str, long: &str, entity: Option<T>) {
        let short = base(short);
        let long = plain(long);
        match self.of.get_mut(short) {
            Some(meaning) if meaning.long == long => meaning.entity = entity.or(meaning.entity),
            Some(meaning) => {
                let was_entity = meaning.was_entity || meaning.entity.is_some();
                *meaning = Meaning { long, entity, was_entity };
            }
            None => {
                self.lengths.insert(short.len());
                self.of.insert(short.into(), Meaning { long, entity, was_entity: false });
            }
        }
    }

    /// Whether nothing has been defined.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// What a short form, or its plural, stands for: `None` if it has not been defined,
    /// `Some(None)` if its long form is no entity.
    pub fn of(&self, short: &str) -> Option<Option<T>> {
        self.of.get(base(short)).map(|meaning| meaning.entity)
    }

    /// Whether a short form now stands for what is no entity, and stood for one before.
    pub fn is_redefined(&self, short: &str) -> bool {
        self.of.get(base(short)).is_some_and(|now| now.entity.is_none() && now.was_entity)
    }

    /// The longest short form that stands at `start` as a whole token, with the s of a plural, and
    /// what it stands for. An English word in capitals, among others in capitals, is none.
    pub fn at(&self, text: &str, start: usize) -> Option<(ByteSpan, Option<T>)> {
        self.lengths.iter().rev().find_map(|length| {
            let short = text.get(start..start + length)?;
            let meaning = self.of.get(short)?;
            let end = start + length;
            let plural = text[end..].starts_with('s').then_some(end + 1);
            let span = [Some(end), plural]
                .into_iter()
                .flatten()
                .map(|end| ByteSpan::new(start, end))
                .find(|&span| stands_alone(text, span))?;
            let says_nothing = is_common_word(short) && is_in_capitals(text, span);
            (!says_nothing).then_some((span, meaning.entity))
        })
    }
}

/// A short form without the s of its plural.
fn base(short: &str) -> &str {
    singular(short).unwrap_or(short)
}

/// Letters and digits only, in small letters, without the s of a plural.
fn plain(long: &str) -> Box<str> {
    let letters = long.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let mut plain: String = letters.collect();
    if plain.ends_with('s') {
        plain.pop();
    }
    plain.into()
}
