//! Abbreviations that a text defines: "Parkinson's disease (PD)", and later just "PD".
//!
//! The algorithm is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
//! abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8 (2003) 451-462:
//! the letters of the short form are sought in the long form from right to left, and its first
//! letter has to begin a word. It is extended by what stands in brackets besides the short form
//! ("COPD [n = 5]", "hereafter PD"), by Greek letters and their names, and by the abbreviated
//! genus of a species.
//!
//! Everything here takes time linear in the length of the text: what lies between two brackets,
//! and what is read before them, is bounded.

mod derive;
mod find;
mod greek;
mod meanings;
mod short;
mod spell;
mod token;
mod window;
mod words;

pub use derive::{Derived, derive, is_long_form, named};
pub use find::find_definitions;
pub use greek::name as greek_name;
pub use meanings::Meanings;
pub use token::{has_code, stands_alone};
pub use words::{is_common_word, is_in_capitals};

use crate::span::ByteSpan;

/// An abbreviation and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The short form, as the text has it.
    pub short: String,
    /// Where the short form is defined.
    pub at: ByteSpan,
    /// Where the long form stands.
    pub long: ByteSpan,
}

#[cfg(test)]
mod tests;
