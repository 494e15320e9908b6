//! 1. Text to sentences with offsets.
//!
//! Rules, not a model. Lines are sentences of their own (headings, items of a list, fields of a note, a
//! title) unless they are wrapped prose (`lines`); the cells of a table are (`cells`). Within a
//! paragraph a sentence ends at `.`, `?` or `!` before a space and something that can begin a sentence,
//! unless the full stop belongs to an abbreviation, an initial or the number of an item (`stops`). A
//! sentence longer than [`LONGEST`] is split between words, at the best place there is (`long`): nothing
//! is ever dropped but white space and the `|` between cells.

mod cells;
mod lines;
mod long;
mod stops;
mod words;

use bioner_documents::ByteSpan;

/// The length in bytes above which a sentence is split. Biomedical sentences of twice this length
/// are lists in all but name, and a short context keeps the model fast and its memory small.
pub const LONGEST: usize = 900;

/// The sentences of a text, in order: disjoint, without white space at their ends, and together
/// covering everything that is neither white space nor a `|` between the cells of a table.
pub fn sentences(text: &str) -> Vec<ByteSpan> {
    let mut spans = Vec::new();
    for paragraph in paragraphs(text) {
        for sentence in stops::split(text, paragraph) {
            long::split(text, sentence, &mut spans);
        }
    }
    spans
}

/// Paragraphs, items, headings and cells.
fn paragraphs(text: &str) -> Vec<ByteSpan> {
    let mut paragraphs: Vec<ByteSpan> = Vec::new();
    for block in lines::blocks(text) {
        let rows = cells::rows(text, &block);
        let joins = lines::joins(text, &block, &rows);
        for (at, row) in rows.iter().enumerate() {
            let goes_on = at > 0 && joins[at - 1];
            match paragraphs.last_mut() {
                Some(paragraph) if goes_on => paragraph.end = block[at].end,
                _ => paragraphs.extend(&row.cells),
            }
        }
    }
    paragraphs
}

fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let slice = span.slice(text);
    let start = span.start + (slice.len() - slice.trim_start_matches(blank).len());
    let end = span.end - (slice.len() - slice.trim_end_matches(blank).len());
    if start < end { ByteSpan::new(start, end) } else { ByteSpan::new(span.start, span.start) }
}

#[cfg(test)]
mod tests {
    use super::words::{ABBREVIATIONS, NEVER_LAST, NOUNS, STARTERS, UNFINISHED};
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn tables_are_sorted() {
        for table in [ABBREVIATIONS, NEVER_LAST, NOUNS, STARTERS, UNFINISHED] {
            assert!(table.is_sorted());
        }
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
        fn nothing_is_lost(text in "([A-Za-z.?! |\\n\\r\\t(),:;0-9é。-]|\\PC){0,300}") {
            let spans = sentences(&text);
            let mut end = 0;
            for span in &spans {
                prop_assert!(span.start >= end && span.start < span.end);
                prop_assert!(text[end..span.start].chars().all(|c| c == '|' || c.is_whitespace() || c.is_control()));
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                end = span.end;
            }
            prop_assert!(text[end..].chars().all(|c| c == '|' || c.is_whitespace() || c.is_control()));
        }
    }
}
