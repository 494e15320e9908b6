//! The GGUF container: metadata, a directory of tensors, then their data.
//!
//! Source: the GGUF specification (`docs/gguf.md` of the ggml project), versions 2 and 3. The
//! parser is our own because a model comes from outside and a module in a browser cannot recover
//! from a failed allocation: nothing here is allocated by a length the file merely claims.

mod header;
mod metadata;
mod parser;
mod read;

pub(crate) use header::{Header, TensorInfo};
pub(crate) use metadata::{Metadata, Strings};
pub(crate) use parser::HeaderParser;
pub(crate) use read::read_header;
