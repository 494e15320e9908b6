//! What a single line tells of itself and of what may follow it.

use super::line_words::{NOUNS, UNFINISHED};
use super::stop_words::STARTERS;
use bioner_context::Enumerator;
use bioner_context::headings;

/// Whether a line begins with a word in small letters, not with a symbol like `mRNA` or `p53`.
pub fn begins_small(line: &str) -> bool {
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
    let Some((first, rest)) = line.split_once(char::is_whitespace) else { return false };
    !rest.is_empty()
        && (matches!(first, "-" | "–" | "—" | "+" | "o" | ">" | "->")
            || Enumerator::of_marked(first).is_some())
}

/// Whether a line begins with a known heading and a colon.
pub fn begins_with_heading(line: &str) -> bool {
    headings::at_start(line).is_some()
}

/// Whether a line is a heading and nothing more.
pub fn is_heading(line: &str) -> bool {
    headings::at_start(line).is_some_and(|(length, _)| length == headings::trimmed_end(line))
}

pub fn begins_with_starter(line: &str) -> bool {
    let word = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    STARTERS.binary_search(&word).is_ok()
}

/// Whether a line ends with a word in small letters that has the form of an adjective.
pub fn ends_with_adjective(line: &str) -> bool {
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
pub fn has_verb(line: &str) -> bool {
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
