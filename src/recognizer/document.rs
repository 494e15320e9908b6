//! A document on its way: sentences go out to be answered, answers come back in any order, entities
//! leave in the order of the text.

use std::sync::Arc;

use bioner_documents::abbreviation::find_definitions;
use serde::Deserialize;

use super::memory::Memory;
use super::questions::Answers;
use super::reader::Reader;
use super::{Part, Raw};
use crate::error::{Error, Result};
use crate::format;
use crate::generate::Answer;
use crate::segment;
use crate::sentence::{Context, Sentence};
use bioner_documents::ByteSpan;

/// The most bytes a document may have.
pub const LARGEST_DOCUMENT: usize = 64 << 20;

/// Which of a document's sentences are worked on here: every `of`th from the one numbered `first`
/// on. The others are another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Share {
    /// The number of its first sentence, from 0.
    pub first: usize,
    /// How many shares there are.
    pub of: usize,
}

impl Share {
    /// All of them.
    pub const WHOLE: Share = Share { first: 0, of: 1 };
}

pub(super) struct Document {
    text: Arc<str>,
    spans: Vec<ByteSpan>,
    context: Context,
    answers: Vec<Option<Answers>>,
    share: Share,
    /// The next sentence to go out.
    next: usize,
    /// Sentences given out.
    done: usize,
    memory: Memory,
}

impl Document {
    pub fn new(text: Arc<str>, share: Share) -> Result<Self> {
        if text.len() > LARGEST_DOCUMENT {
            return Err(Error::TextTooLarge(format!(
                "it has {} MB; split it into documents of at most {} MB",
                text.len() >> 20,
                LARGEST_DOCUMENT >> 20
            )));
        }
        let spans = segment::sentences(&text);
        let definitions = find_definitions(&text);
        let context = Context::new(&text, &definitions);
        let answers = vec![None; spans.len()];
        let share = Share { of: share.of.max(1), ..share };
        let memory = Memory::new(text.clone(), definitions);
        Ok(Document { text, spans, context, answers, share, next: share.first, done: 0, memory })
    }

    /// Its sentences, another's among them.
    pub fn sentences(&self) -> usize {
        self.spans.len()
    }

    /// Takes the next sentence to be answered here, and its number.
    pub fn take(&mut self) -> Option<(usize, Sentence)> {
        let number = self.next;
        let span = *self.spans.get(number)?;
        self.next += self.share.of;
        Some((number, Sentence::in_document(&self.text, span, &self.context)))
    }

    /// Takes the answers to a sentence. Those to a sentence that there is not are dropped.
    pub fn answer(&mut self, sentence: usize, answers: Answers) {
        if let Some(place) = self.answers.get_mut(sentence) {
            *place = Some(answers);
        }
    }

    /// Whether all has been given out.
    pub fn is_done(&self) -> bool {
        self.done == self.spans.len()
    }

    /// What sentences say whose turn it is, if there are any, or if the document has none at all.
    ///
    /// # Errors
    /// [`Error::Internal`] if an answer cannot be read.
    pub fn give_out(&mut self, number: usize, reader: &Reader) -> Result<Option<Part>> {
        let total = self.spans.len();
        let mut part = Part {
            document: number,
            entities: Vec::new(),
            raw: Vec::new(),
            done: self.done,
            total,
        };
        while let Some(answers) = self.answers.get_mut(part.done).and_then(Option::take) {
            let span = self.spans[part.done];
            let sentence = Sentence::in_document(&self.text, span, &self.context);
            let mut entities = reader.read(&sentence, &answers)?;
            self.memory.complete(&sentence, &mut entities);
            part.entities.extend(entities);
            let raw = |answer: &Arc<Answer>| Raw { span, text: format::from_wire(&answer.text) };
            part.raw.extend(answers.iter().map(raw));
            part.done += 1;
        }
        let news = part.done > self.done || total == 0;
        self.done = part.done;
        Ok(news.then_some(part))
    }
}
