//! Conflicts between the questions about a sentence.

use bioner_documents::ByteSpan;

use crate::entity::{self, Entity};

/// The entities that remain after conflicts between questions are resolved, sorted by start.
///
/// Two entities of different questions are in conflict if they have the same span, or overlap with
/// neither inside the other. The one of the earlier question remains, whatever the scores: a tumour
/// is a disease where both diseases and anatomy are asked for, however sure the model is of anatomy.
/// If one is inside the other both remain: an organ may be part of the name of a disease. Entities of
/// one question are never in conflict, as the model chose them together.
pub(super) fn resolve_conflicts(found: Vec<Vec<Entity>>) -> Vec<Entity> {
    let mut kept: Vec<Entity> = Vec::new();
    for mut entities in found {
        entities.retain(|entity| kept.iter().all(|other| !conflict(other.span, entity.span)));
        kept.append(&mut entities);
    }
    entity::sort(&mut kept);
    kept
}

/// Whether two spans are the same, or overlap with neither inside the other.
fn conflict(a: ByteSpan, b: ByteSpan) -> bool {
    a == b || a.overlaps(b) && !a.contains(b) && !b.contains(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity((start, end, kind, score): (usize, usize, usize, f32)) -> Entity {
        Entity { span: ByteSpan::new(start, end), kind, score, origin: None }
    }

    fn resolved(found: &[&[(usize, usize, usize, f32)]]) -> Vec<(usize, usize, usize)> {
        let found = found.iter().map(|of| of.iter().copied().map(entity).collect()).collect();
        resolve_conflicts(found).iter().map(|e| (e.span.start, e.span.end, e.kind)).collect()
    }

    #[test]
    fn the_entity_of_the_earlier_question_remains() {
        assert_eq!(resolved(&[&[(0, 4, 1, 0.5)], &[(0, 4, 0, 0.8)]]), [(0, 4, 1)]);
        assert_eq!(resolved(&[&[(0, 4, 0, 0.7)], &[(2, 6, 1, 0.8)]]), [(0, 4, 0)]);
        // An entity that was removed does not remove others.
        assert_eq!(
            resolved(&[&[(0, 4, 0, 0.9)], &[(2, 6, 1, 0.8)], &[(5, 9, 2, 0.4)]]),
            [(0, 4, 0), (5, 9, 2)]
        );
    }

    #[test]
    fn nested_entities_both_remain() {
        assert_eq!(resolved(&[&[(0, 5, 0, 0.9)], &[(0, 13, 1, 0.5)]]), [(0, 13, 1), (0, 5, 0)]);
        assert_eq!(resolved(&[&[(0, 9, 0, 0.5)], &[(3, 9, 1, 0.9)]]), [(0, 9, 0), (3, 9, 1)]);
    }

    #[test]
    fn entities_of_one_question_are_never_in_conflict() {
        let crossing = [(0, 9, 0, 0.3), (4, 12, 1, 0.9)];
        assert_eq!(resolved(&[&crossing]), [(0, 9, 0), (4, 12, 1)]);
        assert_eq!(resolved(&[&crossing, &[(4, 12, 2, 0.2)]]), [(0, 9, 0), (4, 12, 1)]);
    }
}
