//! What earlier sentences of a document say about the next one.
//!
//! The model reads one sentence at a time and does not always recognize what an earlier sentence
//! introduced. So two kinds of entities are added, in the order of the text: abbreviations, which get
//! the type of the long form that the document defines them by, and repeats of mentions that the model
//! was sure of.

mod abbreviations;
mod repeats;

use std::sync::Arc;

use self::abbreviations::Abbreviations;
use self::repeats::Repeats;
use super::document::Document;
use crate::entity::{self, Entity};
use crate::sentence::Sentence;

/// What the sentences of a document so far say about the next one.
pub(super) struct Memory {
    abbreviations: Abbreviations,
    repeats: Repeats,
}

impl Memory {
    /// The memory before the first sentence: the abbreviations that the document defines.
    pub fn new(document: Arc<Document>) -> Self {
        Memory { abbreviations: Abbreviations::new(document), repeats: Repeats::default() }
    }

    /// Adds the entities that earlier sentences give the next one, where it has none, and remembers its
    /// own. `entities` are sorted by start and stay so.
    pub fn complete(&mut self, sentence: &Sentence, entities: &mut Vec<Entity>) {
        let own = entities.clone();
        self.repeats.recall(sentence, &self.abbreviations, entities);
        self.abbreviations.complete(sentence, entities);
        for entity in &own {
            self.repeats.learn(sentence, entity);
        }
        entity::sort(entities);
    }
}

#[cfg(test)]
mod tests;
