//! Generative biomedical named-entity recognition.
//!
//! A small instruction-tuned language model is told which entity types to extract and *writes* them in
//! an output format. A grammar keeps what it writes well formed and copied from the text.
//!
//! [`Recognizer`] is the way in. It runs the whole pipeline in one call:
//!
//! ```
//! use bioner::model::Loader;
//! use bioner::{Options, Recognizer};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The file of a model is loaded piece by piece, as it arrives. The one that ships is kept in shards.
//! let mut loader = Loader::new();
//! let shards = (0..).map(|number| format!("models/default/shard-{number:03}.bin"));
//! for shard in shards.take_while(|shard| std::path::Path::new(shard).exists()) {
//!     loader.push(&std::fs::read(shard)?)?;
//! }
//! let recognizer = Recognizer::new(loader.finish()?)?;
//!
//! let types = ["Chemical", "Disease"];
//! let text = "Selegiline-induced postural hypotension.";
//! let entities = recognizer.extract(text, &Options::new(types))?;
//!
//! assert_eq!(types[entities[0].kind], "Chemical");
//! assert_eq!(entities[0].span.slice(text), "Selegiline");
//! # Ok(())
//! # }
//! ```
//!
//! A [`Session`] works on many documents at once and returns their entities as sentences are finished.
//!
//! The modules follow the data:
//!
//! 1. [`segment`]: text to sentences with offsets
//! 2. [`prompt`]: types, format and sentence to the prompt; answers to and from their wire form
//! 3. `tokenizer`: text to and from token ids, and the bytes of each token
//! 4. [`model`]: GGUF to weights; the batched forward pass
//! 5. [`constraint`]: the grammar of an answer and what is written of it to the tokens allowed next
//! 6. `generate`: the decode loop, prompts and grammars to answers
//! 7. [`mod@format`]: answers to mentions, a file for each format
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
pub mod model;
pub mod prompt;
mod recognizer;
mod role;
mod sentence;
mod tokenizer;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use bioner_documents::{
    ByteSpan, INVENTORY_JSON, Inventory, MAX_TYPE_NAME, MAX_TYPES, Offsets, Preset, TypeEntry,
    TypesError, Unit, inventory,
};
pub use bioner_segment as segment;
pub use entity::{Entity, Origin, check_types, preset_types};
pub use error::{Error, Result};
pub use generate::{Answer, Limits};
pub use recognizer::{
    Answers, Helper, MAX_DOCUMENT_BYTES, Options, Part, Raw, Recognizer, Session, Share,
};
pub use sentence::{Context, Piece, PieceKind, Sentence};
pub use tokenizer::Tokenizer;
