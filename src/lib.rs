//! Generative biomedical named-entity recognition.
//!
//! A tiny instruction-tuned language model is told which entity types to extract, *writes* them in
//! an output format, and a grammar on its output keeps what it writes well formed and copied from
//! the text. The modules follow the data:
//!
//! 1. [`segment`]: text -> sentences with offsets
//! 2. `prompt`: types, format and sentence -> the instruction
//! 3. `tokenizer`: text <-> token ids, and the raw bytes of each token
//! 4. [`model`]: GGUF -> weights; the batched forward pass
//! 5. [`constraint`]: output grammar and sentence -> tokens allowed, bytes forced
//! 6. `generate`: the decode loop
//! 7. [`format`]: what the model writes -> mentions, one file a format
//! 8. `align`: mentions -> exact spans
//!
//! `recognizer` is the whole pipeline as one call. Offsets are bytes everywhere inside; UTF-16
//! exists only in `wasm`, the one file that knows JavaScript.

pub mod constraint;
pub mod error;
pub mod format;
pub mod model;
pub mod sentence;
pub mod span;

pub use error::{Error, Result};
pub use sentence::Sentence;
pub use span::ByteSpan;
