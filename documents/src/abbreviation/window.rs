//! The text in which a long form is sought, letter by letter.

use super::greek;
use super::token::{is_apostrophe, is_hyphen, is_quote};
use super::words;
use crate::span::ByteSpan;

/// A stretch of text in which a long form is sought, letter by letter.
pub(super) struct Window {
    letters: Vec<Letter>,
    /// Where it ends in the text.
    end: usize,
}

/// A character in small letters; a Greek letter is the letters of its name.
struct Letter {
    letter: char,
    /// Where the character stands in the text.
    at: usize,
    /// Whether it begins a word.
    begins: bool,
}

impl Window {
    /// What stands in `text[from..to]` since the last end of a sentence and the last bracket that is
    /// still open. Of brackets that are closed nothing is read, unless they are within a word.
    pub fn before(text: &str, from: usize, to: usize) -> Self {
        let to = from + text[from..to].trim_end_matches(separates).len();
        let from = from + beginning(&text[from..to]);
        let mut letters = Vec::with_capacity(to - from);
        let mut open: Vec<usize> = Vec::new();
        let mut previous = ' ';
        for (at, character) in text[from..to].char_indices() {
            match character {
                '(' | '[' => open.push(letters.len()),
                ')' | ']' => {
                    let group = open.pop();
                    let free =
                        |&start: &usize| letters.get(start.wrapping_sub(1)).is_none_or(is_space);
                    if let Some(start) = group.filter(free) {
                        letters.truncate(start);
                        previous = ' ';
                        continue;
                    }
                }
                _ => {}
            }
            let begins = !previous.is_alphanumeric() && !is_apostrophe(previous);
            let mut push = |letter: char, begins: bool| {
                letters.push(Letter { letter, at: from + at, begins });
            };
            for small in character.to_lowercase() {
                match greek::name(small) {
                    Some(name) => {
                        name.char_indices().for_each(|(at, c)| push(c, begins && at == 0))
                    }
                    None => push(small, begins && small.is_alphanumeric()),
                }
            }
            previous = character;
        }
        if let Some(&start) = open
            .iter()
            .rev()
            .find(|&&start| letters.get(start.wrapping_sub(1)).is_none_or(is_space))
        {
            letters.drain(..=start);
        }
        Window { letters, end: to }
    }

    /// Where it begins and ends in the text; `None` if it has no letter.
    pub fn place(&self) -> Option<ByteSpan> {
        Some(ByteSpan::new(self.letters.first()?.at, self.end))
    }

    /// The first letter that a long form of at most `most` words may begin with.
    pub fn first(&self, most: usize) -> usize {
        let begins = |at: usize| self.letters[at].begins && self.is_after_gap(at);
        (0..self.letters.len()).rev().filter(|&at| begins(at)).nth(most).map_or(0, |at| at + 1)
    }

    /// Whether white space or a hyphen stands before the letter, or nothing.
    pub fn is_after_gap(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.letters[before].letter);
        before.is_none_or(|c| c.is_whitespace() || is_hyphen(c))
    }

    /// The word that begins at a letter.
    pub fn word(&self, at: usize) -> String {
        let letters = self.letters[at..].iter().map(|letter| letter.letter);
        letters.take_while(|c| c.is_alphanumeric() || is_apostrophe(*c)).collect()
    }

    /// The beginnings of words, from the right.
    pub fn words(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.letters.len()).rev().filter(|&at| self.letters[at].begins)
    }

    /// Whether a name does not begin at this letter.
    pub fn is_edge(&self, at: usize) -> bool {
        let word = self.word(at);
        let next = at + word.chars().count();
        let begins = (next..self.letters.len()).find(|&at| self.letters[at].begins);
        words::is_edge(&word, &begins.map(|at| self.word(at)).unwrap_or_default())
    }

    /// Whether the window has no name at its end. A capital A is no article: "cyclosporin A".
    pub fn ends_wrongly(&self, text: &str) -> bool {
        let is_letter =
            |at: usize| self.word(at) == "a" && text[self.letters[at].at..].starts_with('A');
        self.words().next().is_none_or(|at| self.is_edge(at) && !is_letter(at))
    }

    /// Where the words begin whose first letters are the short form's, with articles, prepositions and
    /// the like between them.
    pub fn by_initials(&self, short: &[char], first: usize) -> Option<usize> {
        let mut left = short.len();
        for at in self.words().take_while(|&at| at >= first) {
            if left > 0 && self.letters[at].letter == short[left - 1] {
                left -= 1;
                if left == 0 {
                    return (!self.is_edge(at)).then_some(at);
                }
            } else if !self.is_edge(at) {
                return None;
            }
        }
        None
    }

    /// Where the shortest stretch begins that ends the window and has the short form's letters in
    /// order, the first of them at the beginning of a word (the word at `only`, if that is given).
    pub fn by_letters(&self, short: &[char], first: usize, only: Option<usize>) -> Option<usize> {
        let (initial, rest) = short.split_first()?;
        let mut at = self.letters.len();
        for letter in rest.iter().rev() {
            at = (first..at).rev().find(|&at| self.letters[at].letter == *letter)?;
        }
        (first..at).rev().find(|&at| {
            let Letter { letter, begins, .. } = self.letters[at];
            begins && letter == *initial && only.is_none_or(|only| only == at) && !self.is_edge(at)
        })
    }

    /// The beginning of the whole word around a letter: that of "1-methyl", but not that of
    /// "anti-tumour".
    pub fn widened(&self, at: usize) -> usize {
        let gap = (0..at).rev().find(|&before| is_space(&self.letters[before]));
        let start = gap.map_or(0, |gap| gap + 1);
        let prefix = || self.letters[start..at].iter().map(|letter| letter.letter);
        let letters = prefix().filter(|c| c.is_alphabetic()).count();
        let is_word = prefix().all(|c| c.is_alphabetic() || is_hyphen(c)) && letters > 2;
        if is_word { at } else { start }
    }

    /// The span of the text from a letter on, without what opens or quotes.
    pub fn span(&self, text: &str, at: usize) -> ByteSpan {
        let start = self.letters[at].at;
        let long = &text[start..self.end];
        let opens = |c: char| {
            is_quote(c) || c == '(' && !long.contains(')') || c == '[' && !long.contains(']')
        };
        ByteSpan::new(self.end - long.trim_start_matches(opens).len(), self.end)
    }
}

fn is_space(letter: &Letter) -> bool {
    letter.letter.is_whitespace()
}

/// What may stand between a long form and the bracket after it.
fn separates(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || c == ','
}

/// Where the last sentence of `text` begins: after a stop, white space and a capital, or after an
/// empty line. One or two letters before the stop make an initial or a title ("S. aureus",
/// "St. John's wort").
fn beginning(text: &str) -> usize {
    let mut start = 0;
    let mut word = 0; // the letters before, of one word
    let mut stop = false;
    let mut lines = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            lines += usize::from(c == '\n');
            if lines > 1 {
                start = at;
            }
            continue;
        }
        if stop && c.is_uppercase() && text[..at].ends_with(char::is_whitespace) {
            start = at;
        }
        lines = 0;
        if matches!(c, '.' | '!' | '?') {
            stop = c != '.' || !(1..=2).contains(&word);
        } else if !(stop && (is_quote(c) || c == ')')) {
            stop = false;
        }
        let after_gap = text[..at].ends_with(|c: char| !c.is_alphabetic());
        word = if !c.is_alphabetic() {
            0
        } else if after_gap {
            1
        } else {
            word + 1
        };
    }
    start
}
