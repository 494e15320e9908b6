//! Entities, and the types that are asked for.

use std::cmp::Reverse;

use crate::error::{Error, Result};
use bioner_documents::ByteSpan;

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

/// The most types that can be asked for at once.
pub const MAX_TYPES: usize = 24;

/// The most characters a type's name may have.
pub const MAX_TYPE_LENGTH: usize = 40;

/// Checks the names of the types asked for, and trims them. A name is part of an instruction in
/// natural language and of every output format, so it holds letters, digits, single spaces, `-`,
/// `_` and `/` only.
///
/// # Errors
/// [`Error::Types`] if there is none, too many, the same one twice, or one that cannot be written.
pub fn check_types<S: AsRef<str>>(types: &[S]) -> Result<Vec<String>> {
    let refuse = |message: String| Err(Error::Types(message));
    if types.is_empty() {
        return refuse("no entity type was asked for; name at least one, such as Disease".into());
    }
    if types.len() > MAX_TYPES {
        return refuse(format!(
            "{} entity types were asked for; ask for at most {MAX_TYPES} at once",
            types.len()
        ));
    }
    let mut checked: Vec<String> = Vec::with_capacity(types.len());
    for name in types {
        let name = name.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return refuse("an entity type has no name".into());
        }
        if name.chars().count() > MAX_TYPE_LENGTH {
            return refuse(format!(
                "the entity type {name:?} is too long; use at most {MAX_TYPE_LENGTH} characters"
            ));
        }
        let writable = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/');
        if !name.chars().all(writable) || !name.starts_with(char::is_alphanumeric) {
            return refuse(format!(
                "the entity type {name:?} cannot be written; use letters, digits, spaces, '-', '_' and '/'"
            ));
        }
        if checked.contains(&name) {
            return refuse(format!("the entity type {name:?} was asked for twice"));
        }
        checked.push(name);
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_trimmed_and_kept_in_order() {
        assert_eq!(check_types(&[" Disease", "Cell  line "]).unwrap(), ["Disease", "Cell line"]);
    }

    #[test]
    fn unusable_types_are_refused_with_the_way_out() {
        let long = "x".repeat(41);
        let many: Vec<String> = (0..25).map(|n| format!("T{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for types in [&[][..], &[" "], &["A|B"], &["A", "A"], &["<b>"], &["-"], &[&long], &many] {
            let error = check_types(types).unwrap_err();
            assert_eq!(error.code(), "types", "{types:?}");
        }
    }
}
