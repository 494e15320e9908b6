//! All that is asked about each sentence: one question, or several where the model does not know the
//! types asked for together.

use std::collections::HashMap;
use std::sync::Arc;

use super::asked::{Asked, Place};
use crate::error::Result;
use crate::generate::{Answer, Generator};
use crate::sentence::Sentence;

/// The answers to a sentence, one for each question.
pub type Answers = Arc<[Arc<Answer>]>;

/// Puts every question about every sentence, a pass of the model for each in turn.
pub(super) struct Questions {
    each: Vec<Asked>,
    /// The one whose turn it is.
    turn: usize,
    /// The answers so far of sentences that lack some.
    begun: HashMap<Place, Vec<Option<Arc<Answer>>>>,
}

impl Questions {
    pub fn new(generators: Vec<Generator>) -> Self {
        let each = generators.into_iter().map(Asked::new).collect();
        Questions { each, turn: 0, begun: HashMap::new() }
    }

    /// Whether another sentence could start at the next step.
    pub fn has_room(&self) -> bool {
        self.each.iter().all(Asked::has_room)
    }

    /// Whether there is nothing to answer.
    pub fn is_idle(&self) -> bool {
        self.each.iter().all(Asked::is_idle)
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.each.iter().map(Asked::tokens).sum()
    }

    /// Asks everything about a sentence.
    pub fn ask(&mut self, place: Place, sentence: &Sentence) {
        for asked in &mut self.each {
            asked.ask(place, sentence);
        }
        self.begun.insert(place, vec![None; self.each.len()]);
    }

    /// One pass of the model, if there is anything to answer. Returns the sentences that then have
    /// all their answers.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) only.
    pub fn step(&mut self) -> Result<Vec<(Place, Answers)>> {
        let count = self.each.len();
        let mut turns = (0..count).map(|ahead| (self.turn + ahead) % count);
        let Some(turn) = turns.find(|&turn| !self.each[turn].is_idle()) else {
            return Ok(Vec::new());
        };
        self.turn = (turn + 1) % count;
        let mut complete = Vec::new();
        for (place, answer) in self.each[turn].step()? {
            let Some(answers) = self.begun.get_mut(&place) else { continue };
            answers[turn] = Some(answer);
            if answers.iter().all(Option::is_some)
                && let Some(answers) = self.begun.remove(&place)
            {
                complete.push((place, answers.into_iter().flatten().collect()));
            }
        }
        Ok(complete)
    }
}
