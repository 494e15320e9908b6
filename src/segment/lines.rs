//! Lines to paragraphs: which lines of a text are wrapped prose, and which stand for themselves.
//!
//! Lines between two blank lines are a block. Of each two lines in a row the second goes on the first
//! by these rules, the first that says something:
//!
//! 1. It does if the first is a field of a note's header and a colon (`Service:`) and the second is its
//!    value: a few words that are no heading. What follows the value does not.
//! 2. It does not if either is a row of a table, if the second begins like an item of a list or with a
//!    heading and a colon, or if the first ends with `:` or `;`.
//! 3. It does if the first is unfinished: it ends with a comma, a slash, an open bracket, a hyphen stuck
//!    to a word, or with a word that something must follow ([`UNFINISHED`]).
//! 4. A second line that begins with a small letter goes on a first one that is not ended and whose
//!    length fits wrapping: with the next word it would be at least three quarters as long as the
//!    longest line of the block, or the second holds the verb of a sentence. A block whose lines all
//!    begin so, some of them short, is a list.
//! 5. Any other second line begins with a capital, a digit or a symbol. If the first line ends with a
//!    full stop, it goes on if the first is full: the stop decides. If every line of the block begins
//!    like that and there are three or more, they are items. Else, in a block that has proven to be
//!    wrapped by one of the rules above, it goes on a full line, unless its first word only begins
//!    sentences (*The*). In a block of two lines it goes on a full line that ends with an adjective or
//!    holds the verb of a sentence, unless it is much longer: then it is the text under a title.

use super::cells::Row;
use super::words::{NOUNS, STARTERS, UNFINISHED};
use crate::headings::{self, Heading};
use bioner_documents::ByteSpan;

/// The length above which a line may be one of a hard-wrapped paragraph's.
const WRAPPED_LINE: usize = 55;

/// The lines of a text without their ends, those between two blank lines together: LF, CRLF, CR, and
/// Unicode's line separators end a line.
pub fn blocks(text: &str) -> Vec<Vec<ByteSpan>> {
    let is_break =
        |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let bytes = text.as_bytes();
    let mut blocks = vec![Vec::new()];
    let mut start = 0;
    for (at, end) in text.match_indices(is_break).chain(std::iter::once((text.len(), ""))) {
        let line = super::trimmed(text, ByteSpan::new(start, at));
        // The empty line between CR and LF is no blank line.
        let within_crlf = start == at && at > 0 && bytes[at - 1] == b'\r' && end == "\n";
        if !line.is_empty() {
            blocks.last_mut().into_iter().for_each(|block| block.push(line));
        } else if !within_crlf && blocks.last().is_some_and(|block| !block.is_empty()) {
            blocks.push(Vec::new());
        }
        start = at + end.len();
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// For each line of a block but the first, whether it goes on the one before.
pub fn joins(text: &str, block: &[ByteSpan], rows: &[Row]) -> Vec<bool> {
    let lines: Vec<&str> = block.iter().map(|line| line.slice(text)).collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    // In small letters throughout, lines are a list where one of them is short.
    let all_small = lines.iter().all(|line| begins_small(line));
    let short = |pair: &[&str]| !fits(pair[0], pair[1], longest, 90) && !is_unfinished(pair[0]);
    let listed = all_small && lines.windows(2).any(short);
    let sure: Vec<Option<bool>> = lines
        .windows(2)
        .zip(rows.windows(2))
        .map(|(pair, rows)| {
            if rows.iter().any(Row::has_cells) {
                return Some(false);
            }
            surely(pair[0], pair[1], longest, listed)
        })
        .collect();
    let wrapped = sure.contains(&Some(true));
    let mut is_value = false;
    sure.iter()
        .zip(lines.windows(2).zip(rows.windows(2)))
        .map(|(sure, (pair, rows))| {
            let after_value = is_value;
            is_value = is_value_of(pair[0], pair[1]) && !rows.iter().any(Row::has_cells);
            // What follows a value is no part of it.
            let goes_on =
                sure.unwrap_or_else(|| perhaps(pair[0], pair[1], longest, lines.len(), wrapped));
            is_value || goes_on && !after_value
        })
        .collect()
}

/// Rule 1: whether a line is the value of the header field that stands alone on the line before.
fn is_value_of(label: &str, value: &str) -> bool {
    let Some(label) = label.strip_suffix(':') else { return false };
    !label.starts_with(char::is_lowercase)
        && headings::known(label) == Some(Heading::Field)
        && value.split_whitespace().count() <= headings::MOST_VALUE_WORDS
        && !is_list_item(value)
        && !begins_with_heading(value)
        && !value.contains(':')
}

/// Rules 2 to 4.
fn surely(last: &str, next: &str, longest: usize, listed: bool) -> Option<bool> {
    if is_list_item(next) || begins_with_heading(next) || last.ends_with([':', ';', '：']) {
        return Some(false);
    }
    if is_unfinished(last) {
        return Some(true);
    }
    if !begins_small(next) {
        return None;
    }
    let ended = last.ends_with(['.', '?', '!', '。']);
    let wide = length(last) >= WRAPPED_LINE / 2 && fits(last, next, longest, 75);
    // However short the line before is, a list has no item "thrombosis was rare".
    Some(!ended && !listed && (wide || has_verb(next)))
}

/// Rule 5.
fn perhaps(last: &str, next: &str, longest: usize, lines: usize, wrapped: bool) -> bool {
    let full = length(last) >= WRAPPED_LINE || wrapped && lines > 2;
    let fits = fits(last, next, longest, 90);
    if last.ends_with(['.', '?', '!', '。']) {
        return full && fits;
    }
    if !full || !fits || begins_with_starter(next) {
        return false;
    }
    wrapped || (lines == 2 && (ends_with_adjective(last) || has_verb(last)))
}

/// Whether a line and the first word of the next have at least `share` percent of the longest line's
/// characters, as where the word was moved down because it had no place.
fn fits(last: &str, next: &str, longest: usize, share: usize) -> bool {
    (length(last) + 1 + first_word(next)) * 100 >= longest * share
}

fn length(line: &str) -> usize {
    line.chars().count()
}

fn first_word(line: &str) -> usize {
    line.chars().take_while(|c| !c.is_whitespace()).count()
}

/// Whether a line begins with a word in small letters, not with a symbol like `mRNA` or `p53`.
fn begins_small(line: &str) -> bool {
    let word = line.split(|c: char| c.is_whitespace() || c == '-').next().unwrap_or("");
    word.starts_with(char::is_lowercase)
        && !word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether something must follow a line.
pub fn is_unfinished(line: &str) -> bool {
    let Some(last) = line.chars().next_back() else { return false };
    if matches!(last, ',' | '/' | '(' | '[' | '\u{AD}') {
        return true;
    }
    // "thrombo-", "TNF-"; not "Allergies -".
    if matches!(last, '-' | '\u{2010}') {
        let before = line[..line.len() - last.len_utf8()].chars().next_back();
        return before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '\''));
    }
    let word = line.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_start_matches(['(', '[', '"']);
    // "hepatitis A", "vitamin A": only small letters.
    UNFINISHED.binary_search(&word).is_ok()
}

/// Whether a line begins like an item of a list: `- x`, `-x`, `• x`, `3. x`, `(b) x`.
pub fn is_list_item(line: &str) -> bool {
    let mut characters = line.chars();
    let (first, second) = (characters.next(), characters.next());
    if matches!(first, Some('•' | '·' | '*' | '\u{25AA}' | '\u{25CF}' | '\u{25E6}' | '\u{2023}'))
    {
        return second.is_some_and(|c| c != '*');
    }
    if matches!(first, Some('-' | '–' | '—' | '+')) && second.is_some_and(|c| !c.is_ascii_digit())
    {
        return true;
    }
    let Some((first, rest)) = line.split_once([' ', '\t']) else { return false };
    !rest.is_empty()
        && (matches!(first, "-" | "–" | "—" | "+" | "o" | ">" | "->") || is_enumerator(first))
}

/// Whether a word numbers an item: `3.`, `3)`, `(3)`, `iv.`, `b)`.
pub fn is_enumerator(word: &str) -> bool {
    let inner = word.strip_prefix(['(', '#']).unwrap_or(word);
    let Some(inner) = inner.strip_suffix(['.', ')', ':']) else { return false };
    let number = inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let roman = inner.len() <= 4 && inner.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic());
    !inner.is_empty() && (number || roman || (letter && !word.ends_with('.')))
}

/// Whether a line begins with a known heading and a colon.
fn begins_with_heading(line: &str) -> bool {
    headings::at_start(line).is_some()
}

fn begins_with_starter(line: &str) -> bool {
    let word = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    STARTERS.binary_search(&word).is_ok()
}

/// Whether a line ends with a word in small letters that has the form of an adjective.
fn ends_with_adjective(line: &str) -> bool {
    const ENDINGS: [&str; 9] = ["al", "ic", "ous", "ive", "ary", "able", "ible", "ior", "oid"];
    const WORDS: [&str; 14] = [
        "severe",
        "acute",
        "early",
        "late",
        "mild",
        "moderate",
        "new",
        "oral",
        "possible",
        "prior",
        "recurrent",
        "known",
        "persistent",
        "concurrent",
    ];
    let word = line.rsplit(|c: char| c.is_whitespace() || c == '-').next().unwrap_or("");
    let small = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
    small
        && NOUNS.binary_search(&word).is_err()
        && (WORDS.contains(&word) || ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// Whether a line holds the verb of a sentence, not only that of a relative clause. A line that begins
/// with a verb does not.
fn has_verb(line: &str) -> bool {
    let mut before = "";
    for word in line.split_whitespace() {
        match word {
            // All that follows may be a relative clause.
            "who" | "which" | "that" | "when" => return false,
            "was" | "were" | "is" | "are" | "had" | "has" | "have" | "been"
                if !matches!(before, "" | "what") =>
            {
                return true;
            }
            _ => before = word,
        }
    }
    false
}
