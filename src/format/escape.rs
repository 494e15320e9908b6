//! Escaping: how characters are written that mean something to the format, and how they are read back.
//! Each format follows the convention of its kind of file. Ordinary biomedical text is written as it
//! is.

/// A convention of escaping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// Every character stands for itself.
    Plain,
    /// The inside of a JSON string (RFC 8259, section 7), which is a YAML double-quoted scalar too.
    Json,
    /// XML character data: `&amp;`, `&lt;`, `&gt;`, and numbers for control characters.
    Xml,
    /// The inside of a quoted CSV field (RFC 4180): quotes are doubled.
    Csv,
    /// A backslash before these characters and before itself; `\n`, `\t` and `\r`.
    Backslash(&'static [char]),
}

impl Escape {
    /// The text, escaped.
    pub(super) fn apply(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        for character in text.chars() {
            self.push(character, &mut out);
        }
        out
    }

    fn push(self, character: char, out: &mut String) {
        match (self, character) {
            (Escape::Json, '"') => out.push_str("\\\""),
            (Escape::Json, '\u{8}') => out.push_str("\\b"),
            (Escape::Json, '\u{c}') => out.push_str("\\f"),
            (Escape::Json | Escape::Backslash(_), '\\') => out.push_str("\\\\"),
            (Escape::Json | Escape::Backslash(_), '\n') => out.push_str("\\n"),
            (Escape::Json | Escape::Backslash(_), '\r') => out.push_str("\\r"),
            (Escape::Json | Escape::Backslash(_), '\t') => out.push_str("\\t"),
            (Escape::Json, '\0'..='\u{1f}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            (Escape::Xml, '&') => out.push_str("&amp;"),
            (Escape::Xml, '<') => out.push_str("&lt;"),
            (Escape::Xml, '>') => out.push_str("&gt;"),
            (Escape::Xml, '\0'..='\u{1f}') => {
                out.push_str(&format!("&#{};", u32::from(character)));
            }
            (Escape::Csv, '"') => out.push_str("\"\""),
            (Escape::Backslash(special), _) if special.contains(&character) => {
                out.extend(['\\', character]);
            }
            _ => out.push(character),
        }
    }

    /// The first character of an escaped text and the number of bytes it is written with; if there is
    /// none, what is wrong.
    pub(super) fn read(self, written: &str) -> Result<(char, usize), &'static str> {
        let mut characters = written.chars();
        let first = characters.next().ok_or("the answer breaks off")?;
        match (self, first) {
            (Escape::Json, '\\') => read_json(&written[1..]).map(|(c, length)| (c, length + 1)),
            (Escape::Json, '\0'..='\u{1f}') => Err("a control character in a JSON string"),
            (Escape::Xml, '&') => read_reference(written),
            (Escape::Xml, '<') => Err("a tag where there should be text"),
            (Escape::Csv, '"') => match characters.next() {
                Some('"') => Ok(('"', 2)),
                _ => Err("a quote that is not doubled"),
            },
            (Escape::Backslash(special), '\\') => match characters.next() {
                Some('n') => Ok(('\n', 2)),
                Some('r') => Ok(('\r', 2)),
                Some('t') => Ok(('\t', 2)),
                Some(c) if c == '\\' || special.contains(&c) => Ok((c, 1 + c.len_utf8())),
                _ => Err("a backslash before a character that needs none"),
            },
            _ => Ok((first, first.len_utf8())),
        }
    }
}

/// The character and the number of bytes of what follows a backslash in a JSON string.
fn read_json(escape: &str) -> Result<(char, usize), &'static str> {
    const WRONG: &str = "not an escape of JSON";
    let plain = match escape.chars().next().ok_or(WRONG)? {
        c @ ('"' | '\\' | '/') => c,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let unit = hex4(&escape[1..]).ok_or(WRONG)?;
            if let Some(character) = char::from_u32(unit) {
                return Ok((character, 5));
            }
            // The first half of a surrogate pair: the second must follow.
            let low = escape[5..].strip_prefix("\\u").and_then(hex4).ok_or(WRONG)?;
            let both = (0xd800..0xdc00).contains(&unit) && (0xdc00..0xe000).contains(&low);
            let scalar =
                if both { 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) } else { unit };
            return char::from_u32(scalar).map(|character| (character, 11)).ok_or(WRONG);
        }
        _ => return Err(WRONG),
    };
    Ok((plain, 1))
}

fn hex4(text: &str) -> Option<u32> {
    let digits = text.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// A reference of XML: one of the five names, or a number.
fn read_reference(written: &str) -> Result<(char, usize), &'static str> {
    const WRONG: &str = "an ampersand that begins no reference of XML";
    // The longest is `&#x10ffff;`.
    let end = written.bytes().take(12).position(|byte| byte == b';').ok_or(WRONG)?;
    let character = match &written[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let digits = number.strip_prefix('#').ok_or(WRONG)?;
            let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |hex| (hex, 16));
            let all_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
            let scalar = u32::from_str_radix(digits, radix).ok().filter(|_| all_digits);
            scalar.and_then(char::from_u32).ok_or(WRONG)?
        }
    };
    Ok((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::Escape;
    use proptest::prelude::*;

    const ALL: [Escape; 6] = [
        Escape::Plain,
        Escape::Json,
        Escape::Xml,
        Escape::Csv,
        Escape::Backslash(&['[', '|']),
        Escape::Backslash(&[';', '-', '@', '#']),
    ];

    fn read_all(escape: Escape, written: &str) -> Result<String, &'static str> {
        let mut text = String::new();
        let mut at = 0;
        while at < written.len() {
            let (character, length) = escape.read(&written[at..])?;
            text.push(character);
            at += length;
        }
        Ok(text)
    }

    #[test]
    fn writes_each_convention_as_its_world_does() {
        let text = "a \"b\" \\ <c> & d|e\n\tf\u{1}";
        assert_eq!(Escape::Json.apply(text), r#"a \"b\" \\ <c> & d|e\n\tf\u0001"#);
        assert_eq!(
            Escape::Json.apply(text),
            serde_json::to_string(text).expect("a string").trim_matches('"')
        );
        assert_eq!(Escape::Xml.apply(text), "a \"b\" \\ &lt;c&gt; &amp; d|e&#10;&#9;f&#1;");
        assert_eq!(Escape::Csv.apply(text), "a \"\"b\"\" \\ <c> & d|e\n\tf\u{1}");
        assert_eq!(Escape::Backslash(&['|']).apply(text), "a \"b\" \\\\ <c> & d\\|e\\n\\tf\u{1}");
    }

    #[test]
    fn leaves_ordinary_biomedical_text_alone() {
        let text = "1,25-(OH)2D3 (5 %) didn't inhibit IL-2/IL-4; n = 3, α-MSH: 2'-deoxy";
        for escape in [Escape::Json, Escape::Xml, Escape::Csv, Escape::Backslash(&['[', '|'])] {
            assert_eq!(escape.apply(text), text);
        }
    }

    #[test]
    fn refuses_what_its_convention_does_not_have() {
        for (escape, written) in [
            (Escape::Json, r"\x"),
            (Escape::Json, r"\u12"),
            (Escape::Json, r"\u12é4"),
            (Escape::Json, r"\ud800"),
            (Escape::Json, r"\udc00"),
            (Escape::Json, r"\ud800\u0041"),
            (Escape::Json, "\n"),
            (Escape::Json, "\\"),
            (Escape::Xml, "H&E"),
            (Escape::Xml, "&nbsp;"),
            (Escape::Xml, "&#x;"),
            (Escape::Xml, "&#+9;"),
            (Escape::Xml, "&#xd800;"),
            (Escape::Xml, "a < b"),
            (Escape::Csv, "a\"b"),
            (Escape::Backslash(&['|']), r"\alpha"),
            (Escape::Backslash(&['|']), "\\"),
        ] {
            assert!(read_all(escape, written).is_err(), "{escape:?} {written}");
        }
        assert_eq!(read_all(Escape::Json, r"\ud83e\uddec\/\u00e9"), Ok("🧬/é".into()));
        assert_eq!(read_all(Escape::Xml, "&#x1F9EC;&#233;&quot;&apos;"), Ok("🧬é\"'".into()));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in r#"([a\\"<>&;|\[@#\-\n\t\r\x00-\x1f é🧬]|\PC)*"#) {
            for escape in ALL {
                let written = escape.apply(&text);
                prop_assert_eq!(read_all(escape, &written), Ok(text.clone()));
            }
        }

        #[test]
        fn reading_takes_whole_characters_and_never_panics(text in r#"([\\&#xu;0-9a-f"é🧬]|\PC)*"#) {
            for escape in ALL {
                if let Ok((_, length)) = escape.read(&text) {
                    prop_assert!(length > 0 && text.is_char_boundary(length));
                }
            }
        }
    }
}
