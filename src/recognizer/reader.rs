//! What answers say.

use std::sync::Arc;

use super::questions::Answers;
use crate::align::align;
use crate::entity::{self, Entity};
use crate::error::{Error, Result};
use crate::format::Format;
use crate::generate::Answer;
use crate::model::Calibration;
use crate::role;
use crate::sentence::Sentence;
use bioner_documents::ByteSpan;

/// What a question asks for.
pub(super) struct Question {
    /// The names of the types.
    pub types: Arc<[String]>,
    /// What [`Entity::kind`] they are.
    pub kinds: Vec<usize>,
}

/// Reads the answers to the questions of a session.
pub(super) struct Reader {
    /// All types asked for.
    pub types: Arc<[String]>,
    pub questions: Vec<Question>,
    pub format: &'static dyn Format,
    pub calibration: Calibration,
}

impl Reader {
    /// The entities that the answers say of a sentence, sorted by start. Where different
    /// questions have one in the same place, that of the earlier question stays.
    ///
    /// # Errors
    /// [`Error::Internal`] if an answer cannot be read, or there is not one for each question.
    pub fn read(&self, sentence: &Sentence, answers: &Answers) -> Result<Vec<Entity>> {
        if answers.len() != self.questions.len() {
            return Err(Error::Internal(format!(
                "there are {} answers to {} questions",
                answers.len(),
                self.questions.len()
            )));
        }
        let mut found = Vec::with_capacity(answers.len());
        for (question, answer) in self.questions.iter().zip(answers.iter()) {
            found.push(self.read_one(sentence, question, answer)?);
        }
        Ok(settle(found))
    }

    fn read_one(
        &self,
        sentence: &Sentence,
        question: &Question,
        answer: &Answer,
    ) -> Result<Vec<Entity>> {
        let mentions = self.format.parse(sentence, &question.types, &answer.text).map_err(|e| {
            Error::Internal(format!("an answer in {} could not be read: {e}", self.format.name()))
        })?;
        let entities = align(sentence, &mentions)
            .into_iter()
            .filter(|aligned| sentence.is_text(aligned.span))
            .filter(|aligned| !role::is_never(sentence.view(), aligned.span))
            .filter_map(|aligned| {
                let mention = &mentions[aligned.mention];
                Some(Entity {
                    span: sentence.to_source(aligned.span)?,
                    kind: *question.kinds.get(mention.kind)?,
                    score: self.calibration.score(answer.log_probability(&mention.written)),
                    origin: None,
                })
            })
            .collect();
        Ok(entities)
    }
}

/// Of what each question found, what stays, sorted by start: of entities of two questions that have the
/// same span, or cross, that of the earlier question. (The one with the higher score would be another
/// way; but a tumour is a disease where both that and anatomy are asked for, however sure the
/// model is of the latter.) One inside the other both stay: an organ in the name of a disease does not
/// end it. What a single question found was decided by the model.
fn settle(found: Vec<Vec<Entity>>) -> Vec<Entity> {
    let mut kept: Vec<Entity> = Vec::new();
    for mut entities in found {
        entities.retain(|entity| kept.iter().all(|other| !compete(other.span, entity.span)));
        kept.append(&mut entities);
    }
    entity::sort(&mut kept);
    kept
}

/// Whether two spans are the same or overlap with neither inside the other.
fn compete(a: ByteSpan, b: ByteSpan) -> bool {
    a == b || a.overlaps(b) && !a.contains(b) && !b.contains(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity((start, end, kind, score): (usize, usize, usize, f32)) -> Entity {
        Entity { span: ByteSpan::new(start, end), kind, score, origin: None }
    }

    fn settled(found: &[&[(usize, usize, usize, f32)]]) -> Vec<(usize, usize, usize)> {
        let found = found.iter().map(|of| of.iter().copied().map(entity).collect()).collect();
        settle(found).iter().map(|e| (e.span.start, e.span.end, e.kind)).collect()
    }

    #[test]
    fn of_entities_of_two_questions_in_one_place_that_of_the_earlier_stays() {
        assert_eq!(settled(&[&[(0, 4, 1, 0.5)], &[(0, 4, 0, 0.8)]]), [(0, 4, 1)]);
        assert_eq!(settled(&[&[(0, 4, 0, 0.7)], &[(2, 6, 1, 0.8)]]), [(0, 4, 0)]);
        // What has gone is not in the way of another.
        assert_eq!(
            settled(&[&[(0, 4, 0, 0.9)], &[(2, 6, 1, 0.8)], &[(5, 9, 2, 0.4)]]),
            [(0, 4, 0), (5, 9, 2)]
        );
    }

    #[test]
    fn one_inside_the_other_both_stay() {
        assert_eq!(settled(&[&[(0, 5, 0, 0.9)], &[(0, 13, 1, 0.5)]]), [(0, 13, 1), (0, 5, 0)]);
        assert_eq!(settled(&[&[(0, 9, 0, 0.5)], &[(3, 9, 1, 0.9)]]), [(0, 9, 0), (3, 9, 1)]);
    }

    #[test]
    fn what_one_question_found_stays_as_it_is() {
        let crossing = [(0, 9, 0, 0.3), (4, 12, 1, 0.9)];
        assert_eq!(settled(&[&crossing]), [(0, 9, 0), (4, 12, 1)]);
        assert_eq!(settled(&[&crossing, &[(4, 12, 2, 0.2)]]), [(0, 9, 0), (4, 12, 1)]);
    }
}
