//! What a text says of the mentions in it, and the sections that they stand in. No model is needed.
//!
//! "No evidence of pneumonia" names a pneumonia that the patient does not have; under `Family history:` a
//! diabetes is a relative's. [`assert()`] gives each mention a [`Status`]. It is the ConText algorithm
//! (Harkema and others 2009): words that trigger a status, the direction they act in, and what ends
//! their scope. The rules, with their sources, are one file, `rules.json`; [`sections`] finds the
//! headings, and `sections.json` says what they are called in LOINC.
//!
//! All offsets are bytes of the text. The caller says where sentences are, since it knows already.
//!
//! ```
//! use bioner_context::{Assertion, Experiencer, assert, sections};
//!
//! let text = "No evidence of pneumonia.\nFamily history: diabetes";
//! let sentences = [0..25, 26..50];
//! let mentions = [15..24, 42..50];
//!
//! let sections = sections(text, &sentences);
//! let found = assert(text, &sentences, &sections, &mentions);
//!
//! assert_eq!(found[0].assertion, Assertion::Absent);
//! assert_eq!(found[1].experiencer, Experiencer::Family);
//! assert_eq!(sections[0].kind.unwrap().loinc.as_deref(), Some("10157-6"));
//! ```

mod assertion;
mod clauses;
mod enumerator;
pub mod headings;
mod questions;
mod rules;
mod scope;
mod sections;
mod signs;
mod status;
mod words;

pub use assertion::assert;
pub use enumerator::Enumerator;
pub use sections::{Section, SectionKind, section_at, sections};
pub use status::{Assertion, Experiencer, Status, Temporality};
