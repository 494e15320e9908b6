//! Documents and their annotations: what every surface of the project reads, writes and compares.
//!
//! The engine, the command line, the page, the extension and the Python package all use this crate,
//! so that a file format or a rule is written once. It knows nothing of the model.
//!
//! [`Format`] is the way in: it tells what a file is in, [reads](Format::read) its documents one after
//! the other, and a [`Writer`] writes them. Each format has a module with its reader and its writer.
//!
//! ```
//! use bioner_documents::{Format, Options, Unit, Writer};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let pubtator = "\
//! 1|t|Selegiline and hypotension
//! 1|a|Blood pressure fell.
//! 1\t0\t10\tSelegiline\tChemical\tMESH:D012642
//! ";
//! assert_eq!(Format::detect("corpus.txt", pubtator), Format::PubTator);
//!
//! let options = Options { several: true, ..Options::new(Unit::CodePoint) };
//! let mut writer = Writer::new(Format::BiocJson, options, Vec::new())?;
//! for document in Format::PubTator.read(pubtator.as_bytes())? {
//!     writer.document(&document?)?;
//! }
//! let bioc: serde_json::Value = serde_json::from_slice(&writer.finish()?)?;
//!
//! let annotation = &bioc["documents"][0]["passages"][0]["annotations"][0];
//! assert_eq!(annotation["text"], "Selegiline");
//! assert_eq!(annotation["infons"]["type"], "Chemical");
//! # Ok(())
//! # }
//! ```

pub mod abbreviation;
mod attributes;
mod bioc;
mod bioc_json;
mod bioc_xml;
pub mod brat;
mod character;
pub mod compare;
mod conll;
pub mod csv;
mod decode;
mod detect;
mod doccano;
mod document;
mod format;
mod inventory;
#[cfg(all(target_arch = "wasm32", feature = "javascript-values"))]
pub mod javascript;
pub mod json;
mod json_stream;
mod label_studio;
mod lines;
mod markup;
mod names;
mod offsets;
mod problem;
mod pubmed_xml;
mod pubtator;
mod span;
mod text;
mod type_name;
#[cfg(all(target_arch = "wasm32", feature = "javascript"))]
mod wasm;
mod web_annotation;
mod writer;
pub mod xmi;
mod xml;

pub use attributes::{Attributes, Fields};
pub use character::is_combining;
pub use decode::decode;
pub use detect::MAX_BEGINNING;
pub use document::{Document, Entity, Passage};
pub use format::{Documents, EXPORT_FORMATS, ExportFormat, Format};
pub use inventory::{
    INVENTORY_JSON, Inventory, MAX_INVENTORY, Preset, TypeEntry, inventory, plain_type_name,
};
pub use lines::{MAX_LINE_BYTES, MAX_TEXT_BYTES};
pub use offsets::{Offsets, Unit};
pub use problem::{Problem, code};
pub use span::ByteSpan;
pub use text::rounded;
pub use type_name::{MAX_TYPE_NAME, MAX_TYPES, TypesError, check_types, type_key};
pub use writer::{File, Files, Options, Writer, write};
