//! 2. Types, format and sentence to the instruction, as the model was tuned on it, without a chat
//!    template or a leading token.
//!
//! ```text
//! Extract Chemical, Disease:
//! Selegiline-induced postural hypotension.
//! =>
//! ```
//!
//! The first line is the same for every sentence of a document: its keys and values are computed
//! once and shared.

use crate::format::Format;

/// The part of the prompt that all sentences share.
pub fn instruction(types: &[String], format: &dyn Format) -> String {
    format!("Extract {}{}:\n", types.join(", "), format.phrase())
}

/// The part of the prompt that is the sentence's own, for its view.
pub fn question(view: &str) -> String {
    format!("{view}\n=>")
}
