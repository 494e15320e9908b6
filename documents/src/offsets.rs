//! Offsets in other units than bytes. Bytes are what the crate counts in; the other two exist only where
//! a text leaves it: code points for the command line's JSON and Python, UTF-16 code units for JavaScript.

/// What offsets outside the crate count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// UTF-16 code units, as JavaScript does.
    Utf16,
    /// Unicode code points, as Python and the command line's JSON do.
    CodePoint,
}

/// Converts a text's byte offsets to another unit, in any order and without the text.
#[derive(Debug, Clone)]
pub struct Offsets {
    /// Where byte and unit counts drift apart: after byte `.0` of the text, a byte offset is `.1`
    /// greater than the unit offset. One entry for each character that is not ASCII.
    drifts: Vec<(u32, u32)>,
}

impl Offsets {
    /// Prepares the conversion for a text of less than 4 GB.
    pub fn new(text: &str, unit: Unit) -> Self {
        let mut drift = 0;
        let drifts = text
            .char_indices()
            .filter(|(_, character)| !character.is_ascii())
            .map(|(at, character)| {
                let units = match unit {
                    Unit::Utf16 => character.len_utf16(),
                    Unit::CodePoint => 1,
                };
                drift += (character.len_utf8() - units) as u32;
                ((at + character.len_utf8()) as u32, drift)
            })
            .collect();
        Offsets { drifts }
    }

    /// Offsets that stay bytes, of any text.
    pub const fn bytes() -> Self {
        Offsets { drifts: Vec::new() }
    }

    /// The byte offset of an offset in units; `None` if it lies within a character of `text`, which is
    /// the text of [`Offsets::new`], or beyond its end.
    pub fn byte(&self, text: &str, units: usize) -> Option<usize> {
        let passed = self.drifts.partition_point(|&(at, drift)| (at - drift) as usize <= units);
        let drift = passed.checked_sub(1).map_or(0, |last| self.drifts[last].1 as usize);
        let byte = units.checked_add(drift)?;
        text.is_char_boundary(byte).then_some(byte)
    }

    /// The offset in units of a byte offset on a character boundary.
    pub fn of(&self, byte: usize) -> usize {
        let passed = self.drifts.partition_point(|&(at, _)| at as usize <= byte);
        byte - passed.checked_sub(1).map_or(0, |last| self.drifts[last].1 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn offsets_count_units(text in "(\\PC|[a-c]|🧬|é|\\u{301}){0,40}") {
            let utf16 = Offsets::new(&text, Unit::Utf16);
            let points = Offsets::new(&text, Unit::CodePoint);
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                prop_assert_eq!(Offsets::bytes().of(at), at);
                prop_assert_eq!(utf16.of(at), text[..at].encode_utf16().count());
                prop_assert_eq!(points.of(at), text[..at].chars().count());
                prop_assert_eq!(utf16.byte(&text, utf16.of(at)), Some(at));
                prop_assert_eq!(points.byte(&text, points.of(at)), Some(at));
            }
            prop_assert_eq!(points.byte(&text, text.chars().count() + 1), None);
            prop_assert_eq!(utf16.byte(&text, usize::MAX), None);
            let mut unit = 0;
            for character in text.chars() {
                if character.len_utf16() == 2 {
                    prop_assert_eq!(utf16.byte(&text, unit + 1), None, "within a pair");
                }
                unit += character.len_utf16();
            }
        }
    }
}
