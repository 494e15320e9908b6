//! Which of a sentence's entities a format writes: its normal form.
//!
//! Every format writes entities that are whole pieces of the sentence and have a type that was asked
//! for. Of two that overlap where they may not, the longer one is kept; of two equally long ones the
//! one whose type was asked for earlier, then the first in the sentence. A format that does not say
//! where a mention stands writes each text once, at its first place.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Labelled;
use crate::sentence::Sentence;
use bioner_documents::ByteSpan;

/// The entities of all types that a flat format writes: none overlapping, sorted by place.
pub(super) fn flat(sentence: &Sentence, types: &[String], entities: &[Labelled]) -> Vec<Labelled> {
    apart(sentence, entities.iter().filter(|entity| entity.kind < types.len()))
}

/// The entities of one type: none overlapping, sorted by place.
pub(super) fn of_type(sentence: &Sentence, kind: usize, entities: &[Labelled]) -> Vec<Labelled> {
    apart(sentence, entities.iter().filter(|entity| entity.kind == kind))
}

/// The entities without those whose text comes earlier with the same type.
pub(super) fn once(sentence: &Sentence, mut entities: Vec<Labelled>) -> Vec<Labelled> {
    let mut seen = HashSet::new();
    entities.retain(|entity| seen.insert((entity.span.slice(sentence.view()), entity.kind)));
    entities
}

/// Which occurrence of its own text a span of whole pieces is, from 1.
pub(super) fn occurrence(sentence: &Sentence, span: ByteSpan) -> usize {
    let text = span.slice(sentence.view());
    sentence.occurrences(text).take_while(|place| place.start < span.start).count() + 1
}

fn apart<'a>(sentence: &Sentence, entities: impl Iterator<Item = &'a Labelled>) -> Vec<Labelled> {
    let mut candidates: Vec<Labelled> = entities
        .filter(|entity| entity.span.start < entity.span.end)
        .filter(|entity| sentence.starts_at(entity.span.start) && sentence.ends_at(entity.span.end))
        .copied()
        .collect();
    candidates.sort_by_key(|entity| (Reverse(entity.span.len()), entity.kind, entity.span.start));
    let mut kept: Vec<Labelled> = Vec::with_capacity(candidates.len());
    for entity in candidates {
        if !kept.iter().any(|other| other.span.overlaps(entity.span)) {
            kept.push(entity);
        }
    }
    kept.sort_unstable();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(start: usize, end: usize, kind: usize) -> Labelled {
        Labelled { span: ByteSpan::new(start, end), kind }
    }

    #[test]
    fn the_longer_stays_then_the_earlier_type() {
        let sentence = Sentence::whole("lung cancer cell");
        let types = ["Cell".into(), "Cancer".into()];
        let entities =
            [labelled(0, 4, 0), labelled(0, 11, 1), labelled(12, 16, 1), labelled(12, 16, 0)];
        assert_eq!(flat(&sentence, &types, &entities), [labelled(0, 11, 1), labelled(12, 16, 0)]);
        assert_eq!(of_type(&sentence, 0, &entities), [labelled(0, 4, 0), labelled(12, 16, 0)]);
    }

    #[test]
    fn what_is_no_whole_piece_or_no_type_asked_for_is_left_out() {
        let sentence = Sentence::whole("lung cancer");
        let wrong = [
            labelled(0, 3, 0),
            labelled(1, 4, 0),
            labelled(0, 5, 0),
            labelled(0, 4, 1),
            labelled(4, 4, 0),
        ];
        assert_eq!(flat(&sentence, &["Organ".into()], &wrong), []);
    }

    #[test]
    fn a_text_is_written_once_for_each_type_and_counted_by_place() {
        let sentence = Sentence::whole("p53 and p53 and p53");
        let all = vec![labelled(0, 3, 0), labelled(8, 11, 1), labelled(16, 19, 0)];
        assert_eq!(once(&sentence, all), [labelled(0, 3, 0), labelled(8, 11, 1)]);
        assert_eq!(occurrence(&sentence, ByteSpan::new(16, 19)), 3);
    }
}
