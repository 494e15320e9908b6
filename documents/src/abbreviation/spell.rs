//! Whether a text spells a short form, and from where on.

use super::greek;
use super::short::{Candidate, Kind};
use super::token::{is_hyphen, is_quote};
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

    /// The first letter that a long form of at most `most` words may begin with.
    fn first(&self, most: usize) -> usize {
        let begins = |at: usize| self.letters[at].begins && self.is_after_gap(at);
        (0..self.letters.len()).rev().filter(|&at| begins(at)).nth(most).map_or(0, |at| at + 1)
    }

    /// Whether white space or a hyphen stands before the letter, or nothing.
    fn is_after_gap(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.letters[before].letter);
        before.is_none_or(|c| c.is_whitespace() || is_hyphen(c))
    }

    /// The word that begins at a letter.
    fn word(&self, at: usize) -> String {
        let letters = self.letters[at..].iter().map(|letter| letter.letter);
        letters.take_while(|c| c.is_alphanumeric() || is_apostrophe(*c)).collect()
    }

    /// The beginnings of words, from the right.
    fn words(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.letters.len()).rev().filter(|&at| self.letters[at].begins)
    }

    /// Whether a name does not begin at this letter.
    fn is_edge(&self, at: usize) -> bool {
        let word = self.word(at);
        let next = at + word.chars().count();
        let begins = (next..self.letters.len()).find(|&at| self.letters[at].begins);
        words::is_edge(&word, &begins.map(|at| self.word(at)).unwrap_or_default())
    }

    /// Whether the window has no name at its end. A capital A is no article: "cyclosporin A".
    fn ends_wrongly(&self, text: &str) -> bool {
        let is_letter =
            |at: usize| self.word(at) == "a" && text[self.letters[at].at..].starts_with('A');
        self.words().next().is_none_or(|at| self.is_edge(at) && !is_letter(at))
    }

    /// Where the words begin whose first letters are the short form's, with articles, prepositions and
    /// the like between them.
    fn by_initials(&self, short: &[char], first: usize) -> Option<usize> {
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
    fn by_letters(&self, short: &[char], first: usize, only: Option<usize>) -> Option<usize> {
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
    fn widened(&self, at: usize) -> usize {
        let gap = (0..at).rev().find(|&before| is_space(&self.letters[before]));
        let start = gap.map_or(0, |gap| gap + 1);
        let prefix = || self.letters[start..at].iter().map(|letter| letter.letter);
        let letters = prefix().filter(|c| c.is_alphabetic()).count();
        let is_word = prefix().all(|c| c.is_alphabetic() || is_hyphen(c)) && letters > 2;
        if is_word { at } else { start }
    }

    /// The span of the text from a letter on, without what opens or quotes.
    fn span(&self, text: &str, at: usize) -> ByteSpan {
        let start = self.letters[at].at;
        let long = &text[start..self.end];
        let opens = |c: char| {
            is_quote(c) || c == '(' && !long.contains(')') || c == '[' && !long.contains(']')
        };
        ByteSpan::new(self.end - long.trim_start_matches(opens).len(), self.end)
    }
}

/// The long form of `candidate` at the end of the window.
pub(super) fn long_form(text: &str, candidate: &Candidate, window: &Window) -> Option<ByteSpan> {
    if window.ends_wrongly(text) {
        return None;
    }
    if candidate.kind == Kind::Species {
        return species(text, candidate.text, window);
    }
    let first = window.first(most_words(candidate.text));
    spellings(candidate.text).iter().find_map(|short| {
        let by_initials = window.by_initials(short, first);
        let at = by_initials.or_else(|| window.by_letters(short, first, None))?;
        let starts_alike = || window.word(at).chars().take(2).eq(short.iter().copied().take(2));
        if candidate.kind == Kind::Word && by_initials.is_none() && !starts_alike() {
            return None;
        }
        accepted(text, candidate, window.span(text, window.widened(at)))
    })
}

/// The long form of `candidate` if it is all of `span`.
pub(super) fn whole_long_form(
    text: &str,
    candidate: &Candidate,
    span: ByteSpan,
) -> Option<ByteSpan> {
    let capitals = candidate.text.chars().filter(|c| c.is_uppercase() || c.is_numeric()).count();
    let window = Window::before(text, span.start, span.end);
    if candidate.kind != Kind::Letters || capitals < 2 || window.ends_wrongly(text) {
        return None;
    }
    let first = window.words().filter(|&at| !window.is_edge(at)).last()?;
    let plain = window.words().take_while(|&at| at > first).all(|at| !window.is_edge(at));
    spellings(candidate.text).iter().find_map(|short| {
        let by_initials = window.by_initials(short, first).filter(|&at| at == first);
        let by_letters = || window.by_letters(short, first, Some(first)).filter(|_| plain);
        let at = by_initials.or_else(by_letters)?;
        accepted(text, candidate, window.span(text, at))
    })
}

/// The span, unless it is no longer than the short form or has it as a word.
fn accepted(text: &str, candidate: &Candidate, long: ByteSpan) -> Option<ByteSpan> {
    let short = candidate.text;
    let words = long.slice(text);
    let has_short =
        words.split(|c: char| c.is_whitespace() || is_hyphen(c)).any(|word| word == short);
    (words.chars().count() > short.chars().count() && !has_short).then_some(long)
}

/// "Streptococcus pneumoniae" for "S. pneumoniae".
fn species(text: &str, short: &str, window: &Window) -> Option<ByteSpan> {
    let (genus, epithet) = short.split_once(". ")?;
    let from = window.letters.first()?.at;
    let before = text[from..window.end].strip_suffix(epithet.trim_start())?.trim_end();
    let start = before.rfind(char::is_whitespace).map_or(0, |gap| gap + 1);
    let name = before[start..].trim_start_matches(is_quote);
    let longer = name.len() > genus.len() + 1 && name.chars().all(char::is_alphabetic);
    (longer && name.starts_with(genus))
        .then(|| ByteSpan::new(from + before.len() - name.len(), window.end))
}

/// The most words of a long form.
fn most_words(short: &str) -> usize {
    let count = short.chars().count();
    (count + 5).min(count * 2)
}

/// The letters and digits that a long form may spell for a short form, the likeliest first: all of
/// them; with the first letter of the name of a Greek letter; without the s of a plural; up to a slash
/// ("HER2/neu").
fn spellings(short: &str) -> Vec<Vec<char>> {
    let mut found: Vec<Vec<char>> = Vec::new();
    let mut add = |spelling: Vec<char>, least: usize| {
        if spelling.len() >= least && !found.contains(&spelling) {
            found.push(spelling);
        }
    };
    let letters = || short.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let named = |text: &str| {
        let small = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
        let mut spelled = Vec::new();
        for letter in small {
            match greek::name(letter) {
                Some(name) => spelled.extend(name.chars()),
                None => spelled.push(letter),
            }
        }
        spelled
    };
    add(named(short), 1);
    let initial = |c: char| greek::name(c).and_then(|name| name.chars().next()).unwrap_or(c);
    add(letters().map(initial).collect(), 2);
    if let Some(singular) = singular(short) {
        add(named(singular), 2);
    }
    if let Some((first, _)) = short.split_once('/') {
        add(named(first), 2);
    }
    found
}

/// A short form without the s of its plural: "PD" for "PDs".
pub(super) fn singular(short: &str) -> Option<&str> {
    let singular = short.strip_suffix('s')?.trim_end_matches(is_apostrophe);
    let last = singular.chars().next_back()?;
    (last.is_uppercase() || last.is_numeric()).then_some(singular)
}

fn is_space(letter: &Letter) -> bool {
    letter.letter.is_whitespace()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
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
