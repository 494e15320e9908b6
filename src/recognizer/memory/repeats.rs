//! Mentions that are repeated in later sentences.

use std::collections::{BTreeSet, HashMap};

use bioner_documents::ByteSpan;
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

/// The mentions of the sentences so far.
#[derive(Default)]
pub(super) struct Repeats {
    /// By their words, as in the view.
    mentions: HashMap<Box<str>, Mention>,
    /// By the text of a first piece, how many bytes the mentions have that begin with it. A document may
    /// have very many of these, but only so many lengths fit into a sentence.
    lengths: HashMap<Box<str>, BTreeSet<usize>>,
}

#[derive(Clone, Copy)]
struct Mention {
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
            let lengths = self.lengths.get(sentence.piece_text(index));
            let left = sentence.view().len() - piece.view.start;
            // The longest first.
            for &length in lengths.into_iter().flat_map(|lengths| lengths.range(..=left).rev()) {
                let view = ByteSpan::new(piece.view.start, piece.view.start + length);
                if !sentence.ends_at(view.end) {
                    continue;
                }
                let text = view.slice(sentence.view());
                let Some(&mention) = self.mentions.get(text) else { continue };
                let Some(span) = sentence.to_source(view) else { continue };
                let is_same = sentence.is_text(view)
                    && stands_alone(sentence.view(), view)
                    && !role::is_other(sentence.view(), view)
                    && !abbreviations.defines(text);
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
        if !self.mentions.contains_key(text) {
            let mention = Mention { kind: entity.kind, score: entity.score };
            self.mentions.insert(text.into(), mention);
            let first = sentence.piece_text(first);
            self.lengths.entry(first.into()).or_default().insert(text.len());
        }
    }
}
