//! Places in a text: code points outside, bytes inside.

/// The places of a text in both units. A text of ASCII needs no table.
#[derive(Debug, Clone)]
pub struct Points {
    /// The byte at which each code point begins, and the length of the text at the end; empty if all
    /// of it is ASCII.
    bytes: Vec<usize>,
    len: usize,
}

impl Points {
    /// The places of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
        };
        Points { bytes, len: text.len() }
    }

    /// The code point at which `byte` lies; for the end of the text their number.
    pub fn of(&self, byte: usize) -> usize {
        if self.bytes.is_empty() { byte } else { self.bytes.partition_point(|&at| at < byte) }
    }

    /// The byte at which a code point begins, or the end of the text; `None` beyond it.
    pub fn byte(&self, point: usize) -> Option<usize> {
        if self.bytes.is_empty() {
            (point <= self.len).then_some(point)
        } else {
            self.bytes.get(point).copied()
        }
    }
}
