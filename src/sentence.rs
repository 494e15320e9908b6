//! A sentence as the model is shown it, and where each piece of it stands in the source.
//!
//! The model reads and writes a *view* of the sentence: runs of white space and control characters
//! become one space, and typographic quotes, dashes and spaces become their ASCII twins, because
//! that is how biomedical corpora are printed. The view is cut into pieces: words (runs of letters
//! and digits), symbols (any other single character) and spaces. Mentions begin and end at pieces,
//! so every mention in the view has exactly one span in the source.

use bioner_documents::ByteSpan;

/// Symbols that no name begins with: they close, separate or quote. Of the 49,625 mentions in the
/// train splits of the six corpora eight begin so, all with a quotation mark.
const CLOSING: &str = ".,;:?!…\"')]}*%=";

/// Words that no name begins with, as they stand within a sentence; none of those mentions does. (Of
/// prepositions and articles the names of genes and diseases have some: *in*, *a*, *no*.)
const JOINING: [&str; 12] =
    ["and", "are", "is", "of", "that", "the", "these", "this", "those", "was", "were", "which"];

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
    pub kind: PieceKind,
    /// Where the piece stands in the view, in bytes.
    pub view: ByteSpan,
    /// Where it stands in the source document, in bytes.
    pub source: ByteSpan,
}

/// A sentence: the view, its pieces, and their places in the source.
#[derive(Debug, Clone)]
pub struct Sentence {
    view: String,
    pieces: Vec<Piece>,
}

impl Sentence {
    /// Builds the view of `source[span]`. Leading and trailing white space is not shown.
    pub fn new(source: &str, span: ByteSpan) -> Self {
        let mut sentence = Sentence { view: String::with_capacity(span.len()), pieces: Vec::new() };
        for (at, character) in span.slice(source).char_indices() {
            let start = span.start + at;
            sentence.push(character, ByteSpan::new(start, start + character.len_utf8()));
        }
        if let Some(last) = sentence.pieces.last()
            && last.kind == PieceKind::Space
        {
            sentence.view.truncate(last.view.start);
            sentence.pieces.pop();
        }
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
    /// with a symbol that does not close (`)`), separate (`,`) or quote (`"`).
    pub fn may_begin_name(&self, index: usize) -> bool {
        match self.pieces[index].kind {
            PieceKind::Word => !JOINING.contains(&self.piece_text(index)),
            PieceKind::Symbol => !self.piece_text(index).starts_with(|c| CLOSING.contains(c)),
            PieceKind::Space => false,
        }
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
        (first.source.start < last.source.end)
            .then_some(ByteSpan::new(first.source.start, last.source.end))
    }

    /// The span in the view of a span of the source whose ends are ends of pieces; else `None`.
    pub fn to_view(&self, span: ByteSpan) -> Option<ByteSpan> {
        let first = self.pieces.binary_search_by_key(&span.start, |p| p.source.start).ok()?;
        let last = self.pieces.binary_search_by_key(&span.end, |p| p.source.end).ok()?;
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

    fn push(&mut self, character: char, source: ByteSpan) {
        let shown = shown_as(character);
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

/// The character the model is shown in place of `character`.
fn shown_as(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{02BC}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() || c.is_control() => ' ',
        // Planes where nothing is assigned: a vocabulary may have no token for their bytes.
        '\u{40000}'..='\u{DFFFF}' => '\u{FFFD}',
        c => c,
    }
}

/// Whether the character belongs to the one before it: combining marks, joiners, variation
/// selectors and emoji modifiers. The blocks are those of the Unicode Character Database.
fn is_combining(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}'
        | '\u{05BF}' | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{093A}'..='\u{094F}'
        | '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}'..='\u{200D}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0100}'..='\u{E01EF}')
}
