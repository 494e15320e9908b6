//! Answers for a session of another engine.

use std::sync::Arc;

use super::document::{Document, Share};
use super::questions::Answers;
use super::scheduler::{Answered, Scheduler};
use crate::error::Result;
use crate::generate::Decoder;

/// Answers a share of a document's sentences, for a session elsewhere that takes them by
/// [`Session::add_answers`](super::Session::add_answers) and makes entities of them.
pub struct Helper {
    scheduler: Scheduler,
}

impl Helper {
    pub(super) fn new(decoders: Vec<Decoder>, text: Arc<str>, share: &Share) -> Result<Self> {
        let mut scheduler = Scheduler::new(decoders);
        scheduler.add(0, Arc::new(Document::new(text)?), share);
        Ok(Helper { scheduler })
    }

    /// Whether every sentence of the share has been answered.
    pub fn is_finished(&self) -> bool {
        self.scheduler.is_idle()
    }

    /// One pass of the model. Returns the sentences it finished, in any order: their numbers and
    /// answers.
    ///
    /// # Errors
    /// Those of [`Session::step`](super::Session::step).
    pub fn step(&mut self) -> Result<Vec<(usize, Answers)>> {
        let finished = self.scheduler.step()?;
        Ok(finished.into_iter().map(|Answered { id, answers, .. }| (id.number, answers)).collect())
    }
}
