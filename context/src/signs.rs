//! Signs beside mentions: "-fever, +cough", "fever (-)", "[x] diabetes".
//!
//! The rules say what a sign means. Here is told what is one, and on which side of it stands what it is
//! about. A dash before a word is an item's more often than a sign: "-aspirin" begins a line of a list.
//! So it is a sign only where another one stands by.

use std::ops::Range;

use crate::rules::Match;
use crate::words::{Kind, Word};

/// What a dash that is a sign is written as in rules.
pub const MINUS: char = '\u{2212}';

/// The same of a plus, which is a sign only before a word.
pub const PLUS: char = '\u{FF0B}';

/// What strikes out what it is stuck to: "Øfever".
const STRUCK: [char; 4] = ['\u{D8}', '\u{F8}', '\u{2205}', '\u{2300}'];

/// Whether a sign is stuck to a mention that says that it is not there.
pub fn crossed_out(text: &str, mention: usize) -> bool {
    let mut before = text.get(..mention).unwrap_or_default().chars().rev();
    before.next().is_some_and(|sign| STRUCK.contains(&sign))
        && !before.next().is_some_and(char::is_alphanumeric)
}

/// For each sentence, whether it is one of several lines that begin with a sign, as one has a "+".
pub fn signed_lines(text: &str, sentences: &[Range<usize>]) -> Vec<bool> {
    let sign = |span: &Range<usize>| {
        let mut start = text.get(span.clone()).unwrap_or_default().trim_start().chars();
        let sign = start.next().filter(|&sign| is_plus(sign) || is_minus(sign));
        sign.filter(|_| start.next().is_some_and(char::is_alphabetic))
    };
    let signs: Vec<Option<char>> = sentences.iter().map(sign).collect();
    let lists = signs.chunk_by(|before, sign| before.is_some() && sign.is_some());
    lists
        .flat_map(|list| vec![list.iter().flatten().any(|&sign| is_plus(sign)); list.len()])
        .collect()
}

/// Makes signs of the dashes and pluses that are some. `signed` says that the first one is.
pub fn set(text: &str, words: &mut [Word], signed: bool) {
    let stuck = |words: &[Word], at: usize, is: fn(char) -> bool| {
        matches!(words[at].kind, Kind::Mark(mark) if is(mark)) && is_stuck(text, words, at)
    };
    let listed = |words: &[Word], at: usize| {
        at > 0 && words[at - 1].kind == Kind::Mark(',') && stuck(words, at, is_minus)
    };
    let sure = signed || (0..words.len()).any(|at| stuck(words, at, is_plus) || listed(words, at));
    for at in 0..words.len() {
        if sure && stuck(words, at, is_minus) {
            words[at].kind = Kind::Mark(MINUS);
        } else if stuck(words, at, is_plus) {
            words[at].kind = Kind::Mark(PLUS);
        }
    }
}

/// Whether a mark is stuck to the word behind it and to none before it. "-ve" is a word of its own.
fn is_stuck(text: &str, words: &[Word], at: usize) -> bool {
    let span = &words[at].span;
    let before = at.checked_sub(1).map(|before| &words[before]);
    let apart = before.is_none_or(|before| {
        before.span.end < span.start
            || matches!(before.kind, Kind::Mark(',' | ';' | ':' | '(' | '/'))
    });
    let behind = words.get(at + 1).filter(|word| {
        word.kind == Kind::Letters
            && word.span.start == span.end
            && !text[word.span.clone()].eq_ignore_ascii_case("ve")
    });
    apart && behind.is_some()
}

fn is_plus(mark: char) -> bool {
    mark == '+'
}

fn is_minus(mark: char) -> bool {
    matches!(mark, '-' | MINUS)
}

/// Leaves of the signs in a sentence what they do on the side of what they are about. All stand on the
/// same one: the first that has words on one side only tells. If none does, they are no such signs, as
/// in "the Gd (-) variant". `closed` is where the stop at the end begins.
pub fn face(words: &[Word], closed: usize, matches: &mut [Match]) {
    let is_word = |at: Option<usize>| {
        let word = at.filter(|&at| at < closed).and_then(|at| words.get(at));
        word.map(|word| !matches!(word.kind, Kind::Mark(_)))
    };
    let backward = |found: &Match| {
        let before = is_word(found.words.start.checked_sub(1));
        let behind = is_word(Some(found.words.end));
        match (before, behind) {
            (Some(true), Some(false) | None) => Some(true),
            (None | Some(false), Some(true)) => Some(false),
            (Some(false), None) => Some(true),
            _ => None,
        }
    };
    let signs = || matches.iter().filter(|found| found.effects.iter().any(|effect| effect.sign));
    let backward = signs().find_map(backward);
    for found in matches {
        found.effects.retain(|effect| !effect.sign || Some(effect.backward) == backward);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    fn minuses(text: &str, signed: bool) -> usize {
        let mut words = words(text, 0..text.len());
        set(text, &mut words, signed);
        words.iter().filter(|word| word.kind == Kind::Mark(MINUS)).count()
    }

    #[test]
    fn a_dash_is_a_sign_where_another_sign_stands_by() {
        assert_eq!(minuses("-fever, +cough", false), 1);
        assert_eq!(minuses("ROS: -fever, -cough", false), 2);
        assert_eq!(minuses("-fever -cough +rash", false), 2);
        assert_eq!(minuses("-fever", true), 1);
        for text in [
            "-fever",
            "-aspirin -metformin",
            "- fever, + cough",
            "non-smoker, +cough",
            "5-10, -3, +cough",
            "T-cell -",
            "-ve, +ve",
        ] {
            assert_eq!(minuses(text, false), 0, "{text}");
        }
    }

    #[test]
    fn lines_of_signs_are_told_by_a_plus() {
        let lines = |text: &str| {
            let mut from = 0;
            let spans: Vec<Range<usize>> = text
                .split_inclusive('\n')
                .map(|line| {
                    from += line.len();
                    from - line.len()..from
                })
                .collect();
            signed_lines(text, &spans)
        };
        assert_eq!(lines("-fever\n-chills\n+cough\nSeen."), [true, true, true, false]);
        assert_eq!(lines("-aspirin\n-statin\n"), [false, false]);
        assert_eq!(lines("+cough\nSeen.\n-aspirin"), [true, false, false]);
        assert_eq!(signed_lines("é", &[0..1, 5..7]), [false, false]);
    }

    #[test]
    fn what_is_struck_out_is_told() {
        assert!(crossed_out("\u{D8}fever", 2));
        assert!(crossed_out("no, \u{2205}fever", 7));
        for (text, at) in [("fever", 0), ("R\u{D8}fever", 3), ("\u{D8} fever", 3), ("é", 1)] {
            assert!(!crossed_out(text, at), "{text}");
        }
    }
}
