//! Text to sentences with offsets.
//!
//! Rules, not a model. Lines are sentences of their own (headings, items of a list, fields of a note, a
//! title) unless they are wrapped prose (`lines`); the cells of a table are (`cells`). Within a
//! paragraph a sentence ends at `.`, `?` or `!` before a space and something that can begin a sentence,
//! unless the full stop belongs to an abbreviation, an initial or the number of an item (`stops`). A
//! sentence longer than [`MAX_SENTENCE`] is split between words, at the best place there is (`long`): nothing
//! is ever dropped but white space and the `|` between cells.

mod cells;
pub mod characters;
mod line;
mod line_words;
mod lines;
mod long;
mod references;
mod stop_words;
mod stops;

use bioner_documents::ByteSpan;

pub use references::numbers_end;

/// The length in bytes above which a sentence is split. Biomedical sentences of twice this length
/// are lists in all but name, and a short context keeps the model fast and its memory small.
pub const MAX_SENTENCE: usize = 900;

/// The sentences of a text, in order: disjoint, without white space at their ends, and together
/// covering everything that is neither white space nor a `|` between the cells of a table.
pub fn sentences(text: &str) -> Vec<ByteSpan> {
    let mut spans = Vec::new();
    for sentence in whole_sentences(text) {
        long::split(text, sentence, &mut spans);
    }
    spans
}

/// The same with no sentence split for its length: what stands at the beginning of a long list, as a
/// negation does, is about all of it.
pub fn whole_sentences(text: &str) -> Vec<ByteSpan> {
    let paragraphs = paragraphs(text).into_iter();
    paragraphs.flat_map(|paragraph| stops::split(text, paragraph)).collect()
}

/// Paragraphs, items, headings and cells.
fn paragraphs(text: &str) -> Vec<ByteSpan> {
    let mut paragraphs: Vec<ByteSpan> = Vec::new();
    for block in lines::blocks(text) {
        let rows = cells::rows(text, &block);
        let joins = lines::joins(text, &block, &rows);
        for (at, row) in rows.iter().enumerate() {
            let goes_on = at > 0 && joins[at - 1];
            match paragraphs.last_mut() {
                Some(paragraph) if goes_on => paragraph.end = block[at].end,
                _ => paragraphs.extend(&row.cells),
            }
        }
    }
    paragraphs
}

fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let slice = span.slice(text);
    let start = span.start + (slice.len() - slice.trim_start_matches(blank).len());
    let end = span.end - (slice.len() - slice.trim_end_matches(blank).len());
    if start < end { ByteSpan::new(start, end) } else { ByteSpan::new(span.start, span.start) }
}

#[cfg(test)]
mod tests;
