//! 1. Text to sentences with offsets.
//!
//! Rules, not a model: a sentence ends at `.`, `?` or `!` before a space and something that can
//! begin a sentence, unless the full stop belongs to an abbreviation, an initial or the number of a
//! list item. Lines are sentences of their own (headings, list items, the fields of a clinical
//! note) unless they look like the hard-wrapped lines of one paragraph. A sentence longer than
//! [`LONGEST`] is split between words, at the best place there is: nothing is ever dropped.

mod words;

use bioner_documents::ByteSpan;
use words::{ABBREVIATIONS, NEVER_LAST, STARTERS};

/// The length in bytes above which a sentence is split. Biomedical sentences of twice this length
/// are lists in all but name, and a short context keeps the model fast and its memory small.
pub const LONGEST: usize = 900;

/// The length above which a line may be one of a hard-wrapped paragraph's.
const WRAPPED_LINE: usize = 55;

/// The sentences of a text, in order: disjoint, without white space at their ends, and together
/// covering everything that is not white space.
pub fn sentences(text: &str) -> Vec<ByteSpan> {
    let mut spans = Vec::new();
    for paragraph in paragraphs(text) {
        for sentence in split_at_stops(text, paragraph) {
            split_long(text, sentence, &mut spans);
        }
    }
    spans
}

/// Lines, with those of a hard-wrapped paragraph joined.
fn paragraphs(text: &str) -> Vec<ByteSpan> {
    let mut paragraphs: Vec<ByteSpan> = Vec::new();
    let mut after_blank = true;
    // The last line added, which the next one may go on.
    let mut last_line = ByteSpan::new(0, 0);
    for line in lines(text) {
        let line = trimmed(text, line);
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if !after_blank && goes_on(last_line.slice(text), line.slice(text)) => {
                paragraph.end = line.end;
            }
            _ => paragraphs.push(line),
        }
        last_line = line;
        after_blank = false;
    }
    paragraphs
}

/// The lines of a text without their ends: LF, CRLF, CR, and Unicode's line separators.
fn lines(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let mut start = 0;
    let is_break =
        |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.match_indices(is_break)
        .chain(std::iter::once((text.len(), "")))
        .map(move |(at, end)| {
            let line = ByteSpan::new(start, at);
            start = at + end.len();
            line
        })
        .scan(false, {
            // The empty line between CR and LF is no blank line.
            let bytes = text.as_bytes();
            move |_, line| {
                let within_crlf = line.is_empty()
                    && line.start > 0
                    && bytes[line.start - 1] == b'\r'
                    && bytes.get(line.start) == Some(&b'\n');
                Some((line, within_crlf))
            }
        })
        .filter(|(_, within_crlf)| !within_crlf)
        .map(|(line, _)| line)
}

/// Whether `next` goes on the paragraph of the line `last`.
fn goes_on(last: &str, next: &str) -> bool {
    let ended = last.ends_with(['.', '?', '!', ':', ';', '。']);
    if is_list_item(next) {
        return false;
    }
    let lower = next.starts_with(|c: char| c.is_lowercase());
    // A full line that stops in the middle of a sentence, or one that the next visibly continues.
    let full = last.len() >= WRAPPED_LINE;
    if lower {
        !ended && last.len() >= WRAPPED_LINE / 2
    } else {
        full && (!ended || last.ends_with(['.', '?', '!']))
    }
}

/// Whether a line begins like an item of a list: `- x`, `• x`, `3. x`, `(b) x`.
fn is_list_item(line: &str) -> bool {
    let Some((first, rest)) = line.split_once([' ', '\t']) else { return false };
    !rest.is_empty()
        && (matches!(first, "-" | "*" | "•" | "·" | "–" | "—" | "+" | "o") || is_enumerator(first))
}

/// Whether a word numbers an item: `3.`, `3)`, `(3)`, `iv.`, `b)`.
fn is_enumerator(word: &str) -> bool {
    let inner = word.strip_prefix('(').unwrap_or(word);
    let Some(inner) = inner.strip_suffix(['.', ')', ':']) else { return false };
    let number = inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let roman = inner.len() <= 4 && inner.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic());
    !inner.is_empty() && (number || roman || (letter && !word.ends_with('.')))
}

fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let slice = span.slice(text);
    let start = span.start + (slice.len() - slice.trim_start_matches(blank).len());
    let end = span.end - (slice.len() - slice.trim_end_matches(blank).len());
    if start < end { ByteSpan::new(start, end) } else { ByteSpan::new(span.start, span.start) }
}

/// Splits a paragraph after each stop that ends a sentence.
fn split_at_stops(text: &str, paragraph: ByteSpan) -> Vec<ByteSpan> {
    let slice = paragraph.slice(text);
    let mut spans = Vec::new();
    let mut start = 0;
    let mut characters = slice.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if !matches!(character, '.' | '?' | '!' | '。' | '！' | '？') {
            continue;
        }
        let mut end = at + character.len_utf8();
        while let Some(&(next_at, next)) = characters.peek()
            && is_closing(next)
        {
            end = next_at + next.len_utf8();
            characters.next();
        }
        if ends_sentence(&slice[start..], at - start, end - start, character) {
            spans.push(trimmed(text, ByteSpan::new(start, end).shifted(paragraph.start)));
            start = end;
        }
    }
    spans.push(trimmed(text, ByteSpan::new(start, slice.len()).shifted(paragraph.start)));
    spans.retain(|span| !span.is_empty());
    spans
}

/// What may stand between a stop and the space after it.
fn is_closing(character: char) -> bool {
    matches!(
        character,
        '.' | '?' | '!' | '"' | '\'' | ')' | ']' | '}' | '»' | '\u{2019}' | '\u{201D}'
    )
}

/// Whether the stop at `at` ends a sentence; `end` is past what closes with it. Both count from the
/// beginning of the sentence so far.
fn ends_sentence(sentence: &str, at: usize, end: usize, stop: char) -> bool {
    let rest = &sentence[end..];
    if matches!(stop, '。' | '！' | '？') {
        return true;
    }
    let next = rest.trim_start();
    if next.is_empty() || next.len() == rest.len() {
        return false;
    }
    let before = &sentence[..at];
    let word = last_word(before);
    if stop != '.' {
        return next.starts_with(|c: char| !c.is_lowercase());
    }
    if !begins_sentence(next) {
        return false;
    }
    // "3." or "(b)." at the beginning numbers what follows.
    if before.trim_start().len() <= 3 && is_enumerator(sentence[..=at].trim_start()) {
        return false;
    }
    // Something closes with the stop: `… (see above.) The …`.
    let closed = end > at + 1;
    if !closed && is_abbreviation(word) {
        return is_sentence_starter(next) && !never_ends(word);
    }
    if !closed && is_initial(word) {
        return is_sentence_starter(next);
    }
    true
}

/// The characters since the last space or opening bracket.
fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\u{201C}'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

/// Whether a text begins as a sentence can: no lower-case word, and nothing that goes on a sentence.
fn begins_sentence(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some(c) if c.is_lowercase() => {
            // mRNA, p53 and 5-FU begin sentences too; ordinary lower-case words do not.
            text.chars()
                .take_while(|c| !c.is_whitespace())
                .any(|c| c.is_uppercase() || c.is_ascii_digit())
        }
        Some(c) if c.is_alphanumeric() => true,
        Some(
            '(' | '[' | '"' | '\'' | '\u{201C}' | '\u{2018}' | '«' | '-' | '\u{2013}' | '\u{2014}'
            | '•' | '*' | '#' | '+',
        ) => true,
        Some(c) => !c.is_ascii_punctuation(),
        None => false,
    }
}

/// A single capital letter before a full stop: an initial, or the letter of `hepatitis B`.
fn is_initial(word: &str) -> bool {
    let letter = word.rsplit(['.', '-']).next().unwrap_or(word);
    letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a word before a full stop abbreviates.
fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_lowercase();
    // e.g, i.e, b.i.d, U.S: letters with stops between them.
    let dotted = lower.contains('.')
        && lower.split('.').all(|part| part.chars().count() <= 1 || part.len() <= 2);
    let dotted = dotted && lower.chars().all(|c| c == '.' || c.is_alphabetic());
    dotted || ABBREVIATIONS.binary_search(&lower.as_str()).is_ok()
}

/// Abbreviations that always have something after them.
fn never_ends(word: &str) -> bool {
    NEVER_LAST.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Whether a text begins with a word that is capitalised only because a sentence begins.
fn is_sentence_starter(text: &str) -> bool {
    let word: &str = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    STARTERS.binary_search(&word).is_ok()
}

/// Splits a sentence that is too long, between words, preferably after `;`, then `,`, then a space.
fn split_long(text: &str, mut sentence: ByteSpan, spans: &mut Vec<ByteSpan>) {
    while sentence.len() > LONGEST {
        let slice = sentence.slice(text);
        let window = &slice[..floor_char_boundary(slice, LONGEST)];
        // Pieces of less than half the length would cost context for nothing.
        let half = floor_char_boundary(window, LONGEST / 2);
        let cut = [";", ",", ")"]
            .iter()
            .filter_map(|mark| {
                window[half..]
                    .rmatch_indices(*mark)
                    .map(|(at, _)| half + at + 1)
                    .find(|&at| window[at..].starts_with(char::is_whitespace))
            })
            .next()
            .or_else(|| window.rfind(char::is_whitespace).filter(|&at| at > 0))
            .unwrap_or_else(|| end_of_piece(slice, window.len()));
        let (head, tail) = (ByteSpan::new(0, cut), ByteSpan::new(cut, slice.len()));
        let head = trimmed(text, head.shifted(sentence.start));
        if !head.is_empty() {
            spans.push(head);
        }
        sentence = trimmed(text, tail.shifted(sentence.start));
    }
    if !sentence.is_empty() {
        spans.push(sentence);
    }
}

/// Where to cut text that has no space before `limit`: before the last symbol if there is one
/// (between the bases of a sequence there is none), else at `limit` itself.
fn end_of_piece(slice: &str, limit: usize) -> usize {
    let window = &slice[..limit];
    window.rfind(|c: char| !c.is_alphanumeric()).filter(|&at| at > limit / 2).unwrap_or(limit)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn tables_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted() && NEVER_LAST.is_sorted() && STARTERS.is_sorted());
    }

    #[test]
    fn stops_end_sentences() {
        assert_eq!(
            split(
                "Selegiline was given. Did it help? No! It fell to 0.5 mg/dl (see above.) Then it rose."
            ),
            [
                "Selegiline was given.",
                "Did it help?",
                "No!",
                "It fell to 0.5 mg/dl (see above.)",
                "Then it rose."
            ]
        );
    }

    #[test]
    fn stops_apart_from_their_word_end_sentences_too() {
        assert_eq!(
            split("It is mutated in cancer . However, it is not ."),
            ["It is mutated in cancer .", "However, it is not ."]
        );
    }

    #[test]
    fn abbreviations_decimals_and_names_do_not() {
        for text in [
            "As shown by Smith et al. (2004) in Fig. 2, E. coli and S. Typhimurium grew.",
            "Dr. Jones gave 2.5 mg b.i.d. Metoprolol, i.e. a beta blocker, vs. Placebo.",
            "Levels rose (approx. 3.5-fold, P < .05) in Mycobacterium sp. JLS.",
            "J. R. Smith described it.",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn an_abbreviation_may_end_a_sentence_before_a_starter() {
        assert_eq!(
            split("They had hepatitis B. The others did not."),
            ["They had hepatitis B.", "The others did not."]
        );
        assert_eq!(
            split("As found by Lee et al. These data agree."),
            ["As found by Lee et al.", "These data agree."]
        );
    }

    #[test]
    fn lower_case_symbols_begin_sentences() {
        assert_eq!(
            split("We looked at it. p53 was lost. mRNA was not."),
            ["We looked at it.", "p53 was lost.", "mRNA was not."]
        );
    }

    #[test]
    fn headings_lists_and_fields_are_sentences_of_their_own() {
        let text = "MEDICATIONS\r\n1. Metoprolol 25 mg daily\r\n2. Aspirin\r\n\r\n- no known allergies\r\n- asthma\rDiagnosis: COPD\n";
        assert_eq!(
            split(text),
            [
                "MEDICATIONS",
                "1. Metoprolol 25 mg daily",
                "2. Aspirin",
                "- no known allergies",
                "- asthma",
                "Diagnosis: COPD"
            ]
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The patient was admitted with severe postural hypotension and\nParkinson's disease, for which selegiline had been prescribed by\nhis doctor. He recovered.";
        let stop = text.find(" He").unwrap();
        assert_eq!(split(text), [&text[..stop], "He recovered."]);
    }

    #[test]
    fn overlong_sentences_are_split_between_words() {
        let text = "aspirin and ibuprofen, ".repeat(200);
        let parts = sentences(&text);
        assert!(parts.len() > 4);
        for part in &parts {
            assert!(part.len() <= LONGEST);
            assert!(part.slice(&text).ends_with("ibuprofen,"), "{:?}", part.slice(&text));
        }
    }

    #[test]
    fn one_endless_word_is_split_all_the_same() {
        let text = "é".repeat(5000);
        let parts = sentences(&text);
        assert_eq!(parts.iter().map(|part| part.len()).sum::<usize>(), text.len());
        assert!(parts.iter().all(|part| part.len() <= LONGEST));
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "([A-Za-z.?! \\n\\r\\t(),;0-9é。-]|\\PC){0,300}") {
            let spans = sentences(&text);
            let mut end = 0;
            for span in &spans {
                prop_assert!(span.start >= end && span.start < span.end);
                prop_assert!(text[end..span.start].chars().all(|c| c.is_whitespace() || c.is_control()));
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                end = span.end;
            }
            prop_assert!(text[end..].chars().all(|c| c.is_whitespace() || c.is_control()));
        }
    }
}
