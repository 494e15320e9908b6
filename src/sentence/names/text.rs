//! The view and its pieces, by number.

use super::super::{Piece, PieceKind};

/// The view and its pieces.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub view: &'a str,
    pub pieces: &'a [Piece],
}

impl<'a> Text<'a> {
    /// The text of a piece; nothing behind the last.
    pub fn of(self, index: usize) -> &'a str {
        self.pieces.get(index).map_or("", |piece| piece.view.slice(self.view))
    }

    pub fn is_space(self, index: usize) -> bool {
        self.pieces.get(index).is_some_and(|piece| piece.kind == PieceKind::Space)
    }

    pub fn is_word(self, index: usize) -> bool {
        self.pieces.get(index).is_some_and(|piece| piece.kind == PieceKind::Word)
    }

    /// Whether a piece says where in a molecule something is: `4`, `N`, `1H`, `alpha`.
    pub fn is_locant(self, index: usize) -> bool {
        let word = self.of(index);
        let short = word.len() <= 2 && self.is_word(index);
        short && (word.bytes().any(|b| b.is_ascii_digit()) || matches!(word, "N" | "O" | "S" | "C"))
            || matches!(word, "alpha" | "beta" | "gamma" | "\u{3B1}" | "\u{3B2}" | "\u{3B3}")
    }

    /// Whether the pieces `from..to` say how a molecule is turned: `R`, `1R,2S`, `+`, `E`.
    pub fn is_stereo(self, from: usize, to: usize) -> bool {
        from < to
            && to - from <= 9
            && (from..to).all(|index| match self.of(index) {
                "," | "+" | "-" | "/" | "\u{B1}" | "dl" | "rac" | "RS" | "SR" => true,
                word => {
                    let turn = word.trim_start_matches(|c: char| c.is_ascii_digit());
                    word.len() <= 3 && matches!(turn, "R" | "S" | "E" | "Z" | "D" | "L")
                }
            })
    }

    /// The last piece of `-year-old` or `y/o`, `yo`, `yr old` behind a number.
    pub fn age_behind(self, mut at: usize) -> Option<usize> {
        let skip = |at: usize| match self.of(at) {
            "-" | " " | "/" => at + 1,
            _ => at,
        };
        at = skip(at);
        let first = self.of(at).to_lowercase();
        match first.as_str() {
            "yo" | "yof" | "yom" => Some(at),
            "o" if self.of(at - 1) == "/" => Some(at),
            "y" if self.of(at + 1) == "/" && self.of(at + 2).eq_ignore_ascii_case("o") => {
                Some(at + 2)
            }
            "year" | "years" | "yr" | "yrs" | "month" | "months" | "week" | "weeks" | "day" => {
                let old = skip(at + 1);
                self.of(old).eq_ignore_ascii_case("old").then_some(old)
            }
            _ => None,
        }
    }

    /// Whether what follows is said of a patient.
    pub fn is_patient(self, at: usize) -> bool {
        matches!(self.of(at), "," | " ")
            && matches!(
                self.of(at + 1),
                " " | "with"
                    | "who"
                    | "presents"
                    | "presenting"
                    | "presented"
                    | "admitted"
                    | "h"
                    | "hx"
                    | "s"
                    | "p"
                    | "c"
                    | "w"
                    | "patient"
                    | "pt"
            )
    }
}
