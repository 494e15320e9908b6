//! What comes out: entities, and the types that were asked for.

use std::cmp::Reverse;

use crate::error::Result;
use bioner_documents::ByteSpan;

/// An entity of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Where it stands in the text, in bytes.
    pub span: ByteSpan,
    /// Its type: an index into the types asked for.
    pub kind: usize,
    /// How likely it is right, 0 to 1, by the model's own probability that the mention is written: the
    /// product over the tokens that write it and the one that ends it, each among the tokens the
    /// grammar allows, [calibrated](crate::model::Calibration) if the model is. Of a mention that is
    /// marked because the document named it elsewhere, a share of that one's: see [`Origin`].
    pub score: f32,
    /// Why it is marked, if the model did not write it for this sentence.
    pub origin: Option<Origin>,
}

/// Why an entity is marked that the model did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is an abbreviation, and the document defines it with a long form that is an entity.
    Abbreviation,
    /// It has the words of an entity of an earlier sentence.
    Repeat,
}

impl Origin {
    /// The name of the origin, as it is given out.
    pub const fn name(self) -> &'static str {
        match self {
            Origin::Abbreviation => "abbreviation",
            Origin::Repeat => "repeat",
        }
    }
}

/// Puts entities in the order in which they are given out: by start, the longest first.
pub(crate) fn sort(entities: &mut [Entity]) {
    entities.sort_by_key(|e| (e.span.start, Reverse(e.span.end), e.kind));
}

/// Checks the names of the types asked for, and trims them: see
/// [`bioner_documents::check_types`].
///
/// # Errors
/// [`Error::Types`](crate::Error::Types) if there is none, too many, the same one twice, or one that
/// cannot be written.
pub fn check_types<S: AsRef<str>>(types: &[S]) -> Result<Vec<String>> {
    Ok(bioner_documents::check_types(types)?)
}
