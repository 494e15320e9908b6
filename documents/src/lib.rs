//! Documents and their annotations: what every surface of the project reads, writes and compares.
//!
//! The engine, the command line, the page, the extension and the Python package all use this crate,
//! so that a file format or a rule is written once. It knows nothing of the model.

pub mod abbreviation;
mod span;

pub use span::{ByteSpan, Offsets, Unit};
