//! Mentions that come again.

use std::collections::HashMap;

use bioner_documents::abbreviation::stands_alone;

use super::abbreviations::Abbreviations;
use crate::entity::{Entity, Origin};
use crate::role;
use crate::sentence::{PieceKind, Sentence};

/// The least score of a mention that is remembered. Of repeats of what had 0.6 to 0.9, two in five are
/// right; of those of what had more, four in five.
const SURE: f32 = 0.9;

/// By what the score of a repeat is less than the first one's.
pub(super) const RIGHT: f32 = 0.85;

/// The mentions of the sentences so far, by their first piece; the longest first.
#[derive(Default)]
pub(super) struct Repeats {
    mentions: HashMap<Box<str>, Vec<Mention>>,
}

struct Mention {
    /// As the view has it.
    text: Box<str>,
    kind: usize,
    score: f32,
}

impl Repeats {
    /// Marks in a sentence the mentions that earlier sentences had, where nothing is marked, they
    /// are whole tokens and stand in the same role. Abbreviations that are defined are left to their
    /// definitions.
    pub fn recall(
        &self,
        sentence: &Sentence,
        abbreviations: &Abbreviations,
        entities: &mut Vec<Entity>,
    ) {
        for (index, piece) in sentence.pieces().iter().enumerate() {
            if piece.kind == PieceKind::Space {
                continue;
            }
            for mention in self.mentions.get(sentence.piece_text(index)).into_iter().flatten() {
                let Some(view) = sentence.stands_at(piece.view.start, &mention.text) else {
                    continue;
                };
                let Some(span) = sentence.to_source(view) else { continue };
                let is_same = sentence.is_text(view)
                    && stands_alone(sentence.view(), view)
                    && !role::is_other(sentence.view(), view)
                    && !abbreviations.defines(&mention.text);
                if is_same && entities.iter().all(|other| !other.span.overlaps(span)) {
                    let (kind, score) = (mention.kind, mention.score * RIGHT);
                    entities.push(Entity { span, kind, score, origin: Some(Origin::Repeat) });
                    break;
                }
            }
        }
    }

    /// Remembers an entity that the model found in a sentence, if it was sure.
    pub fn learn(&mut self, sentence: &Sentence, entity: &Entity) {
        if entity.score < SURE {
            return;
        }
        let Some(span) = sentence.to_view(entity.span) else { return };
        let text = span.slice(sentence.view());
        // A letter or a number alone means something else in every other sentence.
        if text.chars().count() < 2 || !text.contains(char::is_alphabetic) {
            return;
        }
        let first = sentence.pieces().iter().position(|piece| piece.view.start == span.start);
        let Some(first) = first else { return };
        let mentions = self.mentions.entry(sentence.piece_text(first).into()).or_default();
        if mentions.iter().all(|known| *known.text != *text) {
            let at = mentions.partition_point(|known| known.text.len() >= text.len());
            let mention = Mention { text: text.into(), kind: entity.kind, score: entity.score };
            mentions.insert(at, mention);
        }
    }
}
