//! UTF-16, as spreadsheets save "Unicode text", decoded as it arrives.

use std::char::{REPLACEMENT_CHARACTER, decode_utf16};

/// A decoder of text in pieces of any size. What is no character becomes U+FFFD.
pub(super) struct Utf16 {
    unit: fn([u8; 2]) -> u16,
    /// The first byte of a unit whose second has not arrived.
    half: Option<u8>,
    /// The first unit of a character whose second has not arrived.
    high: Option<u16>,
}

impl Utf16 {
    /// The decoder for a file that begins with these bytes, and how many of them are its mark.
    pub(super) fn told(start: &[u8]) -> Option<(Utf16, usize)> {
        let unit = match start {
            [0xff, 0xfe, ..] => u16::from_le_bytes,
            [0xfe, 0xff, ..] => u16::from_be_bytes,
            _ => return None,
        };
        Some((Utf16 { unit, half: None, high: None }, 2))
    }

    /// The text of the next bytes, as far as it is whole.
    pub(super) fn decode(&mut self, bytes: &[u8]) -> String {
        let mut units: Vec<u16> = Vec::with_capacity(bytes.len() / 2 + 2);
        units.extend(self.high.take());
        let mut rest = bytes;
        if let Some((&second, others)) = bytes.split_first()
            && let Some(first) = self.half.take()
        {
            units.push((self.unit)([first, second]));
            rest = others;
        }
        let (pairs, odd) = rest.as_chunks::<2>();
        units.extend(pairs.iter().map(|&pair| (self.unit)(pair)));
        self.half = odd.first().copied().or(self.half);
        self.high = units.pop_if(|unit| (0xd800..0xdc00).contains(unit));
        decode_utf16(units).map(|read| read.unwrap_or(REPLACEMENT_CHARACTER)).collect()
    }

    /// What is left at the end of the file.
    pub(super) fn end(&self) -> String {
        let cut = usize::from(self.high.is_some()) + usize::from(self.half.is_some());
        std::iter::repeat_n(REPLACEMENT_CHARACTER, cut).collect()
    }
}
