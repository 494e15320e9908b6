//! From mentions to identifiers, on this device alone.
//!
//! A [`Vocabulary`] has concepts, each with an identifier, a type and names. A [`Builder`] makes one,
//! [`read`] fills a builder from a file of the user's, and [`Vocabulary::from_bytes`] takes a file that
//! was made before. A [`Linker`] asks one vocabulary or several for the mentions of a document.
//!
//! ```
//! use bioner_documents::ByteSpan;
//! use bioner_linking::{Builder, Linker, Mention};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut builder = Builder::new();
//! let concept = builder.concept("MESH:D010300", "Parkinson Disease", Some("Disease"), 0)?;
//! builder.name(concept, "paralysis agitans")?;
//! let mut linker = Linker::new();
//! linker.add(builder.finish()?);
//!
//! let text = "Parkinson's disease (PD) is common. PD progresses.";
//! let mentions = [Mention::new(ByteSpan::new(0, 19), "Disease"), Mention::new(ByteSpan::new(36, 38), "Disease")];
//! let links = linker.link(text, &mentions);
//! assert_eq!(links[0].id.as_deref(), Some("MESH:D010300"));
//! assert_eq!(links[1].id.as_deref(), Some("MESH:D010300"));
//! # Ok(())
//! # }
//! ```

mod builder;
mod bytes;
mod error;
mod grams;
mod kinds;
mod linker;
mod normalize;
pub mod read;
mod similarity;
mod variants;
mod vocabulary;

pub use builder::{Builder, ConceptId, MAX_NAME};
pub use error::{Error, Result};
pub use linker::{Candidate, Link, Linker, Mention};
pub use normalize::key;
pub use vocabulary::{Source, Vocabulary};
