//! Answers, which come in any order, to entities in the order of the documents.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bioner_documents::ByteSpan;

use super::document::{Document, MAX_KEPT_SENTENCES, SentenceId};
use super::memory::Memory;
use super::questions::{Answers, Questions};
use crate::entity::Entity;
use crate::error::{Error, Result};
use crate::sentence::Sentence;

/// The results of sentences just finished, in the order of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which document, as [`Session::add`](super::Session::add) numbered it.
    pub document: usize,
    /// Sorted by start; spans count in the document.
    pub entities: Vec<Entity>,
    /// The sentences, and what the model wrote for each: as many answers in a row as it was asked
    /// questions.
    pub raw: Vec<Raw>,
    /// Sentences of the document finished so far.
    pub done: usize,
    /// Sentences of the document in all.
    pub total: usize,
}

impl Part {
    /// Whether the document is finished.
    pub fn is_last(&self) -> bool {
        self.done == self.total
    }
}

/// What the model wrote about a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The sentence's place in the document, in bytes.
    pub span: ByteSpan,
    /// The answer in the output format, as people can read it:
    /// [`Format::readable`](crate::format::Format::readable).
    pub text: String,
}

/// The documents of a session that are not finished, in order.
pub(super) struct Assembler {
    pub questions: Questions,
    /// Without those that were finished or given up before others.
    documents: VecDeque<Option<OpenDocument>>,
    /// The number of the first of them.
    first: usize,
    /// Whether a document's parts wait for no other document.
    in_turns: bool,
}

/// A document that is not finished.
struct OpenDocument {
    document: Arc<Document>,
    /// The answers to sentences that are not finished because an earlier one has no answers yet, by the
    /// number of the sentence; with the sentence, if it is kept.
    answered: HashMap<usize, (Option<Arc<Sentence>>, Answers)>,
    /// Sentences that are finished: the first so many.
    done: usize,
    memory: Memory,
}

impl Assembler {
    /// An assembler of answers to `questions`.
    pub fn new(questions: Questions) -> Self {
        Assembler { questions, documents: VecDeque::new(), first: 0, in_turns: false }
    }

    /// Parts are given out whatever other documents lack.
    pub fn take_turns(&mut self) {
        self.in_turns = true;
    }

    /// Adds a document behind the others and returns its number, counted from 0.
    pub fn add(&mut self, document: Arc<Document>) -> usize {
        let memory = Memory::new(document.clone());
        let answered = HashMap::new();
        self.documents.push_back(Some(OpenDocument { document, answered, done: 0, memory }));
        self.first + self.documents.len() - 1
    }

    /// The number of the first document that is not finished.
    pub fn first(&self) -> usize {
        self.first
    }

    /// Whether all documents are finished.
    pub fn is_finished(&self) -> bool {
        self.documents.is_empty()
    }

    /// How many sentences a document has that is not finished; 0 for others.
    pub fn sentences(&self, document: usize) -> usize {
        let index = document.checked_sub(self.first);
        let open = index.and_then(|index| self.documents.get(index)?.as_ref());
        open.map_or(0, |open| open.document.spans.len())
    }

    /// Gives up a document: no part of it comes any more.
    pub fn cancel(&mut self, document: usize) {
        let index = document.checked_sub(self.first);
        if let Some(open) = index.and_then(|index| self.documents.get_mut(index)) {
            *open = None;
        }
        self.drop_finished();
    }

    /// Takes the answers to a sentence, and the sentence if whoever asked has kept it. Those to
    /// sentences that are finished, or do not exist, are dropped.
    pub fn add_answers(
        &mut self,
        id: SentenceId,
        sentence: Option<Arc<Sentence>>,
        answers: Answers,
    ) {
        let index = id.document.checked_sub(self.first);
        let open = index.and_then(|index| self.documents.get_mut(index)?.as_mut());
        let Some(open) = open else { return };
        if (open.done..open.document.spans.len()).contains(&id.number) {
            let sentence = sentence.filter(|_| id.number - open.done < MAX_KEPT_SENTENCES);
            open.answered.insert(id.number, (sentence, answers));
        }
    }

    /// The parts whose turn it is: at most one of each document, up to the first that is not finished
    /// unless they [take turns](Self::take_turns).
    ///
    /// # Errors
    /// [`Error::Internal`] if an answer cannot be read.
    pub fn take_parts(&mut self) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        for (number, slot) in (self.first..).zip(&mut self.documents) {
            let Some(open) = slot else { continue };
            parts.extend(open.take_part(number, &self.questions)?);
            if open.done == open.document.spans.len() {
                *slot = None;
            } else if !self.in_turns {
                break;
            }
        }
        self.drop_finished();
        Ok(parts)
    }

    fn drop_finished(&mut self) {
        while self.documents.front().is_some_and(Option::is_none) {
            self.documents.pop_front();
            self.first += 1;
        }
    }
}

impl OpenDocument {
    /// The results of the next sentences, as far as they are answered. `None` if the next one is not,
    /// but an empty part for a document without sentences.
    fn take_part(&mut self, number: usize, questions: &Questions) -> Result<Option<Part>> {
        let before = self.done;
        let total = self.document.spans.len();
        let (mut entities, mut raw) = (Vec::new(), Vec::new());
        while let Some((sentence, answers)) = self.answered.remove(&self.done) {
            let sentence = sentence.or_else(|| self.document.sentence(self.done));
            let sentence = sentence
                .ok_or_else(|| Error::Internal("an answered sentence is missing".into()))?;
            let mut found = questions.entities(&sentence, &answers)?;
            self.memory.complete(&sentence, &mut found);
            entities.append(&mut found);
            let span = self.document.spans[self.done];
            let texts = questions.readable(&answers);
            raw.extend(texts.map(|text| Raw { span, text: text.into_owned() }));
            self.done += 1;
        }
        let has_part = self.done > before || total == 0;
        Ok(has_part.then_some(Part { document: number, entities, raw, done: self.done, total }))
    }
}
