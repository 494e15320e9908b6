//! Questions and their answers, which belong together: "Diabetes? No."

use std::ops::Range;

use crate::rules::rules;
use crate::words::{Kind, Word, words};

/// The sentences of a text, each question with the answer behind it as one, and question marks before
/// a sentence with it.
pub fn with_answers(text: &str, sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        match joined.last_mut() {
            Some(last) if belongs(text, last, sentence) => last.end = sentence.end,
            _ => joined.push(sentence.clone()),
        }
    }
    joined
}

/// Whether a sentence is the answer to the one before, or what its question mark is about.
fn belongs(text: &str, before: &Range<usize>, sentence: &Range<usize>) -> bool {
    let slice = text.get(before.clone()).unwrap_or_default().trim_end();
    let between = text.get(before.start + slice.len()..sentence.start);
    let (true, Some(between)) = (slice.ends_with('?'), between) else { return false };
    let in_doubt = slice.trim_start().trim_matches('?').is_empty() && !between.contains('\n');
    in_doubt || is_answer(text, &words(text, sentence.clone()))
}

/// Whether words begin with an answer that stands by itself: "No.", "Yes, since May", but not "No
/// cough".
fn is_answer(text: &str, words: &[Word]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let alone =
        rest.first().is_none_or(|word| matches!(word.kind, Kind::Mark('.' | ',' | ';' | '!')));
    alone && rules().answers(&text[first.span.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(sentences: &[&str]) -> Vec<String> {
        let text = sentences.concat();
        let mut from = 0;
        let spans: Vec<Range<usize>> = sentences
            .iter()
            .map(|sentence| {
                from += sentence.len();
                from - sentence.len()..from
            })
            .collect();
        with_answers(&text, &spans).into_iter().map(|span| text[span].to_owned()).collect()
    }

    #[test]
    fn an_answer_belongs_to_its_question() {
        assert_eq!(joined(&["Gout? ", "No. ", "Rash? ", "Yes."]), ["Gout? No. ", "Rash? Yes."]);
        assert_eq!(joined(&["Gout? ", "No, but a rash."]), ["Gout? No, but a rash."]);
        assert_eq!(joined(&["?? ", "Gout. ", "No."]), ["?? Gout. ", "No."]);
    }

    #[test]
    fn what_is_no_answer_stands_by_itself() {
        assert_eq!(joined(&["Gout? ", "No rash."]), ["Gout? ", "No rash."]);
        assert_eq!(joined(&["Gout. ", "No."]), ["Gout. ", "No."]);
        assert_eq!(joined(&["??\n", "Gout"]), ["??\n", "Gout"]);
        assert_eq!(with_answers("é?", &[0..1, 1..3, 7..9]), [0..1, 1..3, 7..9]);
    }
}
