//! Lines to paragraphs: which lines of a text are wrapped prose, and which stand for themselves.
//!
//! Lines between two blank lines are a block. Of each two lines in a row the second goes on the first
//! by these rules, the first that says something:
//!
//! 1. It does if the first is a field of a note's header and a colon (`Service:`) and the second is its
//!    value: a few words that are no heading. What follows the value does not.
//! 2. It does not if either is a row of a table, if the second begins like an item of a list or with a
//!    heading and a colon, or if the first is a heading or ends with `:` or `;`.
//! 3. It does if the first is unfinished: it ends with a comma, a slash, an open bracket, a hyphen stuck
//!    to a word, or with a word that something must follow (`line_words`).
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
use super::line::{
    begins_small, begins_with_heading, begins_with_starter, ends_with_adjective, has_verb,
    is_heading, is_list_item, is_unfinished,
};
use bioner_context::headings::{self, Heading};
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
        && value.split_whitespace().count() <= headings::MAX_VALUE_WORDS
        && !is_list_item(value)
        && !begins_with_heading(value)
        && !value.contains(':')
}

/// Rules 2 to 4.
fn surely(last: &str, next: &str, longest: usize, listed: bool) -> Option<bool> {
    if is_list_item(next)
        || begins_with_heading(next)
        || is_heading(last)
        || last.ends_with([':', ';', '：'])
    {
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
