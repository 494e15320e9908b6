//! The optional fields of entities: `assertion`, `temporality`, `experiencer`, `section`, `id` and
//! `candidates`.
//!
//! [`Wanted`] gives what a text says of its mentions, [`outline`] its sections, and [`Vocabularies`] what
//! the mentions are. A vocabulary comes from a file, which a [`VocabularyReader`] takes as it arrives.
//!
//! ```
//! use bioner_attributes::Wanted;
//! use bioner_documents::ByteSpan;
//!
//! let text = "No fever.";
//! let wanted = Wanted { assertion: true, sections: false };
//! let fields = wanted.of(text, &[ByteSpan::new(3, 8)]);
//! assert_eq!(fields[0].status.as_ref().map(|status| status.assertion), Some("absent"));
//! ```
//!
//! Offsets are bytes; they become UTF-16 code units in `wasm`, the one file that knows JavaScript.

mod fields;
mod outline;
mod reader;
mod vocabularies;
#[cfg(all(target_arch = "wasm32", feature = "javascript"))]
mod wasm;

pub use fields::{Context, SectionFields, StatusFields, Wanted};
pub use outline::{OutlineEntry, outline};
pub use reader::{VocabularyError, VocabularyReader};
pub use vocabularies::Vocabularies;
