//! A sentence as the model is shown it, and where each piece of it stands in the source.
//!
//! The model reads and writes a *view* of the sentence, printed the way biomedical corpora are: runs
//! of white space and control characters are one space, quotation marks, dashes, ligatures, raised and
//! lowered digits are the plain characters ([`bioner_segment::characters`]), and what is no part of the words is left
//! out: characters that are not seen, line ends within words (`broken_words`), reference numbers
//! (`references`), the label of a line of a note. A few abbreviations of notes are read as their long forms (`expansions`).
//!
//! The view is cut into pieces: words (runs of letters and digits), symbols (any other single character)
//! and spaces. Mentions begin and end at pieces, so every mention in the view has exactly one span in the
//! source. What is not shown belongs to no piece, unless it stands within one. How a view is cut depends
//! on nothing but the view.

mod broken_words;
mod context;
mod expansions;
mod glyph;
mod glyphs;

mod names;
mod references;
#[cfg(test)]
mod tests;
mod word_forms;

use bioner_context::headings;
use bioner_documents::{ByteSpan, is_combining};
use names::Names;

pub use context::Context;

/// What a piece of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// A maximal run of alphanumeric characters, with the marks that combine with them.
    Word,
    /// One character that is neither alphanumeric nor white space.
    Symbol,
    /// White space, shown as a single space.
    Space,
}

/// One piece of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Word, symbol or space.
    pub kind: PieceKind,
    /// Where the piece stands in the view, in bytes.
    pub view: ByteSpan,
    /// Where it stands in the source document, in bytes; empty for a space that the source lacks.
    pub source: ByteSpan,
}

/// A sentence: the view, its pieces, and their places in the source.
#[derive(Debug, Clone)]
pub struct Sentence {
    view: String,
    pieces: Vec<Piece>,
    names: Names,
}

impl Sentence {
    /// Builds the view of `source[span]`, of whose document nothing else is known. Leading and trailing
    /// white space is not shown.
    pub fn new(source: &str, span: ByteSpan) -> Self {
        Sentence::in_document(source, span, &Context::default())
    }

    /// Builds the view of `source[span]`, with what its document tells about it.
    pub fn in_document(source: &str, span: ByteSpan, context: &Context) -> Self {
        let (view, pieces) = (String::with_capacity(span.len()), Vec::new());
        let mut sentence = Sentence { view, pieces, names: Names::default() };
        for glyph in glyphs::glyphs(source, span, context) {
            sentence.push(glyph.shown, glyph.source);
        }
        if let Some(last) = sentence.pieces.last()
            && last.kind == PieceKind::Space
        {
            sentence.view.truncate(last.view.start);
            sentence.pieces.pop();
        }
        sentence.leave_out_label();
        sentence.names = Names::new(&sentence.view, &sentence.pieces);
        sentence
    }

    /// The sentence of a text that is one sentence.
    pub fn whole(text: &str) -> Self {
        Sentence::new(text, ByteSpan::new(0, text.len()))
    }

    /// What the model reads.
    pub fn view(&self) -> &str {
        &self.view
    }

    /// The pieces, in order; their views cover the view without gaps.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The text of a piece in the view.
    pub fn piece_text(&self, index: usize) -> &str {
        self.pieces[index].view.slice(&self.view)
    }

    /// Whether a name may begin with a piece: with a word that does not only join others (*and*), or
    /// with a symbol that does not close (`)`), separate (`,`) or quote (`"`); not within the name of a
    /// chemical.
    pub fn may_begin_name(&self, index: usize) -> bool {
        self.names.may_begin(&self.view, &self.pieces, index)
    }

    /// Whether a name may end with a piece.
    pub fn may_end_name(&self, index: usize) -> bool {
        self.names.may_end(&self.view, &self.pieces, index)
    }

    /// Whether a name that holds a piece may hold the next one too: what is [text](Sentence::is_text)
    /// and what is not are never in one.
    pub fn name_may_go_on(&self, index: usize) -> bool {
        self.names.is_barred(index) == self.names.is_barred(index + 1)
    }

    /// Whether a span of the view is text, and no part of a heading, a header field, what stands in
    /// place of a name that was taken out, or a patient's age. What a model calls a name there is none;
    /// it may write it all the same, since a model that is kept from it may skip what follows.
    pub fn is_text(&self, span: ByteSpan) -> bool {
        let first = self.pieces.partition_point(|piece| piece.view.end <= span.start);
        let within = self.pieces.iter().enumerate().skip(first);
        let mut within = within.take_while(|(_, piece)| piece.view.start < span.end);
        within.all(|(index, _)| !self.names.is_barred(index))
    }

    /// Whether of each pair of brackets the pieces `first..=last` hold both or neither, as names do.
    pub fn is_balanced(&self, first: usize, last: usize) -> bool {
        self.names.is_balanced(first, last)
    }

    /// Whether the sentence has pairs of brackets.
    pub fn has_brackets(&self) -> bool {
        self.names.has_pairs()
    }

    /// Whether the pieces `first..=last` may be a name: all that is said of its pieces together.
    pub fn may_be_name(&self, first: usize, last: usize) -> bool {
        first <= last
            && last < self.pieces.len()
            && self.may_begin_name(first)
            && self.may_end_name(last)
            && (first..last).all(|index| self.name_may_go_on(index))
            && self.is_balanced(first, last)
    }

    /// Whether a mention may start at byte `at` of the view: a piece that is no space starts there.
    pub fn starts_at(&self, at: usize) -> bool {
        self.piece_starting(at).is_some_and(|piece| piece.kind != PieceKind::Space)
    }

    /// Whether a mention may end at byte `at` of the view: a piece that is no space ends there.
    pub fn ends_at(&self, at: usize) -> bool {
        self.piece_ending(at).is_some_and(|piece| piece.kind != PieceKind::Space)
    }

    /// The span in the source of a span of the view whose ends are ends of pieces; else `None`.
    pub fn to_source(&self, span: ByteSpan) -> Option<ByteSpan> {
        let first = self.piece_starting(span.start)?;
        let last = self.piece_ending(span.end)?;
        // Of a long form that is read in place of an abbreviation, the last word names it.
        let next = self.piece_starting(span.end);
        if next.is_some_and(|next| !next.source.is_empty() && next.source == last.source) {
            return None;
        }
        (first.source.start < last.source.end)
            .then_some(ByteSpan::new(first.source.start, last.source.end))
    }

    /// The span in the view of a span of the source whose ends are ends of pieces; else `None`.
    pub fn to_view(&self, span: ByteSpan) -> Option<ByteSpan> {
        // A space that the source lacks has no place there, so it is neither first nor last.
        let first = self.pieces.partition_point(|p| p.source.start < span.start);
        let starts = |p: &&Piece| p.source.start == span.start;
        let empty =
            self.pieces[first..].iter().take_while(starts).take_while(|p| p.source.is_empty());
        let first = first + empty.count();
        // Several pieces have one end where a long form is read in place of an abbreviation.
        let behind = self.pieces.partition_point(|p| p.source.end <= span.end);
        let empty = self.pieces[..behind].iter().rev().take_while(|p| p.source.is_empty()).count();
        let last = (behind - empty).checked_sub(1)?;
        let stands = self.pieces.get(first)?.source.start == span.start
            && self.pieces.get(last)?.source.end == span.end;
        if !stands {
            return None;
        }
        (first <= last)
            .then(|| ByteSpan::new(self.pieces[first].view.start, self.pieces[last].view.end))
    }

    /// Every place in the view where `mention` stands as whole pieces, from left to right; places
    /// may overlap.
    pub fn occurrences<'a>(&'a self, mention: &'a str) -> impl Iterator<Item = ByteSpan> + 'a {
        self.pieces
            .iter()
            .filter(|piece| piece.kind != PieceKind::Space)
            .filter_map(move |piece| self.stands_at(piece.view.start, mention))
    }

    /// The span of `mention` in the view, if it stands there from byte `start` on, where a piece
    /// starts, and ends where one ends.
    pub fn stands_at(&self, start: usize, mention: &str) -> Option<ByteSpan> {
        let span = ByteSpan::new(start, start + mention.len());
        let stands = !mention.is_empty()
            && self.view.as_bytes().get(span.start..span.end) == Some(mention.as_bytes())
            && self.ends_at(span.end);
        stands.then_some(span)
    }

    fn piece_starting(&self, at: usize) -> Option<&Piece> {
        let index = self.pieces.binary_search_by_key(&at, |piece| piece.view.start).ok()?;
        Some(&self.pieces[index])
    }

    fn piece_ending(&self, at: usize) -> Option<&Piece> {
        let index = self.pieces.binary_search_by_key(&at, |piece| piece.view.end).ok()?;
        Some(&self.pieces[index])
    }

    /// Leaves out the label of a line of a note: "Medications: aspirin". A model takes it for the entity,
    /// and does not go on to the text.
    fn leave_out_label(&mut self) {
        let Some(label) = headings::label_of_note(&self.view) else { return };
        let shown = self.pieces.partition_point(|piece| piece.view.start < label);
        self.view.drain(..label);
        self.pieces.drain(..shown);
        for piece in &mut self.pieces {
            piece.view = ByteSpan::new(piece.view.start - label, piece.view.end - label);
        }
    }

    /// Adds a character of the view, to the last piece or as a new one.
    fn push(&mut self, shown: char, source: ByteSpan) {
        let kind = if shown == ' ' {
            PieceKind::Space
        } else if shown.is_alphanumeric() {
            PieceKind::Word
        } else {
            PieceKind::Symbol
        };
        if let Some(last) = self.pieces.last_mut() {
            let joins = match last.kind {
                PieceKind::Word => kind == PieceKind::Word || is_combining(shown),
                PieceKind::Symbol => is_combining(shown),
                PieceKind::Space => kind == PieceKind::Space,
            };
            if joins {
                last.source.end = source.end;
                if last.kind != PieceKind::Space {
                    self.view.push(shown);
                    last.view.end = self.view.len();
                }
                return;
            }
        } else if kind == PieceKind::Space {
            return;
        }
        let start = self.view.len();
        self.view.push(shown);
        self.pieces.push(Piece { kind, view: ByteSpan::new(start, self.view.len()), source });
    }
}
