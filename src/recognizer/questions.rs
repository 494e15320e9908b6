//! What a session asks about each sentence, and what the answers say.

use std::borrow::Cow;
use std::sync::Arc;

use super::conflicts::resolve_conflicts;
use crate::align::align;
use crate::entity::{self, Entity};
use crate::error::{Error, Result};
use crate::format::Format;
use crate::generate::{Answer, Decoder, LanguageModel, Limits};
use crate::model::{Calibration, PlannedQuestion};
use crate::role;
use crate::sentence::Sentence;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The entity types, in natural language.
    pub types: Vec<String>,
    /// The name of the output format; without it, the model's own for each type:
    /// [`Config::plan`](crate::model::Config::plan).
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
}

/// One question.
struct Question {
    /// The names of its types.
    types: Arc<[String]>,
    /// For each of them, its index among all types: the [`Entity::kind`].
    kinds: Vec<usize>,
    /// The output format of its answers.
    format: &'static dyn Format,
    /// From the probabilities of its answers to scores.
    calibration: Calibration,
}

impl Questions {
    /// The questions that ask `model` for `options`.
    ///
    /// # Errors
    /// [`Error::Types`] or [`Error::Format`] if what is asked for cannot be.
    pub fn new(model: &LanguageModel, options: &Options) -> Result<Self> {
        let types: Arc<[String]> = entity::check_types(&options.types)?.into();
        let config = model.network.config();
        let plan = config.plan(&types, options.format.as_deref(), options.together)?;
        let question = |PlannedQuestion { kinds, format }| {
            let own: Arc<[String]> = kinds.iter().map(|&kind| types[kind].clone()).collect();
            let adapter = config.adapter_for(format.name());
            let calibrations = adapter.map_or(&config.calibrations, |it| &it.calibrations);
            let calibration = calibrations.of(&own);
            Question { types: own, kinds, format, calibration }
        };
        let questions = plan.into_iter().map(question).collect();
        Ok(Questions { types, questions })
    }

    /// A decoder for each question.
    pub fn decoders(&self, model: &Arc<LanguageModel>, options: &Options) -> Vec<Decoder> {
        let decoder = |question: &Question| {
            Decoder::new(model.clone(), question.types.clone(), question.format, options.limits)
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
            pairs.map(|(question, answer)| question.read(sentence, answer)).collect();
        Ok(resolve_conflicts(found?))
    }

    /// The answers to a sentence as people can read them.
    pub fn readable<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = Cow<'a, str>> {
        let pairs = self.questions.iter().zip(answers.iter());
        pairs.map(|(question, answer)| question.format.readable(&question.types, &answer.text))
    }
}

impl Question {
    /// The entities that an answer says: its mentions where the sentence has them, without what is
    /// never an entity.
    fn read(&self, sentence: &Sentence, answer: &Answer) -> Result<Vec<Entity>> {
        let Question { types, format, .. } = self;
        let mentions = format.parse(sentence, types, &answer.text).map_err(|e| {
            Error::Internal(format!("an answer in {} could not be read: {e}", format.name()))
        })?;
        let entities = align(sentence, &mentions)
            .into_iter()
            .filter(|aligned| sentence.is_text(aligned.span))
            .filter(|aligned| !role::is_never(sentence.view(), aligned.span))
            .filter_map(|aligned| {
                let mention = &mentions[aligned.mention];
                Some(Entity {
                    span: sentence.to_source(aligned.span)?,
                    kind: *self.kinds.get(mention.kind)?,
                    score: self.calibration.score(answer.log_probability(&mention.written)),
                    origin: None,
                })
            })
            .collect();
        Ok(entities)
    }
}
