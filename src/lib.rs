//! Generative biomedical named-entity recognition.
//!
//! A tiny instruction-tuned language model is told which entity types to extract and *writes* them in
//! an output format. A grammar holds what it writes well formed and copied from the text. The modules
//! follow the data:
//!
//! 1. [`segment`]: text to sentences with offsets
//! 2. [`prompt`]: types, format and sentence to the prompt; answers to and from their wire form
//! 3. `tokenizer`: text to and from token ids, and the bytes of each token
//! 4. [`model`]: GGUF to weights; the batched forward pass
//! 5. [`constraint`]: the grammar of an answer and what is written of it to the tokens allowed next
//! 6. `generate`: the decode loop, prompts and grammars to answers
//! 7. [`format`]: answers to mentions, a file for each format
//! 8. [`align`]: mentions to exact spans
//!
//! `recognizer` is the whole pipeline: documents in, entities out. Offsets are bytes everywhere inside;
//! they become UTF-16 code units in `wasm`, the one file that knows JavaScript.

pub mod align;
pub mod constraint;
mod entity;
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
pub use entity::{Entity, MAX_TYPE_LENGTH, MAX_TYPES, Origin, check_types};
pub use error::{Error, Result};
pub use generate::{Answer, Limits};
pub use recognizer::{
    Answers, Helper, MAX_DOCUMENT_BYTES, Options, Part, Raw, Recognizer, Session, Share,
};
pub use sentence::{Context, Piece, PieceKind, Sentence};
pub use tokenizer::Tokenizer;
