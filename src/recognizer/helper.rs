//! Help for a session elsewhere.

use std::sync::Arc;

use super::document::{Document, Share};
use super::questions::{Answers, Questions};
use crate::error::Result;
use crate::generate::Generator;

/// Answers a share of a document's sentences, for a session that takes them by
/// [`Session::supply`](super::Session::supply) and knows what to make of them.
pub struct Helper {
    questions: Questions,
    document: Document,
    /// Whether all sentences of the share have been asked for.
    sent: bool,
}

impl Helper {
    pub(super) fn new(generators: Vec<Generator>, text: Arc<str>, share: Share) -> Result<Self> {
        let document = Document::new(text, share)?;
        Ok(Helper { questions: Questions::new(generators), document, sent: false })
    }

    /// Whether every sentence of the share has been answered.
    pub fn is_finished(&self) -> bool {
        self.sent && self.questions.is_idle()
    }

    /// One pass of the model. Returns the sentences it finished, in any order: their numbers and
    /// answers.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) only.
    pub fn step(&mut self) -> Result<Vec<(usize, Answers)>> {
        while self.questions.has_room() && !self.sent {
            match self.document.take() {
                Some((number, sentence)) => self.questions.ask((0, number), &sentence),
                None => self.sent = true,
            }
        }
        let finished = self.questions.step()?;
        Ok(finished.into_iter().map(|((_, sentence), answers)| (sentence, answers)).collect())
    }
}
