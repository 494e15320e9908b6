//! Documents at work under one instruction.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Part;
use super::document::{Document, Share};
use super::questions::{Answers, Questions};
use super::reader::Reader;
use crate::error::Result;
use crate::generate::Generator;

/// Documents at work under one instruction. Sentences of several documents are answered side by
/// side; parts come in the order of the documents and of their sentences.
pub struct Session {
    questions: Questions,
    reader: Reader,
    documents: VecDeque<Document>,
    /// The number of the first document of `documents`.
    first: usize,
    /// How many of `documents` have had all their sentences asked for.
    unsent: usize,
}

impl Session {
    pub(super) fn new(generators: Vec<Generator>, reader: Reader) -> Self {
        let questions = Questions::new(generators);
        Session { questions, reader, documents: VecDeque::new(), first: 0, unsent: 0 }
    }

    /// Adds a document to the end of the queue and returns its number, counted from 0.
    ///
    /// # Errors
    /// [`Error::TextTooLarge`](crate::Error::TextTooLarge) if it has more than
    /// [`LARGEST_DOCUMENT`](crate::LARGEST_DOCUMENT) bytes.
    pub fn add(&mut self, text: impl Into<Arc<str>>) -> Result<usize> {
        self.add_shared(text, Share::WHOLE)
    }

    /// [`Session::add`] of a document of which only a share is answered here. It gives out what all of
    /// it says; the other answers come by [`Session::supply`].
    pub fn add_shared(&mut self, text: impl Into<Arc<str>>, share: Share) -> Result<usize> {
        self.documents.push_back(Document::new(text.into(), share)?);
        Ok(self.first + self.documents.len() - 1)
    }

    /// Takes a sentence's answers that came from elsewhere. Those for a document that is finished are
    /// dropped.
    pub fn supply(&mut self, document: usize, sentence: usize, answers: Answers) {
        let index = document.checked_sub(self.first);
        if let Some(document) = index.and_then(|index| self.documents.get_mut(index)) {
            document.answer(sentence, answers);
        }
    }

    /// The types asked for: what [`Entity::kind`](crate::Entity::kind) counts in.
    pub fn types(&self) -> &[String] {
        &self.reader.types
    }

    /// The sentences of a document that is not finished.
    pub fn sentences(&self, document: usize) -> usize {
        let index = document.checked_sub(self.first);
        index.and_then(|index| self.documents.get(index)).map_or(0, Document::sentences)
    }

    /// Whether every document added so far is finished and given out.
    pub fn is_finished(&self) -> bool {
        self.documents.is_empty()
    }

    /// Whether another document could be worked on at the next step, without delaying any other.
    pub fn has_room(&self) -> bool {
        self.questions.has_room() && self.unsent == self.documents.len()
    }

    /// Whether there is nothing left to do here but to take answers from elsewhere.
    pub fn is_idle(&self) -> bool {
        self.questions.is_idle() && self.unsent == self.documents.len()
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.questions.tokens()
    }

    /// Does a bounded amount of work, one pass of the model, and returns what it finished.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) only.
    pub fn step(&mut self) -> Result<Vec<Part>> {
        self.ask_more();
        for ((document, sentence), answers) in self.questions.step()? {
            self.supply(document, sentence, answers);
        }
        self.give_out()
    }

    /// Asks for the answers to sentences while there is room.
    fn ask_more(&mut self) {
        while self.questions.has_room()
            && let Some(document) = self.documents.get_mut(self.unsent)
        {
            match document.take() {
                Some((number, sentence)) => {
                    self.questions.ask((self.first + self.unsent, number), &sentence);
                }
                None => self.unsent += 1,
            }
        }
    }

    /// The parts whose turn it is.
    fn give_out(&mut self) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        while let Some(document) = self.documents.front_mut() {
            parts.extend(document.give_out(self.first, &self.reader)?);
            if !document.is_done() {
                break;
            }
            self.documents.pop_front();
            self.first += 1;
            self.unsent = self.unsent.saturating_sub(1);
        }
        Ok(parts)
    }
}
