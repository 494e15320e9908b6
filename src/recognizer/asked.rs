//! Sentences asked of the model, each only once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Result;
use crate::generate::{Answer, Generator};
use crate::sentence::Sentence;

/// Answers kept for sentences that come again.
const REMEMBERED: usize = 4096;

/// Asks for sentences under one instruction. Those with the same view are answered once.
pub(super) struct Asked {
    generator: Generator,
    /// Whose answer each id given to the generator is.
    submitted: HashMap<usize, Arc<str>>,
    next_id: usize,
    /// Who waits for the answer to each view.
    waiting: HashMap<Arc<str>, Vec<Place>>,
    /// Answers to views seen before.
    known: HashMap<Arc<str>, Arc<Answer>>,
    /// Answers known when they were asked for.
    at_once: Vec<(Place, Arc<Answer>)>,
}

/// Whose the answer is: the number of a document, and of one of its sentences.
pub(super) type Place = (usize, usize);

impl Asked {
    pub fn new(generator: Generator) -> Self {
        let (submitted, waiting, known) = Default::default();
        Asked { generator, submitted, next_id: 0, waiting, known, at_once: Vec::new() }
    }

    /// Whether another sentence could start at the next step.
    pub fn has_room(&self) -> bool {
        self.generator.has_room()
    }

    /// Whether there is nothing to answer.
    pub fn is_idle(&self) -> bool {
        self.generator.is_idle() && self.at_once.is_empty()
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.generator.tokens()
    }

    /// Asks for the answer to a sentence.
    pub fn ask(&mut self, place: Place, sentence: &Sentence) {
        if let Some(answer) = self.known.get(sentence.view()) {
            self.at_once.push((place, answer.clone()));
        } else if let Some(waiting) = self.waiting.get_mut(sentence.view()) {
            waiting.push(place);
        } else {
            let view: Arc<str> = sentence.view().into();
            self.waiting.insert(view.clone(), vec![place]);
            self.submitted.insert(self.next_id, view);
            self.generator.submit(self.next_id, sentence.clone());
            self.next_id += 1;
        }
    }

    /// One pass of the model, if there is anything to answer. Returns the answers there are then.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) only.
    pub fn step(&mut self) -> Result<Vec<(Place, Arc<Answer>)>> {
        let mut answers = std::mem::take(&mut self.at_once);
        if !self.generator.is_idle() {
            for (id, answer) in self.generator.step()? {
                let Some(view) = self.submitted.remove(&id) else { continue };
                let answer = Arc::new(answer);
                let places = self.waiting.remove(&view).unwrap_or_default();
                answers.extend(places.into_iter().map(|place| (place, answer.clone())));
                if self.known.len() >= REMEMBERED {
                    self.known.clear();
                }
                self.known.insert(view, answer);
            }
        }
        Ok(answers)
    }
}
