//! What the fuzz targets share: small models and changes of them, and types and texts made from a fuzzer's bytes.

#[path = "../../tests/engine/common/gguf.rs"]
#[allow(dead_code)]
pub mod gguf;
pub mod model_file;
#[path = "../../tests/engine/common/scripted.rs"]
#[allow(dead_code)]
pub mod scripted;
mod text;

pub use text::{Text, Types};

use bioner::ByteSpan;
use bioner::model::{Loader, Model};

/// Loads a model from a file's bytes, in pieces of `size` bytes.
pub fn load(bytes: &[u8], size: usize) -> bioner::Result<Model> {
    let mut loader = Loader::new();
    for piece in bytes.chunks(size.max(1)) {
        loader.push(piece)?;
    }
    loader.finish()
}

/// Fails unless the span is a slice of the text that is not empty.
pub fn check_span(text: &str, span: ByteSpan) {
    assert!(span.start < span.end, "{span:?} is empty");
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no slice of {text:?}");
}

/// The words of a text, at most so many, as spans.
pub fn words(text: &str, most: usize) -> Vec<ByteSpan> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words = text.split_whitespace().take(most);
    words.map(|word| ByteSpan::new(start(word), start(word) + word.len())).collect()
}
