//! The whole pipeline as one call: documents in, entities out as their sentences are finished.

mod asked;
mod document;
mod helper;
mod memory;
mod questions;
mod reader;
mod session;

use std::sync::Arc;

use crate::entity::{self, Entity};
use crate::error::Result;
use crate::format;
use crate::generate::{Engine, Generator, Limits};
use crate::model::{Config, Description, Model};
use bioner_documents::ByteSpan;

use reader::{Question, Reader};

pub use document::{LARGEST_DOCUMENT, Share};
pub use helper::Helper;
pub use questions::Answers;
pub use session::Session;

/// A model ready to recognize entities. Cheap to clone; clones share the weights.
#[derive(Clone)]
pub struct Recognizer {
    engine: Arc<Engine>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The entity types, in natural language.
    pub types: Vec<String>,
    /// The name of the output format.
    pub format: String,
    /// Whether all types are asked for in one question, also those that the model was not tuned to be
    /// asked for together (its [`TypeSets`](crate::model::TypeSets)): faster, and much less is found.
    pub together: bool,
    /// How much is worked on at once.
    pub limits: Limits,
}

impl Options {
    /// The types asked for in the format the models of this project write by default.
    pub fn new<S: Into<String>>(types: impl IntoIterator<Item = S>) -> Self {
        Options {
            types: types.into_iter().map(Into::into).collect(),
            format: format::DEFAULT.to_owned(),
            together: false,
            limits: Limits::default(),
        }
    }
}

/// The results of sentences just finished, in the order of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which document, as [`Session::add`] numbered it.
    pub document: usize,
    /// Sorted by start; spans count in the document.
    pub entities: Vec<Entity>,
    /// The sentences, and what the model wrote for each: as many answers in a row as it was asked
    /// questions.
    pub raw: Vec<Raw>,
    /// Sentences of the document finished so far.
    pub done: usize,
    /// Sentences of the document.
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
    /// The answer in the output format.
    pub text: String,
}

impl Recognizer {
    /// Prepares a model: its tokenizer, and the trie of its tokens.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`](crate::Error::ModelUnsupported) or
    /// [`Error::ModelFile`](crate::Error::ModelFile) if the tokenizer cannot be used.
    pub fn new(model: Model) -> Result<Self> {
        Ok(Recognizer { engine: Arc::new(Engine::new(model)?) })
    }

    /// The shape of the model.
    pub fn config(&self) -> &Config {
        self.engine.model.config()
    }

    /// What the model file said it is.
    pub fn description(&self) -> &Description {
        self.engine.model.description()
    }

    /// Begins work with one instruction, on any number of documents.
    ///
    /// # Errors
    /// [`Error::Types`](crate::Error::Types) or [`Error::Format`](crate::Error::Format) if what is
    /// asked for cannot be.
    pub fn session(&self, options: &Options) -> Result<Session> {
        let reader = self.reader(options)?;
        Ok(Session::new(self.generators(&reader, options.limits), reader))
    }

    /// Begins to answer a share of a text's sentences, for a session that leads: see
    /// [`Session::add_shared`].
    ///
    /// # Errors
    /// Those of [`Recognizer::session`] and [`Session::add`].
    pub fn help(
        &self,
        options: &Options,
        text: impl Into<Arc<str>>,
        share: Share,
    ) -> Result<Helper> {
        let reader = self.reader(options)?;
        Helper::new(self.generators(&reader, options.limits), text.into(), share)
    }

    /// What is asked for, as questions.
    fn reader(&self, options: &Options) -> Result<Reader> {
        let types: Arc<[String]> = entity::check_types(&options.types)?.into();
        let Config { type_sets, calibration, .. } = self.config();
        let kinds = if options.together {
            vec![(0..types.len()).collect()]
        } else {
            type_sets.questions(&types)
        };
        let question = |kinds: Vec<usize>| {
            let types = kinds.iter().map(|&kind| types[kind].clone()).collect();
            Question { types, kinds }
        };
        let questions = kinds.into_iter().map(question).collect();
        let format = format::by_name(&options.format)?;
        Ok(Reader { types, questions, format, calibration: *calibration })
    }

    /// Who answers each question.
    fn generators(&self, reader: &Reader, limits: Limits) -> Vec<Generator> {
        let questions = reader.questions.iter();
        let types = questions.map(|question| question.types.clone());
        types
            .map(|types| Generator::new(self.engine.clone(), types, reader.format, limits))
            .collect()
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
