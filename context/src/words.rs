//! Text to words, in the form that rules are matched in.
//!
//! A word is a run of letters and digits; every other character but white space is a word by itself.
//! So "r/o" has three, and a rule that is cut in the same way finds it however it is spaced. A dash
//! with space on both sides and a bullet are the same mark, [`BULLET`]; so are all apostrophes.

use std::ops::Range;

/// What bullets and dashes with space around them are written as in rules.
pub const BULLET: &str = "\u{2022}";

/// A word and its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a word is, as far as its characters say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with digits or not.
    Letters,
    /// Digits alone.
    Number,
    /// One other character.
    Mark(char),
}

/// The words of a part of a text. A span that does not fit the text has none.
pub fn words(text: &str, part: Range<usize>) -> Vec<Word> {
    let Some(slice) = text.get(part.clone()) else { return Vec::new() };
    let mut words: Vec<Word> = Vec::new();
    // Where the word that is being read begins, and whether it has a letter.
    let mut open: Option<(usize, bool)> = None;
    let mut before = ' ';
    let mut characters = slice.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let at = part.start + at;
        if character.is_alphanumeric() || is_combining(character) && open.is_some() {
            let letter = !character.is_ascii_digit();
            let (start, letters) = open.unwrap_or((at, false));
            open = Some((start, letters || letter));
        } else {
            close(&mut words, open.take(), at);
            if !character.is_whitespace() && !character.is_control() {
                let after = characters.peek().map_or(' ', |&(_, next)| next);
                let apart = before.is_whitespace() && after.is_whitespace();
                let mark = normal(character, apart);
                let span = at..at + character.len_utf8();
                words.push(Word { span, kind: Kind::Mark(mark) });
            }
        }
        before = character;
    }
    close(&mut words, open, part.end);
    words
}

fn close(words: &mut Vec<Word>, open: Option<(usize, bool)>, end: usize) {
    if let Some((start, letters)) = open {
        let kind = if letters { Kind::Letters } else { Kind::Number };
        words.push(Word { span: start..end, kind });
    }
}

/// A mark as rules have it.
fn normal(mark: char, apart: bool) -> char {
    match mark {
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`' => '\'',
        '\u{2010}'..='\u{2013}' | '\u{2212}' if !apart => '-',
        '-' | '\u{2212}' | '\u{2010}'..='\u{2015}' | '*' | '+' | '~' | '\u{B7}' if apart => {
            '\u{2022}'
        }
        '\u{2022}' | '\u{2023}' | '\u{25AA}' | '\u{25CF}' | '\u{25E6}' | '\u{2043}' => '\u{2022}',
        '\u{FF1A}' => ':',
        '\u{FF0C}' => ',',
        '\u{FF08}' => '(',
        '\u{FF09}' => ')',
        mark => mark,
    }
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        words(text, 0..text.len()).into_iter().map(|word| &text[word.span]).collect()
    }

    #[test]
    fn words_are_letters_and_digits_and_marks_stand_alone() {
        assert_eq!(of("r/o PE, T2DM (x2)"), ["r", "/", "o", "PE", ",", "T2DM", "(", "x2", ")"]);
        assert_eq!(of("didn\u{2019}t"), ["didn", "\u{2019}", "t"]);
        assert_eq!(of("  "), [""; 0]);
        assert_eq!(words("é", 1..2), []);
    }

    #[test]
    fn a_dash_with_space_around_it_is_a_bullet() {
        let marks = |text: &str| -> Vec<Kind> {
            let words = words(text, 0..text.len());
            words.into_iter().map(|w| w.kind).filter(|k| matches!(k, Kind::Mark(_))).collect()
        };
        assert_eq!(marks("Abdomen - soft"), [Kind::Mark('\u{2022}')]);
        assert_eq!(marks("non-tender"), [Kind::Mark('-')]);
        assert_eq!(marks("\u{2022}fever"), [Kind::Mark('\u{2022}')]);
        assert_eq!(marks("didn\u{2019}t"), [Kind::Mark('\'')]);
    }
}
