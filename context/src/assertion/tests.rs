use proptest::prelude::*;

use super::*;
use crate::sections::sections;

mod absences;
mod drugs;
mod names;
mod people;
mod scopes;
mod signs;
mod times;

/// A text with its mentions in braces: `{pneumonia|absent family}`. What is not named is the default.
fn marked(marked: &str) -> (String, Vec<Range<usize>>, Vec<String>) {
    let (mut text, mut mentions, mut expected) = (String::new(), Vec::new(), Vec::new());
    for part in marked.split('{') {
        let Some((mention, rest)) = part.split_once('}') else {
            text.push_str(part);
            continue;
        };
        let (name, says) = mention.split_once('|').unwrap_or((mention, ""));
        mentions.push(text.len()..text.len() + name.len());
        expected.push(says.to_owned());
        text.push_str(name);
        text.push_str(rest);
    }
    (text, mentions, expected)
}

/// Sentences end at line breaks and behind ". " and "? ".
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = 0;
    let ends = text.match_indices(['\n', '.', '?']).map(|(at, _)| at + 1).chain([text.len()]);
    for end in ends {
        let spaced = text[end..].starts_with(|c: char| c.is_whitespace() && c != '\n');
        let whole = end == text.len() || spaced || text[..end].ends_with('\n');
        let blank = text[start..end].trim().is_empty();
        if whole && !blank {
            spans.push(start..end);
        }
        if whole || blank {
            start = end;
        }
    }
    spans
}

/// All of a text.
fn whole(text: &str) -> Vec<Range<usize>> {
    std::iter::once(0..text.len()).collect()
}

fn said(status: Status) -> String {
    let defaults = Status::default();
    let mut said = Vec::new();
    if status.assertion != defaults.assertion {
        said.push(status.assertion.name());
    }
    if status.temporality != defaults.temporality {
        said.push(status.temporality.name());
    }
    if status.experiencer != defaults.experiencer {
        said.push(status.experiencer.name());
    }
    said.join(" ")
}

/// What each mention of a text is said to be, with any spaces between its words.
#[track_caller]
fn check(texts: &[&str]) {
    for text in texts {
        let (_, _, expected) = marked(text);
        for space in [" ", "\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", "  "] {
            let (plain, mentions, _) = marked(&with_spaces(text, space));
            let spans = sentences(&plain);
            let found = assert(&plain, &spans, &sections(&plain, &spans), &mentions);
            let found: Vec<String> = found.into_iter().map(said).collect();
            assert_eq!(found, expected, "{text} with {space:?}");
        }
    }
}

/// A marked text with other spaces, but not in what is said of its mentions.
fn with_spaces(marked: &str, space: &str) -> String {
    let mut within = false;
    let parts = marked.split_inclusive(['|', '}']).map(|part| {
        let kept = within && part.ends_with('}');
        within = part.ends_with('|');
        if kept { part.to_owned() } else { part.replace(' ', space) }
    });
    parts.collect()
}

#[test]
fn a_negation_reaches_all_of_a_list() {
    check(&[
        "Without {fever|absent}, {chills|absent}, or {rash|absent}.",
        "No {fever|absent}, {sweats|absent} or {weight loss|absent} over the summer.",
        "She denies any {headache|absent} and {double vision|absent}.",
        "He was not {jaundiced|absent}, nor was he {confused|absent}.",
        "The patient denies:\n- {chest pain|absent}\n- {dyspnea|absent}\nShe has {gout}.",
        "Neither {edema|absent} nor {cyanosis|absent} was seen.",
    ]);
}

#[test]
fn a_scope_ends_where_the_text_turns() {
    check(&[
        "Denies {chest pain|absent} but reports {cough}.",
        "No {fever|absent}. {Cough} for a week.",
        "No {nausea|absent}; {vomiting} twice.",
        "Without {asthma|absent}, presenting with {wheeze}.",
        "No {edema|absent}, however there is a {rash}.",
        "No {trauma|absent} \u{2022} {bruise} on the left arm",
        "No {stroke|absent}, although a {tremor} was noted.",
        "There was no {bleeding|absent} except for {petechiae}.",
        "She has no {ulcer|absent} and has {gastritis}.",
        "No {murmur|absent} (no {thrill|absent}), {tachycardia} persists",
        "He has {asthma} (denies {wheeze|absent}) and {eczema}.",
        "The {fall} was not witnessed.",
    ]);
}

#[test]
fn what_looks_like_negation_is_none() {
    check(&[
        "Not only {asthma} but also {COPD}.",
        "No change in the {effusion}.",
        "Gram negative {sepsis}.",
        "No improvement of the {rash}.",
        "She walks without difficulty despite {arthritis}.",
        "There is no doubt about the {melanoma}.",
        "{Diabetes} not well controlled.",
        "CT without contrast for {headache}.",
    ]);
}

#[test]
fn triggers_behind_a_mention_count() {
    check(&[
        "{Pneumonia|absent} was ruled out.",
        "{Pneumonia|absent} and {empyema|absent} have been ruled out.",
        "{Stroke|absent} is excluded.",
        "His {nausea|absent} has resolved.",
        "{Fever|absent}: none.",
        "Screen for {hepatitis B|absent hypothetical}: negative",
        "{Malignancy|possible} cannot be excluded.",
        "{Pulmonary embolism|possible} is unlikely.",
        "{Appendicitis|possible} has not been ruled out.",
        "He has {gout}; {sepsis|absent} was ruled out.",
    ]);
}

#[test]
fn doubt_is_not_negation() {
    check(&[
        "Rule out {pulmonary embolism|possible}.",
        "R/o {sepsis|possible}.",
        "Possible {lymphoma|possible} of the neck.",
        "This may represent {fibrosis|possible}.",
        "Cannot exclude {abscess|possible}.",
        "Suspicious for {carcinoma|possible}, without {adenopathy|absent}.",
        "He was ruled out for {myocardial infarction|absent}.",
        "No {effusion|absent}, likely {atelectasis|possible}.",
    ]);
}

#[test]
fn history_is_told_from_the_present() {
    check(&[
        "History of {asthma|historical} and {gout|historical}.",
        "Past medical history significant for {stroke|historical}.",
        "A man with a history of {diabetes|historical} who presents with {chest pain}.",
        "Three-day history of {diarrhea}.",
        "Status post {appendectomy|historical}.",
        "She had {measles|historical} as a child.",
        "{Hip fracture|historical} ten years ago.",
        "No history of {epilepsy|absent historical}.",
        "History of present illness: {fever} since Monday.",
        "Past medical history:\n{Hypertension|historical}\n{Gout|historical}\nHospital course:\n{Sepsis} was treated.",
    ]);
}

#[test]
fn conditions_and_risks_are_hypothetical() {
    check(&[
        "Return if you develop {fever|hypothetical} or {bleeding|hypothetical}.",
        "Call for any {shortness of breath|hypothetical}.",
        "Should he develop {rash|hypothetical}, stop the drug.",
        "At risk of {falls|hypothetical}.",
        "{Seizure|hypothetical} precautions.",
        "Heparin to prevent {thrombosis|hypothetical}.",
        "Call your doctor for any of the following:\n- {fever|hypothetical}\n- {chills|hypothetical}",
    ]);
}

#[test]
fn relatives_have_their_own_diseases() {
    check(&[
        "Family history:\n{Diabetes|historical family}\n{Stroke|historical family} in an uncle",
        "FAMILY HISTORY: No {colon cancer|absent historical family}.",
        "Her mother had {breast cancer|family} and {gout|family}.",
        "{Colon cancer|family} in his father.",
        "Father died of {stroke|family}.",
        "Family history of {melanoma|historical family}; the patient has {eczema}.",
        "Her son reports that she has {confusion}.",
        "Lives with her mother. {Asthma} is stable.",
        "Accompanied by her husband for {cough}.",
        "Mother states that he had a {fever}.",
    ]);
}

#[test]
fn sections_decide_where_words_do_not() {
    check(&[
        "Exclusion Criteria:\n- {Pregnancy|absent}\n- No {contraception} used",
        "Inclusion Criteria:\n- {Asthma}\nExclusion Criteria:\n- {COPD|absent}",
        "Family history: {gout|historical family}\nand {stroke|historical family}\n\nSeen today: {rash}",
        "Family history:\n\n{gout|historical family}\n\nPlan:\n{rash}",
        "ALLERGIES: {Penicillin|historical}\nMEDICATIONS: {Aspirin}",
        "Social History: {Smoker|historical}\nPhysical exam: {wheeze}",
    ]);
}

#[test]
fn a_trigger_within_a_mention_is_about_others() {
    check(&[
        "{no acute distress|absent}, {cough|absent}",
        "{Neck supple, without masses}, {goiter|absent}",
        "No {loss of consciousness but confusion|absent}, {nausea|absent}",
    ]);
}

#[test]
fn mentions_keep_their_order_and_may_overlap() {
    let text = "No fever. Severe chest pain.";
    let spans = sentences(text);
    let found = assert(text, &spans, &[], &[17..27, 3..8, 10..27, 3..8]);
    let absent: Vec<bool> = found.iter().map(|s| s.assertion == Assertion::Absent).collect();
    assert_eq!(absent, [false, true, false, true]);
}

#[test]
fn what_does_not_fit_the_text_is_present() {
    let text = "Kein Übel.";
    let found = assert(text, &whole(text), &[], &[6..7, 50..60, 5..5]);
    assert_eq!(found, [Status::default(); 3]);
    assert_eq!(assert(text, &[0..6, 90..95], &[], &whole("Kein")), [Status::default()]);
    assert_eq!(assert("", &[], &[], &[]), []);
}

#[test]
fn a_long_list_is_worked_on_in_a_row() {
    // Each word is passed a fixed number of times; were it not so, this would not end.
    let item = "no history of fever, ";
    let text = item.repeat(20_000);
    let mentions: Vec<Range<usize>> =
        text.match_indices("fever").map(|(at, word)| at..at + word.len()).collect();
    let found = assert(&text, &whole(&text), &[], &mentions);
    assert!(found.iter().all(|status| status.assertion == Assertion::Absent));
    let colons = "PLAN: ".repeat(20_000);
    assert_eq!(sections(&colons, &whole(&colons)).len(), 20_000);
}

const WORDS: &str = "(no|not|denies|but|if|history|of|family|mother|had|ruled|out|was|fever|é|😀|:|,|;|-|\\(|\\)|\\.|PLAN:|\n| ){0,60}";

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,80}", cuts in prop::collection::vec(0_usize..120, 0..12)) {
        let spans: Vec<Range<usize>> = cuts.chunks(2).filter(|c| c.len() == 2).map(|c| c[0]..c[1]).collect();
        let sections = sections(&text, &spans);
        prop_assert_eq!(assert(&text, &spans, &sections, &spans).len(), spans.len());
    }

    #[test]
    fn sections_lie_in_order_and_slice_the_text(text in WORDS) {
        let spans = sentences(&text);
        let sections = sections(&text, &spans);
        for section in &sections {
            prop_assert!(text.get(section.heading.clone()).is_some_and(|heading| !heading.is_empty()));
            prop_assert!(section.span.start == section.heading.start && section.heading.end <= section.span.end);
        }
        prop_assert!(sections.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
    }

    #[test]
    fn a_mention_does_not_depend_on_the_order_of_others(text in WORDS) {
        let spans = sentences(&text);
        let mentions: Vec<Range<usize>> =
            text.match_indices("fever").map(|(at, word)| at..at + word.len()).collect();
        let sections = sections(&text, &spans);
        let found = assert(&text, &spans, &sections, &mentions);
        let reversed: Vec<Range<usize>> = mentions.iter().rev().cloned().collect();
        let mut again = assert(&text, &spans, &sections, &reversed);
        again.reverse();
        prop_assert_eq!(found, again);
    }
}
