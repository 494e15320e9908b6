//! The entities that abbreviations add.

use std::collections::HashMap;

use super::Definition;
use super::meanings::Meanings;
use super::words::{is_course, is_edge};
use crate::span::ByteSpan;

/// An entity that an abbreviation adds. It has the type and the score of its long form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derived {
    /// Where the short form stands.
    pub span: ByteSpan,
    /// Which of the entities is the long form.
    pub of: usize,
}

/// The entities that abbreviations add, in the order of the text: wherever a short form stands as a whole
/// token, from its definition on, while its long form is one of `entities` and nothing is marked there
/// yet. A later definition takes the place of an earlier one, also if its long form is no entity.
///
/// `entities` are the spans of what is marked, sorted by start.
pub fn derive(text: &str, definitions: &[Definition], entities: &[ByteSpan]) -> Vec<Derived> {
    let named = named(text, definitions, entities);
    if named.iter().all(Option::is_none) {
        return Vec::new();
    }
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
            meanings.learn(&definition.short, definition.long.slice(text), named[next]);
            next += 1;
        }
        let Some((span, Some(of))) = meanings.at(text, start) else { continue };
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

/// For each definition, which of `entities` is its long form: see [`is_long_form`]; of several the
/// shortest.
pub fn named(text: &str, definitions: &[Definition], entities: &[ByteSpan]) -> Vec<Option<usize>> {
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
            .filter(|&index| is_long_form(text, definition, entities[index]))
            .max_by_key(|&index| entities[index].start)
    };
    definitions.iter().map(of).collect()
}

/// Whether an entity is the long form of a definition: it ends where the long form does and leaves none
/// of it out but words for the course of a disease ("acute", "major"). What it has before may only
/// describe it ("severe acute kidney injury", AKI): in "deficiency of hexosaminidase (HEX)" the entity is
/// something else.
pub fn is_long_form(text: &str, definition: &Definition, entity: ByteSpan) -> bool {
    let long = definition.long;
    if entity.end != long.end {
        return false;
    }
    if entity.start <= long.start {
        return text[entity.start..long.start].split_whitespace().all(|word| !is_edge(word, ""));
    }
    let left_out = &text[long.start..entity.start];
    left_out.ends_with(char::is_whitespace) && left_out.split_whitespace().all(is_course)
}
