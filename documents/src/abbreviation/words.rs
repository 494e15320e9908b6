//! Words that have a role of their own: those that lead to a short form, those that begin no long
//! form, and those that are a short form only by their capitals.

use super::token::trimmed;
use crate::span::ByteSpan;

/// Words between a bracket and a short form that only lead to it.
const LEADING: &[&str] = &[
    "a.k.a.",
    "abbr.",
    "abbrev.",
    "abbreviated",
    "abbreviation",
    "aka",
    "also",
    "and",
    "as",
    "below",
    "by",
    "called",
    "denoted",
    "designated",
    "for",
    "from",
    "hence",
    "henceforth",
    "here",
    "hereafter",
    "hereinafter",
    "i.e.",
    "in",
    "known",
    "named",
    "now",
    "or",
    "referred",
    "short",
    "so-called",
    "subsequently",
    "termed",
    "the",
    "thereafter",
    "to",
];

/// Words after a short form that only say what it is.
const TRAILING: &[&str] =
    &["for short", "from here on", "from now on", "henceforth", "hereafter", "in short"];

/// Words that a long form neither begins nor ends with. ("In" may begin one: *in vitro
/// fertilization*.)
const EDGES: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "being", "but", "by", "for", "from", "has",
    "have", "into", "is", "of", "on", "or", "our", "than", "that", "the", "their", "these", "this",
    "to", "was", "were", "which", "while", "with",
];

/// What follows "in" where it begins a name.
const AFTER_IN: &[&str] = &["situ", "utero", "vitro", "vivo"];

/// First words of remarks that look like short forms.
const REMARKS: &[&str] = &[
    "age", "appendix", "arm", "box", "case", "cf", "chapter", "class", "day", "days", "eq", "fig",
    "figs", "figure", "grade", "group", "no", "page", "panel", "phase", "ref", "refs", "section",
    "see", "stage", "step", "supp", "table", "week",
];

/// English words that are also short forms, in small letters. In capitals ("ALL PATIENTS") they say
/// nothing.
const COMMON: &[&str] = &[
    "act", "add", "age", "aid", "aids", "air", "all", "am", "an", "and", "any", "are", "arm",
    "art", "as", "ask", "at", "bad", "bar", "bat", "be", "bed", "best", "big", "but", "by", "camp",
    "can", "cap", "car", "care", "cat", "cell", "chop", "clip", "cold", "cope", "dare", "day",
    "did", "do", "drug", "due", "ear", "end", "eye", "face", "fact", "fall", "far", "fast", "few",
    "fish", "fit", "flag", "for", "gap", "gas", "get", "go", "had", "has", "he", "help", "her",
    "here", "him", "his", "hit", "hot", "how", "if", "in", "is", "it", "its", "kit", "lab", "lead",
    "led", "let", "low", "man", "map", "mass", "may", "me", "men", "met", "mice", "my", "new",
    "no", "nor", "not", "now", "of", "off", "on", "one", "or", "our", "out", "pain", "past", "per",
    "pet", "rat", "rats", "rest", "risk", "sad", "she", "so", "step", "stop", "the", "to", "two",
    "up", "us", "use", "was", "wave", "we", "wet", "who", "why", "yes", "you",
];

/// Words for the course and kind of a disease, which annotators take for a part of its name or not.
const COURSES: &[&str] = &[
    "acute",
    "advanced",
    "alcoholic",
    "chronic",
    "congenital",
    "early",
    "end-stage",
    "familial",
    "idiopathic",
    "invasive",
    "juvenile",
    "late",
    "major",
    "mild",
    "non-alcoholic",
    "nonalcoholic",
    "primary",
    "progressive",
    "recurrent",
    "refractory",
    "secondary",
    "severe",
    "sporadic",
];

/// Whether a word says what course a disease takes.
pub(super) fn is_course(word: &str) -> bool {
    COURSES.binary_search(&&*word.to_lowercase()).is_ok()
}

/// The span without white space, and without words that only lead to a short form or follow it.
pub(super) fn without_lead(text: &str, span: ByteSpan) -> ByteSpan {
    let mut span = trimmed(text, span);
    while let Some(end) = span.slice(text).find(char::is_whitespace) {
        let word = span.slice(text)[..end].trim_end_matches([',', ':']);
        if LEADING.binary_search(&word).is_err() {
            break;
        }
        span = trimmed(text, ByteSpan::new(span.start + end, span.end));
    }
    for trailing in TRAILING.iter().copied() {
        if let Some(length) = before(span.slice(text), trailing) {
            span = trimmed(text, ByteSpan::new(span.start, span.start + length));
        }
    }
    span
}

/// The length of what stands before some words at the end of a text, with any white space between them.
fn before(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for word in words.rsplit(' ') {
        rest = rest.trim_end().strip_suffix(word)?;
        if !rest.ends_with(char::is_whitespace) {
            return None;
        }
    }
    Some(rest.len())
}

/// Whether a long form that begins with `word` and goes on with `next` begins wrongly.
pub(super) fn is_edge(word: &str, next: &str) -> bool {
    let word = word.to_lowercase();
    EDGES.binary_search(&&*word).is_ok() || word == "in" && !AFTER_IN.contains(&next)
}

/// Whether what looks like a short form is a remark: "Fig. 2".
pub(super) fn is_no_short_form(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let first = text[..end].to_lowercase();
    let is_alone = end == text.len();
    // A word in capitals may be a short form ("AGE"); with a number it is none ("Fig. 2").
    REMARKS.binary_search(&&*first).is_ok() && !(is_alone && text.chars().all(char::is_uppercase))
}

/// Whether a short form is also an English word.
pub fn is_common_word(text: &str) -> bool {
    COMMON.binary_search(&&*text.to_lowercase()).is_ok()
}

/// How many words on each side of a short form are looked at.
const NEIGHBOURS: usize = 3;

/// How many bytes on each side are looked at.
const NEAR: usize = 60;

/// Whether `span` of `text` stands among words in capitals, so that its own say nothing: two or more of
/// the words around it have four letters or more, and most are in capitals.
pub fn is_in_capitals(text: &str, span: ByteSpan) -> bool {
    let before = &text[text.ceil_char_boundary(span.start.saturating_sub(NEAR))..span.start];
    let after = &text[span.end..text.floor_char_boundary(span.end + NEAR)];
    let ends = |c: char| !c.is_alphabetic();
    let near = before.rsplit(ends).filter(|word| !word.is_empty()).take(NEIGHBOURS);
    let near = near.chain(after.split(ends).filter(|word| !word.is_empty()).take(NEIGHBOURS));
    let (mut capitals, mut small, mut long) = (0, 0, 0);
    for word in near {
        if word.chars().all(char::is_uppercase) {
            capitals += 1;
            long += usize::from(word.chars().count() >= 4);
        } else {
            small += 1;
        }
    }
    long > 0 && capitals > small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [LEADING, TRAILING, EDGES, AFTER_IN, REMARKS, COMMON, COURSES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn capitals_say_nothing_among_capitals() {
        let among = |text: &str, word: &str| {
            let start = text.find(word).unwrap();
            is_in_capitals(text, ByteSpan::new(start, start + word.len()))
        };
        assert!(among("FIT PATIENTS WERE EXCLUDED", "FIT"));
        assert!(among("x. NOT FIT. THESE CHILDREN WERE ILL", "FIT"));
        assert!(!among("Patients with FIT were ill", "FIT"));
        assert!(!among("AML, FIT and CML", "FIT"));
        assert!(!among("FIT", "FIT"));
    }
}
