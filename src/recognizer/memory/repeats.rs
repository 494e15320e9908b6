//! Mentions that are repeated in later sentences.

use std::collections::HashMap;

use bioner_documents::abbreviation::stands_alone;

use super::abbreviations::Abbreviations;
use crate::entity::{Entity, Origin};
use crate::role;
use crate::sentence::{PieceKind, Sentence};

/// The lowest score of a mention that is remembered. Of the repeats of mentions with scores from 0.6 to
/// 0.9, two in five are right; of the repeats of those above, four in five.
const MIN_SCORE: f32 = 0.9;

/// The score of a repeat, as a share of the score of the mention.
pub(super) const REPEAT_SCORE: f32 = 0.85;

/// The mentions of the sentences so far by the text of their first piece, the longest first.
#[derive(Default)]
pub(super) struct Repeats {
    mentions: HashMap<Box<str>, Vec<Mention>>,
}

struct Mention {
    /// The words, as in the view.
    text: Box<str>,
    kind: usize,
    score: f32,
}

impl Repeats {
    /// Marks the mentions of earlier sentences in a sentence where nothing is marked, if they are whole
    /// tokens there and their neighbours do not say that they are something else. Abbreviations that
    /// the document defines are left to [`Abbreviations`].
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
                    let (kind, score) = (mention.kind, mention.score * REPEAT_SCORE);
                    entities.push(Entity { span, kind, score, origin: Some(Origin::Repeat) });
                    break;
                }
            }
        }
    }

    /// Remembers an entity that the model found in a sentence, if it was sure of it.
    pub fn learn(&mut self, sentence: &Sentence, entity: &Entity) {
        if entity.score < MIN_SCORE {
            return;
        }
        let Some(span) = sentence.to_view(entity.span) else { return };
        let text = span.slice(sentence.view());
        // A single letter or a number means something else in another sentence.
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
