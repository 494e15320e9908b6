//! The whole pipeline: documents in, entities out as their sentences are finished.
//!
//! ```text
//!             ┌──────────────────────── Session ────────────────────────┐
//!  documents ─┼─► Scheduler ──────────────────────────► Assembler ──────┼─► parts
//!             │    │    ▲          sentences and         parse, align,  │
//!             │    │    │           their answers        conflicts,     │
//!             │    ▼    │                                memory         │
//!             │   Decoder, one for each question                        │
//!             └─────────────────────────────────────────────────────────┘
//! ```
//!
//! - [`Session`] takes documents and gives out parts.
//! - [`Scheduler`](scheduler::Scheduler) decides which sentence and which question is decoded next. It
//!   asks for each view once (its [`AnswerCache`](answer_cache::AnswerCache)) and collects the answers
//!   of a sentence to all questions. They come in any order.
//! - [`Decoder`](crate::generate::Decoder) writes the answers of one question with the model.
//! - [`Assembler`](assembler::Assembler) makes entities of answers, in the order of the documents.
//!   [`Questions`](questions::Questions) says what was asked and so what the answers mean,
//!   [`Memory`](memory::Memory) adds what earlier sentences of the document say.
//!
//! A [`Helper`] is a scheduler alone: the sentences of one document can be shared among several
//! engines, of which one has the session.

mod answer_cache;
mod assembler;
mod conflicts;
mod document;
mod helper;
mod memory;
mod questions;
mod scheduler;
mod session;

use std::sync::Arc;

use crate::entity::Entity;
use crate::error::Result;
use crate::generate::LanguageModel;
use crate::model::{Config, Description, Model};

use questions::Questions;

pub use assembler::{Part, Raw};
pub use document::{MAX_DOCUMENT_BYTES, Share};
pub use helper::Helper;
pub use questions::{Answers, Options};
pub use session::Session;

/// A model ready to recognize entities. Cheap to clone; clones share the weights.
#[derive(Clone)]
pub struct Recognizer {
    model: Arc<LanguageModel>,
}

impl Recognizer {
    /// Prepares a model: its tokenizer, and the trie of its tokens.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`](crate::Error::ModelUnsupported) or
    /// [`Error::ModelFile`](crate::Error::ModelFile) if the tokenizer cannot be used.
    pub fn new(model: Model) -> Result<Self> {
        Ok(Recognizer { model: Arc::new(LanguageModel::new(model)?) })
    }

    /// The shape of the model.
    pub fn config(&self) -> &Config {
        self.model.network.config()
    }

    /// What the model file said it is.
    pub fn description(&self) -> &Description {
        self.model.network.description()
    }

    /// Begins work with one instruction, on any number of documents.
    ///
    /// # Errors
    /// [`Error::Types`](crate::Error::Types) or [`Error::Format`](crate::Error::Format) if what is
    /// asked for cannot be.
    pub fn session(&self, options: &Options) -> Result<Session> {
        let questions = Questions::new(&self.model, options)?;
        Ok(Session::new(questions.decoders(&self.model, options), questions))
    }

    /// Begins to answer a share of a text's sentences for a session of another engine: see
    /// [`Session::add_shared`].
    ///
    /// # Errors
    /// Those of [`Recognizer::session`] and [`Session::add`].
    pub fn help(
        &self,
        options: &Options,
        text: impl Into<Arc<str>>,
        share: &Share,
    ) -> Result<Helper> {
        let questions = Questions::new(&self.model, options)?;
        Helper::new(questions.decoders(&self.model, options), text.into(), share)
    }

    /// The entities of one text, all at once.
    ///
    /// # Errors
    /// Those of [`Recognizer::session`] and [`Session::add`].
    pub fn extract(&self, text: &str, options: &Options) -> Result<Vec<Entity>> {
        let mut session = self.session(options)?;
        session.add(text)?;
        let mut entities = Vec::new();
        while !session.is_finished() {
            entities.extend(session.step()?.into_iter().flat_map(|part| part.entities));
        }
        Ok(entities)
    }
}
