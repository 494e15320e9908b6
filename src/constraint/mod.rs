//! 5. What the model may write next: an output format's grammar, run over the sentence, against the
//! tokens of the vocabulary.

mod program;

pub use program::{Label, Op, Program, Spelling, SpellingId};
