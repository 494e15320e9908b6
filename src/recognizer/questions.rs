//! What a session asks about each sentence, and what the answers say.

use std::borrow::Cow;
use std::sync::Arc;

use super::conflicts::resolve_conflicts;
use crate::align::align;
use crate::entity::{self, Entity};
use crate::error::{Error, Result};
use crate::format::{self, Format};
use crate::generate::{Answer, Decoder, LanguageModel, Limits};
use crate::model::Calibration;
use crate::role;
use crate::sentence::Sentence;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The entity types, in natural language.
    pub types: Vec<String>,
    /// The name of the output format; without it, the [model's own](crate::model::Config::format_for) for
    /// these types.
    pub format: Option<String>,
    /// Whether all types are asked for together, in one question, also those that the model was not
    /// tuned for in one (its [`TypeSets`](crate::model::TypeSets)): faster, and much less is found.
    pub together: bool,
    /// How much is computed at once.
    pub limits: Limits,
}

impl Options {
    /// The types asked for in the model's own format.
    pub fn new<S: Into<String>>(types: impl IntoIterator<Item = S>) -> Self {
        Options {
            types: types.into_iter().map(Into::into).collect(),
            format: None,
            together: false,
            limits: Limits::default(),
        }
    }
}

/// The answers to a sentence, one for each question.
pub type Answers = Arc<[Arc<Answer>]>;

/// The questions about each sentence: one, or several where the model was not tuned to be asked for
/// these types in one.
pub(super) struct Questions {
    /// All types asked for.
    pub types: Arc<[String]>,
    questions: Vec<Question>,
    format: &'static dyn Format,
    calibration: Calibration,
}

/// One question.
struct Question {
    /// The names of its types.
    types: Arc<[String]>,
    /// For each of them, its index among all types: the [`Entity::kind`].
    kinds: Vec<usize>,
}

impl Questions {
    /// The questions that ask `model` for `options`.
    ///
    /// # Errors
    /// [`Error::Types`] or [`Error::Format`] if what is asked for cannot be.
    pub fn new(model: &LanguageModel, options: &Options) -> Result<Self> {
        let types: Arc<[String]> = entity::check_types(&options.types)?.into();
        let config = model.network.config();
        let own = || config.format_for(&types);
        let format = format::by_name(options.format.as_deref().unwrap_or_else(own))?;
        let adapter = config.adapter_for(format.name());
        let kinds = if options.together || adapter.is_some() {
            vec![(0..types.len()).collect()]
        } else {
            config.type_sets.questions(&types)
        };
        let question = |kinds: Vec<usize>| {
            let types = kinds.iter().map(|&kind| types[kind].clone()).collect();
            Question { types, kinds }
        };
        let questions = kinds.into_iter().map(question).collect();
        let calibrations = adapter.map_or(&config.calibrations, |adapter| &adapter.calibrations);
        let calibration = calibrations.of(&types);
        Ok(Questions { types, questions, format, calibration })
    }

    /// A decoder for each question.
    pub fn decoders(&self, model: &Arc<LanguageModel>, options: &Options) -> Vec<Decoder> {
        let decoder = |question: &Question| {
            Decoder::new(model.clone(), question.types.clone(), self.format, options.limits)
        };
        self.questions.iter().map(decoder).collect()
    }

    /// The entities of a sentence, sorted by start: what the answers say, with conflicts between
    /// questions resolved.
    ///
    /// # Errors
    /// [`Error::Internal`] if an answer cannot be read, or there is not one for each question.
    pub fn entities(&self, sentence: &Sentence, answers: &Answers) -> Result<Vec<Entity>> {
        if answers.len() != self.questions.len() {
            return Err(Error::Internal(format!(
                "there are {} answers to {} questions",
                answers.len(),
                self.questions.len()
            )));
        }
        let pairs = self.questions.iter().zip(answers.iter());
        let found: Result<Vec<_>> =
            pairs.map(|(question, answer)| self.read(sentence, question, answer)).collect();
        Ok(resolve_conflicts(found?))
    }

    /// The answers to a sentence as people can read them.
    pub fn readable<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = Cow<'a, str>> {
        let pairs = self.questions.iter().zip(answers.iter());
        pairs.map(|(question, answer)| self.format.readable(&question.types, &answer.text))
    }

    /// The entities that an answer says: its mentions where the sentence has them, without what is
    /// never an entity.
    fn read(
        &self,
        sentence: &Sentence,
        question: &Question,
        answer: &Answer,
    ) -> Result<Vec<Entity>> {
        let mentions = self.format.parse(sentence, &question.types, &answer.text).map_err(|e| {
            Error::Internal(format!("an answer in {} could not be read: {e}", self.format.name()))
        })?;
        let entities = align(sentence, &mentions)
            .into_iter()
            .filter(|aligned| sentence.is_text(aligned.span))
            .filter(|aligned| !role::is_never(sentence.view(), aligned.span))
            .filter_map(|aligned| {
                let mention = &mentions[aligned.mention];
                Some(Entity {
                    span: sentence.to_source(aligned.span)?,
                    kind: *question.kinds.get(mention.kind)?,
                    score: self.calibration.score(answer.log_probability(&mention.written)),
                    origin: None,
                })
            })
            .collect();
        Ok(entities)
    }
}
