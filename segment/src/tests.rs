use super::line_words::{NOUNS, UNFINISHED};
use super::stop_words::{ABBREVIATIONS, COUNTED, NEVER_LAST, STARTERS};
use super::*;
use proptest::prelude::*;

/// The sentences of a text, which are the same with other spaces in it.
#[track_caller]
fn split(text: &str) -> Vec<&str> {
    let of = |text: &str| -> Vec<String> {
        sentences(text).into_iter().map(|span| span.slice(text).to_owned()).collect()
    };
    let found: Vec<&str> = sentences(text).into_iter().map(|span| span.slice(text)).collect();
    for space in ["\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", "  "] {
        let spaced = text.replace(' ', space);
        // The longest sentence is counted in bytes, which other spaces have more of.
        if spaced.len() <= MAX_SENTENCE {
            let expected: Vec<String> = found.iter().map(|one| one.replace(' ', space)).collect();
            assert_eq!(of(&spaced), expected);
        }
    }
    found
}

#[test]
fn tables_are_sorted() {
    for table in [ABBREVIATIONS, COUNTED, NEVER_LAST, NOUNS, STARTERS, UNFINISHED] {
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
fn text_in_small_letters_behind_a_heading_is_a_sentence_of_its_own() {
    for text in
        ["Family history\nfather had gout", "FH\nmother had lupus", "ALLERGIES:\nnone known"]
    {
        assert_eq!(split(text), text.split('\n').collect::<Vec<_>>());
    }
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
        assert!(part.len() <= MAX_SENTENCE);
        assert!(part.slice(&text).ends_with("ibuprofen,"), "{:?}", part.slice(&text));
    }
}

#[test]
fn one_endless_word_is_split_all_the_same() {
    let text = "é".repeat(5000);
    let parts = sentences(&text);
    assert_eq!(parts.iter().map(|part| part.len()).sum::<usize>(), text.len());
    assert!(parts.iter().all(|part| part.len() <= MAX_SENTENCE));
}

#[test]
fn the_value_of_a_header_field_may_stand_on_the_next_line() {
    assert_eq!(
        split("Ward:\nStroke Unit\nDiagnosis:\nCroup\nSex:\nF\nMumps was seen"),
        ["Ward:\nStroke Unit", "Diagnosis:", "Croup", "Sex:\nF", "Mumps was seen"]
    );
    for text in [
        "Ward:\nDiagnosis: croup",
        "Ward:\n- croup",
        "Ward:\n\nStroke Unit",
        "Ward:\nThe boy was brought in with croup, which had begun at night.",
        "ward:\nCroup",
    ] {
        assert!(split(text).len() > 1, "{text}");
    }
}

#[test]
fn dashes_part_an_enumeration_and_pipes_a_row() {
    let items = ["croup", "mumps", "rickets", "scurvy", "gout", "measles", "scabies", "asthma"];
    let text = [&items[..], &items[..]].concat().join(" – ");
    assert_eq!(split(&text).len(), 3);
    assert_eq!(split("croup:1|mumps:2|gout:3|rash:4"), ["croup:1", "mumps:2", "gout:3", "rash:4"]);
    assert_eq!(split("the P(a|b) of it"), ["the P(a|b) of it"]);
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

#[test]
fn items_of_a_list_stay_apart() {
    for text in [
        "Chronic kidney disease, stage 4, followed by the nephrologist of the clinic\nGout of the first toe, now quiet under allopurinol 300 mg each morning\nAsthma since childhood, rarely in need of any inhaler these last years",
        "aspirin 81 mg daily\nmetoprolol 25 mg twice daily with food\nsenna at bedtime",
        "Penicillin\nSulfa\nLatex",
        "Ibuprofen overdose in a teenager with depression and alcohol dependence\n12 tablets were taken an hour before",
        "-aspirin\n-metoprolol",
        "• gout\n• asthma",
        "Allergies:\nSulfa",
    ] {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(split(text), lines);
    }
}

#[test]
fn wrapped_prose_is_joined_before_a_capital_too() {
    for text in [
        "The patient, who had been well until the week before, was then treated with\nWarfarin for a thrombosis of the left leg",
        "A woman of 60 years came to the clinic for the treatment of her severe\nParkinson disease and of her gout",
        "Her platelets fell after the infusion was begun and the physician in charge\nVancomycin and all other drugs at once",
        "He was seen for hypo-\nkalemia",
        "It is caused by anti-\nPD-1 therapy",
        "She was given the following for a cough that had lasted three weeks:"
            .trim_end_matches(':'),
    ] {
        assert_eq!(split(text), [text]);
    }
}

#[test]
fn a_title_is_no_part_of_the_text_under_it() {
    for (title, text) in [
        (
            "Renal failure in patients who were given amphotericin or gentamicin",
            "Sodium was low in 12.",
        ),
        (
            "Seizures after overdose of bupropion in adolescents and young adults",
            "The charts of 30 patients were read, and of these a third had seizures within a day of taking it.",
        ),
        ("Case report", "A man had gout."),
    ] {
        assert_eq!(split(&format!("{title}\n{text}")), [title, text]);
        assert_eq!(split(&format!("{title}\r\n{text}")), [title, text]);
    }
}

#[test]
fn cells_are_sentences() {
    for (text, cells) in [
        ("Drug\tEvent\naspirin\tbleeding", &["Drug", "Event", "aspirin", "bleeding"][..]),
        ("| Drug | Event |\n| aspirin | bleeding |", &["Drug", "Event", "aspirin", "bleeding"]),
        ("Gout      Asthma      Sinusitis", &["Gout", "Asthma", "Sinusitis"]),
        ("Service:   MEDICINE     Sex:   M", &["Service:   MEDICINE", "Sex:   M"]),
        ("1.\tGout", &["1.\tGout"]),
        (
            "Both gout and \tchronic asthma were treated.",
            &["Both gout and \tchronic asthma were treated."],
        ),
        (
            "Gout of the\tfirst toe   and fever were seen.",
            &["Gout of the\tfirst toe   and fever were seen."],
        ),
        ("P(A | B) rose", &["P(A | B) rose"]),
    ] {
        assert_eq!(split(text), cells);
    }
}

#[test]
fn glued_headings_and_labels_are_parted() {
    assert_eq!(
        split("Rash and fever.PAST MEDICAL HISTORY: Gout.MEDICATIONS: Colchicine."),
        ["Rash and fever.", "PAST MEDICAL HISTORY: Gout.", "MEDICATIONS: Colchicine."]
    );
    assert_eq!(
        split("ObjectivesHeparin can cause harm.ResultsPlatelets fell.ConclusionAvoid heparin."),
        [
            "Objectives",
            "Heparin can cause harm.",
            "Results",
            "Platelets fell.",
            "Conclusion",
            "Avoid heparin."
        ]
    );
    assert_eq!(
        split("PURPOSE:Digoxin is old.RESULTS:It works."),
        ["PURPOSE:Digoxin is old.", "RESULTS:It works."]
    );
    assert_eq!(split("It was withheld.The rash faded."), ["It was withheld.", "The rash faded."]);
    for text in ["See www.Example.org and E.Coli.", "Methodscience"] {
        assert_eq!(split(text), [text]);
    }
}

#[test]
fn short_names_and_references_at_a_stop() {
    for text in [
        "Low Vit. D, low Vit. A and Strep. pneumoniae with Staph. aureus and H. pylori.",
        "Dr. Lee gave approx. Two doses.",
    ] {
        assert_eq!(split(text), [text]);
    }
    assert_eq!(
        split("It causes bleeding.5 Heparin is safe."),
        ["It causes bleeding.5", "Heparin is safe."]
    );
    assert_eq!(
        split("It causes bleeding.[5,6] Heparin is safe."),
        ["It causes bleeding.[5,6]", "Heparin is safe."]
    );
    assert_eq!(
        split("It causes bleeding.⁵ Heparin is safe."),
        ["It causes bleeding.⁵", "Heparin is safe."]
    );
}

#[test]
fn long_enumerations_are_cut_and_short_ones_are_not() {
    let list = |count: usize| {
        let items: Vec<String> = (0..count).map(|n| format!("drug{n} 5 mg daily")).collect();
        format!("She was taking {}.", items.join(", "))
    };
    assert_eq!(split(&list(8)).len(), 1);
    for count in [9, 20, 40] {
        let text = list(count);
        let parts = split(&text);
        assert!(parts.len() > 1);
        for part in parts {
            assert!(part.matches("drug").count() <= 6, "{part}");
        }
    }
}

#[test]
fn enumerations_are_cut_whatever_parts_their_items() {
    let names =
        ["gold", "silver", "copper", "nickel", "cobalt", "radium", "barium", "cesium", "zinc"];
    // Tight commas need words of four letters beside them.
    for between in [",", ", ", "; ", " / ", " • "] {
        assert_eq!(split(&names.join(between)).len(), 2, "{between}");
    }
    for number in [|n| format!(" {n}) "), |n| format!(" ({n}) "), |n| format!(", {n}) ")] {
        let items: Vec<String> =
            names.iter().enumerate().map(|(n, name)| number(n + 1) + name).collect();
        let text = format!("They had{}", items.concat());
        let found = split(&text);
        assert_eq!(found.len(), 2, "{text}");
        assert!(found[1].trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit()));
    }
    for text in ["N,N-dimethyl and 1,2,3,4,5,6,7,8,9,10,11", "a/b/c/d/e/f/g/h/i/j/k"] {
        assert_eq!(split(text).len(), 1);
    }
}

#[test]
fn numbered_items_in_running_text_are_sentences() {
    assert_eq!(
        split("Plan: 1. Ibuprofen 2. Iron 3. Rest in bed. 4. Review"),
        ["Plan:", "1. Ibuprofen", "2. Iron", "3. Rest in bed.", "4. Review"]
    );
    assert_eq!(split("1. Scabies in group 2. It"), ["1. Scabies in group 2.", "It"]);
    assert_eq!(split("We saw 12. Croup was rare."), ["We saw 12.", "Croup was rare."]);
}

#[test]
fn a_short_line_goes_on_with_the_verb_of_its_sentence() {
    let text = "Rates of heart\nblock were low in those given oral\nprocainamide.";
    assert_eq!(split(text), [text]);
    let list = "Reviewed\ncroup\nscabies\nReturned home";
    assert_eq!(split(list), ["Reviewed", "croup", "scabies", "Returned home"]);
}

#[test]
fn a_long_text_takes_no_longer_than_its_length() {
    // Time that grew with the square would be hours.
    for piece in
        ["a.", "aa.Bb", "x.\"", "a:\tb:\t", "1. A 2. B ", "a | ", "what was ", "abc.ABC DEF "]
    {
        let text = format!("{}\nAspirin", piece.repeat(1_000_000 / piece.len()));
        let end = sentences(&text).last().expect("there are sentences").end;
        assert_eq!(end, text.len(), "{piece}");
    }
}
