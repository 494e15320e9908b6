//! Help for a session elsewhere.

use std::sync::Arc;

use super::asked::Asked;
use super::document::{Document, Share};
use crate::error::Result;
use crate::generate::{Answer, Generator};

/// Answers a share of a document's sentences, for a session that takes them by
/// [`Session::supply`](super::Session::supply) and knows what to make of them.
pub struct Helper {
    asked: Asked,
    document: Document,
    /// Whether all sentences of the share have been asked for.
    sent: bool,
}

impl Helper {
    pub(super) fn new(generator: Generator, text: Arc<str>, share: Share) -> Result<Self> {
        let document = Document::new(text, share)?;
        Ok(Helper { asked: Asked::new(generator), document, sent: false })
    }

    /// Whether every sentence of the share has been answered.
    pub fn is_finished(&self) -> bool {
        self.sent && self.asked.is_idle()
    }

    /// One pass of the model. Returns the answers it finished, in any order, each with the number
    /// of its sentence.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) only.
    pub fn step(&mut self) -> Result<Vec<(usize, Arc<Answer>)>> {
        while self.asked.has_room() && !self.sent {
            match self.document.take() {
                Some((number, sentence)) => self.asked.ask((0, number), sentence),
                None => self.sent = true,
            }
        }
        let answers = self.asked.step()?;
        Ok(answers.into_iter().map(|((_, sentence), answer)| (sentence, answer)).collect())
    }
}
