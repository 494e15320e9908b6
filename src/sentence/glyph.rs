//! One character of the view, with the place in the source that it stands for.

use bioner_documents::ByteSpan;

/// A character of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub shown: char,
    /// What the source has in its place.
    pub source: ByteSpan,
    /// Whether the source has a line end here.
    pub breaks: bool,
    /// Whether it is a raised digit.
    pub raised: bool,
}

/// Whether letters are written as a word of a sentence is, not as a symbol: `Metformin`, `METFORMIN`.
pub(super) fn is_plain_word(glyphs: &[Glyph]) -> bool {
    let mut rest = glyphs.iter().skip(1).map(|g| g.shown);
    let Some(second) = rest.next() else { return false };
    if second.is_uppercase() {
        return glyphs[0].shown.is_uppercase() && rest.all(char::is_uppercase);
    }
    rest.all(|c| !c.is_uppercase())
}
