//! What a document tells about each of its sentences.

use std::collections::HashSet;

use bioner_documents::abbreviation::Definition;

use super::{expansions, references::References};

/// What a document tells about each of its sentences: whether the numbers stuck to its words are
/// references, and which abbreviations it defines.
#[derive(Debug, Clone, Default)]
pub struct Context {
    pub(super) references: References,
    /// `None` where the document is not known: then nothing is read as its long form.
    pub(super) defined: Option<HashSet<&'static str>>,
}

impl Context {
    /// What a document tells whose abbreviations are defined by `definitions`. Takes time linear in its
    /// length.
    pub fn new(text: &str, definitions: &[Definition]) -> Self {
        let defined = Some(expansions::defined(definitions));
        Context { references: References::of(text), defined }
    }
}
