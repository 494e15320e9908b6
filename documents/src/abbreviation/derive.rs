//! The entities that abbreviations add.

use std::collections::{BTreeSet, HashMap};

use super::Definition;
use super::spell::singular;
use super::token::stands_alone;
use super::words::{is_common_word, is_in_capitals};
use crate::span::ByteSpan;

/// An entity that an abbreviation adds. It has the type and the score of its long form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derived {
    pub span: ByteSpan,
    /// Which of the entities is the long form.
    pub of: usize,
}

/// The entities that abbreviations add, in the order of the text: wherever a short form stands as a whole token,
/// from its definition on, while its long form is one of `entities` and nothing is marked there
/// yet. A later definition takes the place of an earlier one, also if its long form is no
/// entity.
///
/// `entities` are the spans of what is marked, sorted by start.
pub fn derive(text: &str, definitions: &[Definition], entities: &[ByteSpan]) -> Vec<Derived> {
    let named = named(definitions, entities);
    if named.iter().all(Option::is_none) {
        return Vec::new();
    }
    let lengths: BTreeSet<usize> = definitions.iter().map(|d| base(&d.short).len()).collect();
    let mut meanings = Meanings::default();
    let mut next = 0; // the first definition that comes after
    let mut near = 0; // the first entity that may still touch
    let mut reach = 0; // where the entities before it end
    let mut derived: Vec<Derived> = Vec::new();
    let mut previous = ' ';
    for (start, character) in text.char_indices() {
        let begins = character.is_alphanumeric() && !previous.is_alphanumeric();
        previous = character;
        if !begins {
            continue;
        }
        while let Some(definition) = definitions.get(next)
            && definition.at.start <= start
        {
            meanings.learn(text, definition, named[next]);
            next += 1;
        }
        let Some((span, of)) = meanings.longest_at(text, start, &lengths) else { continue };
        while let Some(entity) = entities.get(near)
            && entity.start < span.end
        {
            reach = reach.max(entity.end);
            near += 1;
        }
        let is_free = derived.last().is_none_or(|last| last.span.end <= start);
        if reach <= start && is_free {
            derived.push(Derived { span, of });
        }
    }
    derived
}

/// For each definition, which of `entities` is its long form: it ends where the long form does and
/// leaves none of it out; of several the shortest.
pub fn named(definitions: &[Definition], entities: &[ByteSpan]) -> Vec<Option<usize>> {
    let mut by_end: HashMap<usize, Vec<usize>> = HashMap::new();
    for definition in definitions {
        by_end.entry(definition.long.end).or_default();
    }
    for (index, entity) in entities.iter().enumerate() {
        if let Some(ending) = by_end.get_mut(&entity.end) {
            ending.push(index);
        }
    }
    let of = |definition: &Definition| {
        let ending = by_end.get(&definition.long.end)?.iter().copied();
        ending
            .filter(|&index| entities[index].start <= definition.long.start)
            .max_by_key(|&index| entities[index].start)
    };
    definitions.iter().map(of).collect()
}

/// What short forms mean at a place of the text.
#[derive(Default)]
struct Meanings<'a> {
    of: HashMap<&'a str, Meaning>,
}

struct Meaning {
    /// The long form without its spelling: two definitions with the same long form say the same.
    long: String,
    entity: Option<usize>,
}

impl<'a> Meanings<'a> {
    fn learn(&mut self, text: &str, definition: &'a Definition, entity: Option<usize>) {
        let long = plain(definition.long.slice(text));
        let meaning = self
            .of
            .entry(base(&definition.short))
            .or_insert(Meaning { long: String::new(), entity: None });
        if entity.is_some() || meaning.long != long {
            *meaning = Meaning { long, entity };
        }
    }

    /// The longest short form that stands at `start`, with the s of a plural, if its long form is an
    /// entity.
    fn longest_at(
        &self,
        text: &str,
        start: usize,
        lengths: &BTreeSet<usize>,
    ) -> Option<(ByteSpan, usize)> {
        lengths
            .iter()
            .rev()
            .find_map(|length| {
                let short = text.get(start..start + length)?;
                let meaning = self.of.get(short)?;
                let plural = text[start + length..].starts_with('s');
                let ends = [start + length, start + length + 1];
                let span = ends
                    .into_iter()
                    .take(1 + usize::from(plural))
                    .map(|end| ByteSpan::new(start, end))
                    .find(|&span| stands_alone(text, span))?;
                let shouted = is_common_word(short) && is_in_capitals(text, span);
                (!shouted).then_some((span, meaning.entity))
            })
            .and_then(|(span, entity)| Some((span, entity?)))
    }
}

/// A short form without the s of its plural.
fn base(short: &str) -> &str {
    singular(short).unwrap_or(short)
}

/// Letters and digits only, in small letters, without the s of a plural.
pub(super) fn plain(long: &str) -> String {
    let letters = long.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let mut plain: String = letters.collect();
    if plain.ends_with('s') {
        plain.pop();
    }
    plain
}
