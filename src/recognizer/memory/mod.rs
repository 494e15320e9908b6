//! What a document has said so far. The model reads a sentence at a time and does not always know
//! again what an earlier sentence introduced. So two kinds of marks are added, in the order of the
//! text: abbreviations, which have the type of the long form that the document gives them, and
//! repeats, where the words of a mention come again that the model was sure of.

mod abbreviations;
mod repeats;

use std::sync::Arc;

use bioner_documents::abbreviation::Definition;

use self::abbreviations::Abbreviations;
use self::repeats::Repeats;
use crate::entity::{self, Entity};
use crate::sentence::Sentence;

/// What a document's sentences so far say of the next.
pub(super) struct Memory {
    abbreviations: Abbreviations,
    repeats: Repeats,
}

impl Memory {
    /// What is known of a document before its first sentence: the abbreviations it defines.
    pub fn new(text: Arc<str>, definitions: Vec<Definition>) -> Self {
        let abbreviations = Abbreviations::new(text, definitions);
        Memory { abbreviations, repeats: Repeats::default() }
    }

    /// Adds to the entities of the next sentence what earlier sentences say of it, where it has none
    /// yet, and remembers its own. They are sorted by start and stay so.
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
