//! The GGUF container: metadata, a directory of tensors, then their data.
//!
//! Source: the GGUF specification (`docs/gguf.md` of the ggml project), versions 2 and 3. The parser
//! is our own because a model file is outside data, and a WebAssembly module cannot recover from a
//! failed allocation: nothing here allocates by a length that a file names before the bytes are
//! there.

mod cursor;
mod header;
mod metadata;
mod parser;
mod read;

pub(crate) use header::{Header, TensorInfo};
pub(crate) use metadata::{Metadata, Strings};
pub(crate) use parser::{HeaderParser, MAGIC};
pub(crate) use read::read_header;
