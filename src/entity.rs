//! Entities, and the types that are asked for.

use std::cmp::Reverse;

use crate::error::{Error, Result};
use bioner_documents::{ByteSpan, inventory};

/// An entity of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Its place in the text, in bytes.
    pub span: ByteSpan,
    /// Its type: an index into the types asked for.
    pub kind: usize,
    /// How likely it is right, 0 to 1: the model's own probability of the mention, which is the product
    /// over the tokens that write it and the one that ends it, each among the tokens that the grammar
    /// allows, [calibrated](crate::model::Calibration) if the model is. An entity with an [`Origin`] has
    /// the score of the mention it comes from, or a share of it.
    pub score: f32,
    /// Where it comes from, if the model did not write it for this sentence.
    pub origin: Option<Origin>,
}

/// Where an entity comes from that the model did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is an abbreviation, and the document defines it with a long form that is an entity.
    Abbreviation,
    /// It has the words of an entity in an earlier sentence.
    Repeat,
}

impl Origin {
    /// The name of the origin in results.
    pub const fn name(self) -> &'static str {
        match self {
            Origin::Abbreviation => "abbreviation",
            Origin::Repeat => "repeat",
        }
    }
}

/// Sorts entities as results have them: by start, the longest first, then by type.
pub(crate) fn sort(entities: &mut [Entity]) {
    entities.sort_by_key(|e| (e.span.start, Reverse(e.span.end), e.kind));
}

/// Checks the names of the types asked for, and trims them: see
/// [`bioner_documents::check_types`].
///
/// # Errors
/// [`Error::Types`] if there is none, too many, the same one twice, or one that
/// cannot be written.
pub fn check_types<S: AsRef<str>>(types: &[S]) -> Result<Vec<String>> {
    Ok(bioner_documents::check_types(types)?)
}

/// The types of a preset of the [inventory](crate::inventory), in its order.
///
/// # Errors
/// [`Error::Preset`] if there is none of that name.
pub fn preset_types(name: &str) -> Result<Vec<String>> {
    let preset = inventory().preset(name).ok_or_else(|| Error::Preset(name.to_owned()))?;
    Ok(preset.types.clone())
}
