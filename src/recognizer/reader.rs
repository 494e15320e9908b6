//! What an answer says.

use std::sync::Arc;

use crate::align::align;
use crate::entity::Entity;
use crate::error::{Error, Result};
use crate::format::Format;
use crate::generate::Answer;
use crate::model::Calibration;
use crate::sentence::Sentence;

/// Reads answers to one instruction.
pub(super) struct Reader {
    pub types: Arc<[String]>,
    pub format: &'static dyn Format,
    pub calibration: Calibration,
}

impl Reader {
    /// The entities an answer says of a sentence, sorted by start.
    ///
    /// # Errors
    /// [`Error::Internal`] if it cannot be read.
    pub fn read(&self, sentence: &Sentence, answer: &Answer) -> Result<Vec<Entity>> {
        let mentions = self.format.parse(sentence, &self.types, &answer.text).map_err(|e| {
            Error::Internal(format!("an answer in {} could not be read: {e}", self.format.name()))
        })?;
        let entities = align(sentence, &mentions)
            .into_iter()
            .filter_map(|aligned| {
                let mention = &mentions[aligned.mention];
                Some(Entity {
                    span: sentence.to_source(aligned.span)?,
                    kind: mention.kind,
                    score: self.calibration.score(answer.log_probability(&mention.written)),
                })
            })
            .collect();
        Ok(entities)
    }
}
