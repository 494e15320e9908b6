//! Abbreviations that the document defines.

use std::sync::Arc;

use bioner_documents::ByteSpan;
use bioner_documents::abbreviation::{Definition, Meanings, is_long_form, stands_alone};

use crate::entity::{Entity, Origin};
use crate::recognizer::document::Document;
use crate::sentence::{PieceKind, Sentence};

/// The abbreviations of a document, and what they mean at the end of the sentences so far.
pub(super) struct Abbreviations {
    document: Arc<Document>,
    /// The first of its definitions that is in no sentence so far.
    next: usize,
    meanings: Meanings<Meaning>,
}

/// The type and score of a long form.
#[derive(Clone, Copy)]
struct Meaning {
    kind: usize,
    score: f32,
}

impl Abbreviations {
    /// The abbreviations before the first sentence: none has a meaning yet.
    pub fn new(document: Arc<Document>) -> Self {
        Abbreviations { document, next: 0, meanings: Meanings::default() }
    }

    /// Whether a name has been defined as an abbreviation so far.
    pub fn defines(&self, name: &str) -> bool {
        self.meanings.of(name).is_some()
    }

    /// Marks the abbreviations in the next sentence whose long forms are entities, in this sentence or
    /// before. An abbreviation gets the type and score of its long form, also where the model gave it
    /// another type. (Of abbreviations that the model had not marked, as many are right as the scores
    /// of their long forms say.) What only looks like an abbreviation within a longer token, such as
    /// "PD" in "PD-1", is no entity.
    pub fn complete(&mut self, sentence: &Sentence, entities: &mut Vec<Entity>) {
        entities.retain(|entity| !self.is_within_token(sentence, entity.span));
        for piece in sentence.pieces() {
            while let Some(definition) = self.document.definitions.get(self.next)
                && definition.at.start <= piece.source.start
            {
                let meaning = long_form(&self.document.text, definition, entities)
                    .or_else(|| both_forms(definition, entities));
                let short = Sentence::whole(&definition.short);
                self.meanings.learn(
                    short.view(),
                    definition.long.slice(&self.document.text),
                    meaning,
                );
                self.next += 1;
            }
            if piece.kind == PieceKind::Space || self.meanings.is_empty() {
                continue;
            }
            let Some((view, meaning)) = self.meanings.at(sentence.view(), piece.view.start) else {
                continue;
            };
            let Some(span) = sentence.to_source(view) else { continue };
            if let Some(meaning) = meaning {
                mark(span, meaning, entities);
            } else if self.meanings.is_redefined(view.slice(sentence.view())) {
                // "multiple sclerosis (MS) … mass spectrometry (MS)"
                entities.retain(|own| own.span != span);
            }
        }
    }

    fn is_within_token(&self, sentence: &Sentence, span: ByteSpan) -> bool {
        let view = sentence.to_view(span);
        view.is_some_and(|view| {
            self.defines(view.slice(sentence.view())) && !stands_alone(sentence.view(), view)
        })
    }
}

/// Marks an abbreviation. An entity that the model has at the same span gets the type; if it has
/// several there, one for each of its types, one remains. Where an entity only overlaps with the span,
/// nothing changes.
fn mark(span: ByteSpan, Meaning { kind, score }: Meaning, entities: &mut Vec<Entity>) {
    let marked = Entity { span, kind, score, origin: Some(Origin::Abbreviation) };
    if entities.iter().any(|own| own.span == span && own.kind == kind) {
        entities.retain(|own| own.span != span || own.kind == kind);
    } else if let Some(own) = entities.iter_mut().find(|own| own.span == span) {
        *own = marked;
        entities.retain(|own| own.span != span || own.kind == kind);
    } else if entities.iter().all(|own| !own.span.overlaps(span)) {
        entities.push(marked);
    }
}

/// The type and score of a long form: those of the last entity that is it.
fn long_form(text: &str, definition: &Definition, entities: &[Entity]) -> Option<Meaning> {
    entities
        .iter()
        .filter(|entity| is_long_form(text, definition, entity.span))
        .max_by_key(|entity| entity.span.start)
        .map(|entity| Meaning { kind: entity.kind, score: entity.score })
}

/// What an abbreviation is where the model found it and the end of its long form, both of one type: of
/// "transient ischaemic attack (TIA)" it may find "ischaemic attack" and "TIA".
fn both_forms(definition: &Definition, entities: &[Entity]) -> Option<Meaning> {
    let short = entities.iter().find(|entity| entity.span == definition.at)?;
    let ends_long = |entity: &&Entity| {
        entity.kind == short.kind
            && entity.span.end == definition.long.end
            && entity.span.start >= definition.long.start
    };
    let end = entities.iter().find(ends_long)?;
    Some(Meaning { kind: short.kind, score: short.score.min(end.score) })
}
