//! Numbers of the items of a list: `3`, `iv`, `b`.

/// What a word is that numbers an item, without the stop or bracket beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enumerator {
    /// Digits, three at most: how many.
    Digits(usize),
    /// A small Roman number of four letters at most.
    Roman,
    /// A letter.
    Letter {
        /// Whether it is a small one.
        small: bool,
    },
}

impl Enumerator {
    /// What a word numbers an item as, if it does.
    pub fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        match bytes.len() {
            1..=3 if bytes.iter().all(u8::is_ascii_digit) => Some(Enumerator::Digits(bytes.len())),
            1..=4 if bytes.iter().all(|b| matches!(b, b'i' | b'v' | b'x')) => {
                Some(Enumerator::Roman)
            }
            1 if bytes[0].is_ascii_alphabetic() => {
                Some(Enumerator::Letter { small: bytes[0].is_ascii_lowercase() })
            }
            _ => None,
        }
    }

    /// The same of a word with its stop, bracket or colon: `3.`, `3)`, `(3)`, `iv.`, `b)`. A letter with
    /// a stop is an initial.
    pub fn of_marked(word: &str) -> Option<Self> {
        let inner = word.strip_prefix(['(', '#']).unwrap_or(word);
        let inner = inner.strip_suffix(['.', ')', ':'])?;
        let initial = word.ends_with('.');
        Enumerator::of(inner)
            .filter(|found| !(initial && matches!(found, Enumerator::Letter { .. })))
    }

    /// Whether it is a number of two digits at most, or a small Roman one.
    pub fn is_number(self) -> bool {
        matches!(self, Enumerator::Digits(..=2) | Enumerator::Roman)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbered_in_digits_roman_numbers_and_letters() {
        for word in ["1", "12", "123", "iv", "xiii", "b", "B"] {
            assert!(Enumerator::of(word).is_some(), "{word}");
        }
        for word in ["", "1234", "xviii", "IV", "bb", "1a", "é"] {
            assert_eq!(Enumerator::of(word), None, "{word}");
        }
        for word in ["3.", "3)", "(3)", "#3.", "3:", "iv.", "(b)", "B)"] {
            assert!(Enumerator::of_marked(word).is_some(), "{word}");
        }
        for word in ["3", "b.", "(3", "().", "ii", "of."] {
            assert_eq!(Enumerator::of_marked(word), None, "{word}");
        }
    }
}
