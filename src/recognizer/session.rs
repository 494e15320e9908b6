//! Documents at work under one instruction.

use std::sync::Arc;

use super::assembler::{Assembler, Part};
use super::document::{Document, SentenceId, Share};
use super::questions::{Answers, Questions};
use super::scheduler::{Answered, Scheduler};
use crate::error::Result;
use crate::generate::Decoder;

/// Documents at work under one instruction. Sentences of several documents are answered side by
/// side; parts come in the order of the documents, unless they take turns, and of their sentences.
pub struct Session {
    scheduler: Scheduler,
    assembler: Assembler,
}

impl Session {
    pub(super) fn new(decoders: Vec<Decoder>, questions: Questions) -> Self {
        Session { scheduler: Scheduler::new(decoders), assembler: Assembler::new(questions) }
    }

    /// The session with documents that wait for each other as little as possible: a sentence of each
    /// is asked about in turn, and the parts of each come as soon as they are finished. For documents
    /// of different people, of which none should wait for a large one.
    #[must_use]
    pub fn in_turns(mut self) -> Self {
        self.scheduler.take_turns();
        self.assembler.take_turns();
        self
    }

    /// Gives up a document: no part of it comes any more, and no more of its sentences are asked about.
    /// Those that are being answered are finished all the same.
    pub fn cancel(&mut self, document: usize) {
        self.scheduler.cancel(document);
        self.assembler.cancel(document);
    }

    /// Adds a document to the end of the queue and returns its number, counted from 0.
    ///
    /// # Errors
    /// [`Error::TextTooLarge`](crate::Error::TextTooLarge) if it has more than
    /// [`MAX_DOCUMENT_BYTES`](crate::MAX_DOCUMENT_BYTES).
    pub fn add(&mut self, text: impl Into<Arc<str>>) -> Result<usize> {
        self.add_shared(text, &Share::WHOLE)
    }

    /// [`Session::add`] of a document of which only a share is answered here. Its parts cover all of
    /// it; the other answers come by [`Session::add_answers`].
    ///
    /// # Errors
    /// Those of [`Session::add`].
    pub fn add_shared(&mut self, text: impl Into<Arc<str>>, share: &Share) -> Result<usize> {
        let document = Arc::new(Document::new(text.into())?);
        let number = self.assembler.add(document.clone());
        self.scheduler.add(number, document, share);
        Ok(number)
    }

    /// Takes the answers to a sentence that were made elsewhere, by a [`Helper`](crate::Helper). Those
    /// for a document that is finished are dropped.
    pub fn add_answers(&mut self, document: usize, sentence: usize, answers: Answers) {
        let id = SentenceId { document, number: sentence };
        self.assembler.add_answers(id, None, answers);
    }

    /// The types asked for: what [`Entity::kind`](crate::Entity::kind) is an index into.
    pub fn types(&self) -> &[String] {
        &self.assembler.questions.types
    }

    /// How many sentences a document has that is not finished; 0 for others.
    pub fn sentences(&self, document: usize) -> usize {
        self.assembler.sentences(document)
    }

    /// Whether every document added so far is finished and its parts are given out.
    pub fn is_finished(&self) -> bool {
        self.assembler.is_finished()
    }

    /// Whether work on another document would begin at the next step without delaying any other.
    pub fn has_room(&self) -> bool {
        self.scheduler.has_room()
    }

    /// Whether there is nothing left to do here but to wait for [`Session::add_answers`].
    pub fn is_idle(&self) -> bool {
        self.scheduler.is_idle()
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.scheduler.tokens()
    }

    /// Does a bounded amount of work, one pass of the model, and returns what it finished.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal), and those of
    /// [`Model::forward`](crate::model::Model::forward).
    pub fn step(&mut self) -> Result<Vec<Part>> {
        for Answered { id, sentence, answers } in self.scheduler.step()? {
            self.assembler.add_answers(id, sentence, answers);
        }
        let parts = self.assembler.take_parts()?;
        self.scheduler.drop_below(self.assembler.first());
        Ok(parts)
    }
}
