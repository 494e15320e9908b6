//! Which pieces of a sentence a name can be made of, and where it can begin and end.
//!
//! Everything here follows from the view alone, so that sentences with the same view have the same
//! answers.

use super::{Piece, PieceKind};
use crate::headings::{self, Heading};

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

/// Sorted: ions whose charge is one sign, as they are written before `+`. Six corpora annotate the sign
/// with the ion and one does not.
const CATIONS: [&str; 26] = [
    "Ag", "Al3", "Ba2", "Ca2", "Cd2", "Co2", "Cr3", "Cs", "Cu", "Cu2", "Fe2", "Fe3", "H", "H3O",
    "Hg2", "K", "Li", "Mg2", "Mn2", "NH4", "Na", "Ni2", "Pb2", "Rb", "Tl", "Zn2",
];

/// Sorted: the same before `-`.
const ANIONS: [&str; 9] = ["Br", "CO32", "Cl", "HCO3", "NO2", "NO3", "OH", "PO43", "SO42"];

/// What notes write with a slash between: complains of, history of, status post, rule out, presents
/// with, without, due to, follow-up.
const SHORTHAND: [[&str; 2]; 8] = [
    ["c", "o"],
    ["d", "t"],
    ["f", "u"],
    ["h", "o"],
    ["p", "w"],
    ["r", "o"],
    ["s", "p"],
    ["w", "o"],
];

/// What stands between brackets where a text was made anonymous.
const PLACEHOLDERS: [&str; 24] = [
    "ADDRESS",
    "AGE",
    "CITY",
    "CONTACT",
    "COUNTRY",
    "DATE",
    "DOB",
    "DOCTOR",
    "EMAIL",
    "HOSPITAL",
    "ID",
    "INITIALS",
    "LOCATION",
    "MRN",
    "NAME",
    "NUMBER",
    "ORGANIZATION",
    "PATIENT",
    "PERSON",
    "PHONE",
    "PROFESSION",
    "REDACTED",
    "TIME",
    "URL",
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
        for (barred, piece) in self.barred.iter_mut().zip(pieces) {
            *barred |= piece.view.start < to && piece.view.end > from;
        }
    }

    /// Headings before a colon or alone, and the values of header fields.
    fn bar_headings(&mut self, text: Text) {
        let view = text.view;
        if let Some((length, _)) = headings::at_start(view)
            && length == headings::trimmed_end(view)
        {
            self.bar(text.pieces, 0, length);
            return;
        }
        // A heading begins with a capital, and its colon has something other than a letter behind it
        // or is followed by a capital: "METHODS:Aspirin".
        let mut found: Vec<(usize, usize, Heading)> = Vec::new();
        let mut last = 0;
        for (colon, _) in view.match_indices(':') {
            if let Some((start, heading)) = headings::before_colon(&view[last..colon]) {
                found.push((last + start, colon, heading));
            }
            last = colon + 1;
        }
        for (number, &(start, colon, heading)) in found.iter().enumerate() {
            self.bar(text.pieces, start, colon);
            let end = found.get(number + 1).map_or(view.len(), |next| next.0);
            let value = &view[colon + 1..end];
            if heading == Heading::Field
                && value.split_whitespace().count() <= headings::MOST_VALUE_WORDS
            {
                self.bar(text.pieces, colon + 1, end);
            }
        }
    }

    /// What stands in place of something that was left out: `[**Name 12**]`, `[NAME]`, `___`.
    fn bar_placeholders(&mut self, text: Text) {
        let view = text.view;
        let mut at = 0;
        while let Some(start) = view[at..].find("[**").map(|found| at + found) {
            let end = view[start..].find("**]").map_or(view.len(), |length| start + length + 3);
            self.bar(text.pieces, start, end);
            at = end;
        }
        for (start, open) in view.match_indices(['[', '<']) {
            let close = if open == "[" { ']' } else { '>' };
            let Some(length) = view[start..].bytes().take(32).position(|b| b == close as u8) else {
                continue;
            };
            let inside = &view[start + 1..start + length];
            let mut words = inside.split([' ', '_', '-', '/']).filter(|word| !word.is_empty());
            let name = |word: &str| {
                let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
                word.is_empty() || PLACEHOLDERS.contains(&word)
            };
            let letters = inside.contains(|c: char| c.is_ascii_uppercase());
            if letters && words.any(name) && !inside.contains(char::is_lowercase) {
                self.bar(text.pieces, start, start + length + 1);
            }
        }
        let mut at = 0;
        while let Some(start) = view[at..].find("__").map(|found| at + found) {
            let end = start + view[start..].bytes().take_while(|&b| b == b'_').count();
            self.bar(text.pieces, start, end);
            at = end;
        }
    }

    /// A patient's age with or without the sex: `58F`, `72yo`, `58-year-old`, `63 y/o`.
    fn bar_ages(&mut self, text: Text) {
        for index in 0..text.pieces.len() {
            let word = text.of(index);
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 3 {
                continue;
            }
            let number: u32 = word[..digits].parse().unwrap_or(0);
            let rest = word[digits..].to_lowercase();
            // "technetium-99m" is an isotope.
            let before = index.checked_sub(1).is_some_and(|before| text.of(before) == "-");
            let hyphen = before || text.of(index + 1) == "-";
            let last = match rest.as_str() {
                "f" | "m" if (10..=120).contains(&number) && !hyphen => index,
                "yo" | "yof" | "yom" | "yoa" | "yr" | "yrs" => index,
                "y" | "" => match text.age_behind(index + 1) {
                    Some(last) => last,
                    None => continue,
                },
                _ => continue,
            };
            // "18F" is an isotope as well as an age.
            if rest == "f" && number == 18 && !text.is_patient(index + 1) {
                continue;
            }
            self.bar(text.pieces, text.pieces[index].view.start, text.pieces[last].view.end);
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

    /// Marks the inside of chemical names with brackets, which go on behind and before them without a
    /// space: `4,4'-methylenebis(2-chloroaniline)`, `ethylidenebis[tryptophan]`, `(R)-naproxen`.
    fn join_chemicals(&mut self, text: Text) {
        for open in 0..self.partners.len() {
            let Some(close) = self.partners[open].filter(|&close| close > open) else { continue };
            if (open..close).any(|index| text.is_space(index)) {
                continue;
            }
            let Some((first, last)) = self.chemical(text, open, close) else { continue };
            for inside in &mut self.inside[first + 1..=last] {
                *inside = true;
            }
        }
    }

    /// The numbers of items, with a bracket that closes nothing: `ii)`, `3)`.
    fn bar_enumerators(&mut self, text: Text) {
        for close in 1..text.pieces.len() {
            let paired = self.partners.get(close).is_some_and(Option::is_some);
            let begins = close == 1 || text.is_space(close - 2);
            if text.of(close) == ")" && !paired && begins && is_enumerator(text.of(close - 1)) {
                self.barred[close - 1..=close].fill(true);
            }
        }
    }

    /// Marks the sign of an ion's charge: no name ends before it. `Na+`, `Ca2+`, `Cl-`.
    fn join_charges(&mut self, text: Text) {
        for sign in 1..text.pieces.len() {
            let ions: &[&str] = match text.of(sign) {
                "+" => &CATIONS,
                "-" => &ANIONS,
                _ => continue,
            };
            if !text.is_word(sign + 1) && ions.binary_search(&text.of(sign - 1)).is_ok() {
                self.inside[sign] = true;
            }
        }
    }

    /// What stands between the items of a list and in no name: a dash between two words with a space on
    /// both sides, a semicolon between two words with none.
    fn bar_separators(&mut self, text: Text) {
        let is_word = |at: usize, least: usize| {
            let word = text.of(at);
            text.is_word(at) && word.len() >= least && word.starts_with(char::is_alphabetic)
        };
        for index in 1..text.pieces.len() {
            let separates = match text.of(index) {
                "-" => {
                    text.is_space(index - 1) && text.is_space(index + 1) && is_word(index + 2, 1)
                }
                ";" => is_word(index - 1, 4) && is_word(index + 1, 4),
                _ => false,
            };
            self.barred[index] |= separates;
        }
    }

    /// Marks what notes write before a name, `c/o`, `h/o`, `s/p`: no name begins with it.
    fn join_shorthand(&mut self, text: Text) {
        for index in 0..text.pieces.len() {
            let alone = index == 0 || !text.is_word(index - 1) && text.of(index - 1) != "/";
            if alone && text.of(index + 1) == "/" && text.of(index + 3) != "/" {
                let pair = [text.of(index), text.of(index + 2)].map(str::to_lowercase);
                if SHORTHAND.iter().any(|known| pair == known.map(str::to_owned)) {
                    self.inside[index..=index + 2].fill(true);
                }
            }
        }
    }

    /// The pieces that the brackets at `open` and `close` hold together as one name, if they do.
    fn chemical(&self, text: Text, open: usize, close: usize) -> Option<(usize, usize)> {
        let inner = open + 1..close;
        let long_word = |index: usize| {
            let word = text.of(index);
            word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        // Of "(-)-cibenzoline" the sign is often left out of the name: nine times of ten in bc5cdr.
        if inner.clone().all(|index| matches!(text.of(index), "+" | "-" | "±" | "/")) {
            return None;
        }
        if text.of(close + 1) == "-" && text.is_stereo(open + 1, close) {
            let last = close + 2;
            return (last < text.pieces.len() && !text.is_space(last)).then_some((open, last));
        }
        if !inner.clone().any(long_word) {
            return None;
        }
        let locant = text.of(open + 2) == "-" && text.is_locant(open + 1);
        let before = open.checked_sub(1).filter(|&before| !text.is_space(before));
        let after = text.is_word(close + 1).then_some(close + 1);
        let stem = before.is_some_and(|before| match text.of(before) {
            "-" => before > 0 && (text.is_locant(before - 1) || locant),
            word => word.len() >= 3 && word.ends_with(|c: char| c.is_ascii_lowercase()),
        });
        let first = self.left_end(text, open);
        let locants = (first..open).any(|index| text.is_locant(index) && text.of(index + 1) != ".");
        let square = text.of(open) == "[";
        let joined = stem && (locant || locants || square) || after.is_some_and(long_word);
        joined.then_some((first, after.unwrap_or(close)))
    }

    /// The first piece of the name that goes on at the bracket `open`.
    fn left_end(&self, text: Text, open: usize) -> usize {
        let mut first = open;
        let mut at = open;
        while let Some(before) = at.checked_sub(1) {
            match text.of(before) {
                ")" | "]" => match self.partners[before] {
                    Some(partner) => at = partner,
                    None => break,
                },
                "," | "'" | "-" | "+" => {
                    // "drug,4-…" is two words.
                    let word = before.checked_sub(1).is_some_and(|word| text.of(word).len() > 3);
                    if text.of(before) == "," && word {
                        break;
                    }
                    at = before;
                    continue;
                }
                _ if text.is_word(before) => at = before,
                _ => break,
            }
            first = at;
        }
        first
    }
}

/// Whether a word before a bracket numbers an item: `3`, `12`, `ii`, `b`.
fn is_enumerator(word: &str) -> bool {
    let number = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let roman = word.len() <= 4 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    number || roman || word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// The view and its pieces.
#[derive(Clone, Copy)]
struct Text<'a> {
    view: &'a str,
    pieces: &'a [Piece],
}

impl<'a> Text<'a> {
    /// The text of a piece; nothing behind the last.
    fn of(self, index: usize) -> &'a str {
        self.pieces.get(index).map_or("", |piece| piece.view.slice(self.view))
    }

    fn is_space(self, index: usize) -> bool {
        self.pieces.get(index).is_some_and(|piece| piece.kind == PieceKind::Space)
    }

    fn is_word(self, index: usize) -> bool {
        self.pieces.get(index).is_some_and(|piece| piece.kind == PieceKind::Word)
    }

    /// Whether a piece says where in a molecule something is: `4`, `N`, `1H`, `alpha`.
    fn is_locant(self, index: usize) -> bool {
        let word = self.of(index);
        let short = word.len() <= 2 && self.is_word(index);
        short && (word.bytes().any(|b| b.is_ascii_digit()) || matches!(word, "N" | "O" | "S" | "C"))
            || matches!(word, "alpha" | "beta" | "gamma" | "\u{3B1}" | "\u{3B2}" | "\u{3B3}")
    }

    /// Whether the pieces `from..to` say how a molecule is turned: `R`, `1R,2S`, `+`, `E`.
    fn is_stereo(self, from: usize, to: usize) -> bool {
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
    fn age_behind(self, mut at: usize) -> Option<usize> {
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
    fn is_patient(self, at: usize) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(CATIONS.is_sorted() && ANIONS.is_sorted());
    }
}
