//! Which pieces of a sentence a name can be made of, and where it can begin and end.
//!
//! Everything here follows from the view alone, so that sentences with the same view have the same
//! answers.

mod joined;
mod not_names;
mod text;

use self::text::Text;
use super::{Piece, PieceKind};

/// Symbols that no name begins with: they close, separate or quote. Of the 49,625 mentions in the
/// train splits of the six corpora eight begin so, all with a quotation mark.
const CLOSING: &str = ".,;:?!…\"')]}*%=";

/// Symbols that no name ends with: they separate or open. None of those mentions does.
const OPENING: &str = ",;:?!/([{";

/// Words that no name begins with, as they stand within a sentence; none of those mentions does. (Of
/// prepositions and articles the names of genes and diseases have some: *in*, *a*, *no*.) The adverbs
/// lead to an abbreviation.
const JOINING: [&str; 16] = [
    "and",
    "are",
    "hereafter",
    "hereinafter",
    "henceforth",
    "is",
    "of",
    "that",
    "the",
    "thereafter",
    "these",
    "this",
    "those",
    "was",
    "were",
    "which",
];

/// What is known of a sentence's pieces, beside what each is by itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// For each piece, whether it is no text that names stand in: headings, fields, placeholders, ages.
    barred: Vec<bool>,
    /// For each piece, whether no name may begin with it or end before it, because a chemical name
    /// goes on there.
    inside: Vec<bool>,
    /// For each bracket that has one, its partner. Empty if there are no pairs.
    partners: Vec<Option<usize>>,
}

impl Names {
    pub fn new(view: &str, pieces: &[Piece]) -> Self {
        let mut names = Names {
            barred: vec![false; pieces.len()],
            inside: vec![false; pieces.len() + 1],
            partners: Vec::new(),
        };
        let text = Text { view, pieces };
        names.bar_headings(text);
        names.bar_placeholders(text);
        names.bar_ages(text);
        names.pair_brackets(text);
        names.join_chemicals(text);
        names.join_charges(text);
        names.join_shorthand(text);
        names.bar_separators(text);
        names.bar_enumerators(text);
        names
    }

    /// Whether a piece is no text that names stand in.
    pub fn is_barred(&self, index: usize) -> bool {
        self.barred.get(index).copied().unwrap_or(false)
    }

    /// Whether a name may begin with a piece, as far as its neighbours say.
    pub fn may_begin(&self, view: &str, pieces: &[Piece], index: usize) -> bool {
        let text = pieces[index].view.slice(view);
        let begins = match pieces[index].kind {
            PieceKind::Word => !JOINING.contains(&text),
            PieceKind::Symbol => !text.starts_with(|c| CLOSING.contains(c)),
            PieceKind::Space => false,
        };
        begins && !self.inside[index]
    }

    /// Whether a name may end with a piece, as far as its neighbours say.
    pub fn may_end(&self, view: &str, pieces: &[Piece], index: usize) -> bool {
        let Some(piece) = pieces.get(index) else { return false };
        let ends = match piece.kind {
            PieceKind::Space => false,
            PieceKind::Word => true,
            // The stop of an abbreviation, not that of a sentence: "(IFN)." ends one.
            PieceKind::Symbol if piece.view.slice(view) == "." => {
                index > 0 && pieces[index - 1].kind == PieceKind::Word
            }
            PieceKind::Symbol => !piece.view.slice(view).starts_with(|c| OPENING.contains(c)),
        };
        ends && !self.inside[index + 1]
    }

    /// Whether of each pair of brackets the pieces `first..=last` hold both or neither.
    pub fn is_balanced(&self, first: usize, last: usize) -> bool {
        let Some(partners) = self.partners.get(first..=last) else { return true };
        partners.iter().flatten().all(|partner| (first..=last).contains(partner))
    }

    /// Whether there are pairs of brackets at all.
    pub fn has_pairs(&self) -> bool {
        !self.partners.is_empty()
    }

    fn bar(&mut self, pieces: &[Piece], from: usize, to: usize) {
        // A sentence may have hundreds of places to be barred.
        let first = pieces.partition_point(|piece| piece.view.end <= from);
        let behind = pieces.partition_point(|piece| piece.view.start < to);
        if let Some(barred) = self.barred.get_mut(first..behind) {
            barred.fill(true);
        }
    }

    fn pair_brackets(&mut self, text: Text) {
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut partners = vec![None; text.pieces.len()];
        let mut pairs = false;
        for index in 0..text.pieces.len() {
            let closes = match text.of(index) {
                bracket @ ("(" | "[" | "{") => {
                    open.push((index, bracket));
                    continue;
                }
                ")" => "(",
                "]" => "[",
                "}" => "{",
                _ => continue,
            };
            // A bracket left open does not keep those outside it from their partners.
            if let Some(at) = open.iter().rposition(|&(_, bracket)| bracket == closes) {
                let (partner, _) = open[at];
                open.truncate(at);
                partners[index] = Some(partner);
                partners[partner] = Some(index);
                pairs = true;
            }
        }
        if pairs {
            self.partners = partners;
        }
    }
}
