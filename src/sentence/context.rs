//! What a document tells about each of its sentences.

use std::collections::HashSet;

use bioner_documents::abbreviation::Definition;

use super::word_forms::WordForms;
use super::{expansions, references::References};

/// What a document tells about each of its sentences: whether the numbers stuck to its words are
/// references, how it writes the words that its line ends break, and which abbreviations it defines.
#[derive(Debug, Clone, Default)]
pub struct Context {
    pub(super) references: References,
    pub(super) word_forms: WordForms,
    /// `None` where the document is not known: then nothing is read as its long form.
    pub(super) defined: Option<HashSet<&'static str>>,
}

impl Context {
    /// What a document tells whose abbreviations are defined by `definitions`. Takes time linear in its
    /// length.
    pub fn new(text: &str, definitions: &[Definition]) -> Self {
        let defined = Some(expansions::defined(definitions));
        let (references, word_forms) = (References::of(text), WordForms::of(text));
        Context { references, word_forms, defined }
    }
}
