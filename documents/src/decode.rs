//! The text in the bytes of a file.

use std::io::{self, BufRead, Read};

// A library of encodings would bring the tables of all of them into the browser's module, of which they
// would be a third.

/// What Windows-1252 has for the bytes 0x80 to 0x9F, as the WHATWG Encoding Standard lists it. The other
/// bytes are the code points of the same number.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text: UTF-8, UTF-16 with its mark, or Windows-1252, which old programs write. `None` where the
/// bytes are no plain text.
///
/// The mark at the beginning is not part of the text. A byte here and there that is no UTF-8, in a
/// file that otherwise is, becomes U+FFFD; only where most of what is not ASCII is no UTF-8 is the
/// file taken as Windows-1252.
pub fn decode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => written(utf_16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => written(utf_16(rest, u16::from_be_bytes)),
        _ if is_binary(bytes) => None,
        _ => Some(decode_piece(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))),
    }
}

/// The text of a part of a file, such as a line: UTF-8 or Windows-1252.
pub(crate) fn decode_piece(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let (mut explained, mut unexplained) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        explained += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        unexplained += usize::from(!chunk.invalid().is_empty());
    }
    if explained > unexplained {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        bytes.iter().map(|&byte| windows_1252(byte)).collect()
    }
}

/// A file as UTF-8, a part at a time: what is not UTF-8 is decoded as [`decode_piece`] has it.
pub(crate) struct Decoded<R> {
    input: R,
    /// What was read and is not decoded: the beginning of a character.
    cut: Vec<u8>,
    decoded: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Decoded<R> {
    pub fn new(input: R) -> Self {
        Decoded { input, cut: Vec::new(), decoded: Vec::new(), at: 0 }
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.decoded.len() {
            let part = self.input.fill_buf()?;
            let (read, ended) = (part.len(), part.is_empty());
            if ended && self.cut.is_empty() {
                break;
            }
            let mut bytes = std::mem::take(&mut self.cut);
            bytes.extend_from_slice(part);
            self.input.consume(read);
            if !ended {
                self.cut = bytes.split_off(bytes.len() - unfinished(&bytes));
            }
            self.at = 0;
            self.decoded = match String::from_utf8(bytes) {
                Ok(text) => text.into_bytes(),
                Err(error) => decode_piece(error.as_bytes()).into_bytes(),
            };
        }
        Ok(&self.decoded[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.decoded.len());
    }
}

/// How many bytes at the end may be a character of UTF-8 that goes on.
fn unfinished(bytes: &[u8]) -> usize {
    let last = bytes.iter().rev().take(3).position(|&byte| byte & 0xc0 != 0x80);
    last.map_or(0, |at| {
        let needed = match bytes[bytes.len() - 1 - at] {
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf7 => 4,
            _ => 1,
        };
        if needed > at + 1 { at + 1 } else { 0 }
    })
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// A lone surrogate, and a byte that is left over, become U+FFFD.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| unit(pair));
    let decoded = char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER));
    decoded.chain(rest.first().map(|_| char::REPLACEMENT_CHARACTER)).collect()
}

/// The text, unless it is none: UTF-32 begins as UTF-16 does.
fn written(text: String) -> Option<String> {
    (!is_binary(text.as_bytes())).then_some(text)
}

/// Whether the first kilobyte says so: a PDF, or control characters that no text has. One in fifty is
/// borne.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let control = |byte: &&u8| is_control(**byte);
    head.starts_with(b"%PDF-") || head.iter().filter(control).count() * 50 > head.len()
}

/// Whether no text has the character of ASCII.
fn is_control(byte: u8) -> bool {
    byte < 32 && !matches!(byte, 9..=13)
}

/// Makes files that belong together readable as texts: if one has so many control characters that it would be
/// none, those of all become U+FFFD, one for one. So offsets stay what they are.
pub(crate) fn as_texts<const N: usize>(files: [String; N]) -> [String; N] {
    if !files.iter().any(|file| is_binary(file.as_bytes())) {
        return files;
    }
    let control = |c: char| u8::try_from(c).is_ok_and(is_control);
    files.map(|file| file.replace(control, "\u{fffd}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(
            decode("\u{feff}α-synuclein\r\n".as_bytes()).as_deref(),
            Some("α-synuclein\r\n")
        );
        assert_eq!(decode(b"\xff\xfe\xb1\x03").as_deref(), Some("α"));
        assert_eq!(decode(b"\xfe\xff\x03\xb1").as_deref(), Some("α"));
        assert_eq!(
            decode(b"\xff\xfe\x3d\xd8\x00\xde\x00\xd8a\0b").as_deref(),
            Some("😀\u{fffd}a\u{fffd}")
        );
        assert_eq!(decode(b"\x80 \x8a\x9f \x96 \x85").as_deref(), Some("€ ŠŸ – …"));
        assert_eq!(decode(b"B\xe9l\x92s").as_deref(), Some("Bél’s"));
        assert_eq!(decode(b"").as_deref(), Some(""));
        assert_eq!(decode(b"\xff\xfe\0\0G\0\0\0o\0\0\0"), None);
        assert_eq!(decode(b"one\x0bpage").as_deref(), Some("one\u{b}page"));
        assert_eq!(decode(b"%PDF-1.7\n..."), None);
        assert_eq!(decode(b"PK\x03\x04\x14\0\0\0\x08\0"), None);
    }

    #[test]
    fn a_bad_byte_does_not_make_a_file_another_encoding() {
        let mut bytes = "β-blocker für Ménière’s disease".as_bytes().to_vec();
        bytes.push(0x96);
        bytes.extend_from_slice(" seen".as_bytes());
        assert_eq!(decode(&bytes).as_deref(), Some("β-blocker für Ménière’s disease\u{fffd} seen"));
        // Cut within a character.
        let cut = &"naïve café α".as_bytes()[.."naïve café α".len() - 1];
        assert_eq!(decode(cut).as_deref(), Some("naïve café \u{fffd}"));
    }

    #[test]
    fn windows_1252_stays_so_though_two_of_its_letters_look_like_utf_8() {
        assert_eq!(
            decode(b"CAF\xc9\x92s, na\xefve, d\xe9j\xe0").as_deref(),
            Some("CAFÉ’s, naïve, déjà")
        );
    }
}
