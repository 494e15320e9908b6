//! The text in the bytes of a file.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text: UTF-8, UTF-16 with its mark, or Windows-1252, which old programs write. `None` where the
/// bytes are no plain text.
///
/// The mark at the beginning is not part of the text. A byte here and there that is no UTF-8, in a
/// file that otherwise is, becomes U+FFFD; only where most of what is not ASCII is no UTF-8 is the
/// file taken as Windows-1252.
pub fn decode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(UTF_16LE.decode_without_bom_handling(rest).0.into_owned()),
        [0xfe, 0xff, rest @ ..] => Some(UTF_16BE.decode_without_bom_handling(rest).0.into_owned()),
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
        WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// Whether the first kilobyte says so: a PDF, or control characters that no text has. One in fifty is
/// borne.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let control = |byte: &&u8| **byte < 32 && !matches!(**byte, 9 | 10 | 12 | 13);
    head.starts_with(b"%PDF-") || head.iter().filter(control).count() * 50 > head.len()
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
        assert_eq!(decode(b"B\xe9l\x92s").as_deref(), Some("Bél’s"));
        assert_eq!(decode(b"").as_deref(), Some(""));
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
