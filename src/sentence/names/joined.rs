//! Where a name goes on: within chemical names, before an ion's charge, behind what notes write before
//! names.

use super::Names;
use super::text::Text;

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

/// Sorted: ions whose charge is one sign, as they are written before `+`. Six corpora annotate the sign
/// with the ion and one does not.
const CATIONS: [&str; 26] = [
    "Ag", "Al3", "Ba2", "Ca2", "Cd2", "Co2", "Cr3", "Cs", "Cu", "Cu2", "Fe2", "Fe3", "H", "H3O",
    "Hg2", "K", "Li", "Mg2", "Mn2", "NH4", "Na", "Ni2", "Pb2", "Rb", "Tl", "Zn2",
];

/// Sorted: the same before `-`.
const ANIONS: [&str; 9] = ["Br", "CO32", "Cl", "HCO3", "NO2", "NO3", "OH", "PO43", "SO42"];

impl Names {
    /// Marks the inside of chemical names with brackets, which go on behind and before them without a
    /// space: `4,4'-methylenebis(2-chloroaniline)`, `ethylidenebis[tryptophan]`, `(R)-naproxen`.
    pub(super) fn join_chemicals(&mut self, text: Text) {
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

    /// Marks the sign of an ion's charge: no name ends before it. `Na+`, `Ca2+`, `Cl-`.
    pub(super) fn join_charges(&mut self, text: Text) {
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

    /// Marks what notes write before a name, `c/o`, `h/o`, `s/p`: no name begins with it.
    pub(super) fn join_shorthand(&mut self, text: Text) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(CATIONS.is_sorted() && ANIONS.is_sorted());
    }
}
