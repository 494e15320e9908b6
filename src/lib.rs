//! Generative biomedical named-entity recognition.
//!
//! A tiny instruction-tuned language model is told which entity types to extract, *writes* them in
//! an output format, and a grammar on its output keeps what it writes well formed and copied from
//! the text. The modules follow the data:
//!
//! 1. [`segment`]: text -> sentences with offsets
//! 2. [`prompt`]: types, format and sentence -> the instruction
//! 3. `tokenizer`: text <-> token ids, and the raw bytes of each token
//! 4. [`model`]: GGUF -> weights; the batched forward pass
//! 5. [`constraint`]: output grammar and sentence -> tokens allowed, bytes forced
//! 6. `generate`: the decode loop
//! 7. [`format`]: what the model writes -> mentions, one file a format
//! 8. [`align`]: mentions -> exact spans
//!
//! `recognizer` is the whole pipeline as one call. Offsets are bytes everywhere inside; UTF-16
//! exists only in `wasm`, the one file that knows JavaScript.

pub mod align;
pub mod constraint;
mod entity;
mod enumerator;
mod error;
pub mod format;
mod generate;
mod headings;
pub mod model;
pub mod prompt;
mod recognizer;
mod role;
pub mod segment;
mod sentence;
mod tokenizer;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use bioner_documents::{ByteSpan, Offsets, Unit};
pub use entity::{Entity, LONGEST_TYPE, MOST_TYPES, Origin, check_types};
pub use error::{Error, Result};
pub use generate::{Answer, Limits};
pub use recognizer::{
    Answers, Helper, LARGEST_DOCUMENT, Options, Part, Raw, Recognizer, Session, Share,
};
pub use sentence::{Context, Piece, PieceKind, Sentence};
pub use tokenizer::Tokenizer;
