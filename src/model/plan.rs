//! Which questions a model is asked for some types.

use super::config::Config;
use crate::error::Result;
use crate::format::{self, Format};

/// One question that is put about each sentence.
#[derive(Clone)]
pub struct PlannedQuestion {
    /// Its types: indices into all that are asked for.
    pub kinds: Vec<usize>,
    /// The output format of its answers.
    pub format: &'static dyn Format,
}

impl Config {
    /// The questions that the model is asked for these types.
    ///
    /// If `format` names an output format, all answers are in it. Otherwise the [adapters](super::AdapterConfig) are
    /// asked for the types that they are for, in their format, and the weights by themselves for the others.
    /// The adapters are asked one question. The weights are asked one for each of their
    /// [`TypeSets`](super::TypeSets) that is concerned, or one in all with `together`.
    ///
    /// # Errors
    /// [`Error::Format`](crate::Error::Format) if no output format has that name.
    pub fn plan<S: AsRef<str>>(
        &self,
        types: &[S],
        format: Option<&str>,
        together: bool,
    ) -> Result<Vec<PlannedQuestion>> {
        let all = || (0..types.len()).collect::<Vec<_>>();
        let (own, adapted) = match (format, &self.adapter) {
            (Some(name), _) if self.adapter_for(name).is_some() => (Vec::new(), all()),
            (None, Some(adapter)) => all().into_iter().partition({
                let is_for = adapter.is_for(types);
                move |&kind| !is_for[kind]
            }),
            _ => (all(), Vec::new()),
        };
        let own_format = format::by_name(format.unwrap_or(self.format))?;
        let names: Vec<&str> = own.iter().map(|&kind| types[kind].as_ref()).collect();
        let sets = match together {
            true => vec![(0..own.len()).collect()],
            false => self.type_sets.questions(&names),
        };
        let sets = sets.into_iter().map(|set| set.into_iter().map(|index| own[index]).collect());
        let mut questions: Vec<PlannedQuestion> =
            sets.map(|kinds| PlannedQuestion { kinds, format: own_format }).collect();
        if let Some(adapter) = &self.adapter {
            let format = format::by_name(adapter.format)?;
            questions.push(PlannedQuestion { kinds: adapted, format });
        }
        questions.retain(|question| !question.kinds.is_empty());
        Ok(questions)
    }
}
