use super::*;

/// The headings of a text, which are the same with other spaces in it, and what they are.
#[track_caller]
fn of(text: &str) -> Vec<(&str, Option<&str>)> {
    let found = headings_of(text);
    for space in ["\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", "  "] {
        let spaced = text.replace(' ', space);
        let headings: Vec<String> = found.iter().map(|one| one.0.replace(' ', space)).collect();
        let expected: Vec<_> =
            headings.iter().zip(&found).map(|(heading, one)| (heading.as_str(), one.1)).collect();
        assert_eq!(headings_of(&spaced), expected);
    }
    found
}

fn headings_of(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        sentences.push(start..start + line.trim_end().len());
        start += line.len();
    }
    let sections = sections(text, &sentences);
    sections
        .into_iter()
        .map(|section| (&text[section.heading], section.kind.map(|kind| kind.name.as_str())))
        .collect()
}

#[test]
fn the_file_of_sections_names_each_heading_once() {
    let mut seen = std::collections::HashSet::new();
    for kind in kinds::all() {
        assert!(!kind.headings.is_empty());
        for heading in &kind.headings {
            assert_eq!(headings::normal(heading).as_deref(), Some(heading.as_str()));
            assert!(seen.insert(heading), "{heading}");
        }
    }
}

#[test]
fn codes_are_those_of_loinc() {
    for code in kinds::all().iter().filter_map(|kind| kind.loinc.as_deref()) {
        let (number, check) = code.split_once('-').expect("a check digit");
        // Mod 10: every second digit from the right is doubled, their digits added.
        let sum: u32 = number
            .chars()
            .rev()
            .enumerate()
            .map(|(at, digit)| {
                let digit = digit.to_digit(10).expect("a digit");
                let value = if at % 2 == 0 { digit * 2 } else { digit };
                value / 10 + value % 10
            })
            .sum();
        assert_eq!((10 - sum % 10) % 10, check.parse::<u32>().expect("a digit"), "{code}");
    }
}

#[test]
fn headings_of_notes_abstracts_and_trials_begin_sections() {
    assert_eq!(
        of("Chief Complaint: fever\nasthma\nFamily Hx: gout\nHEENT: clear"),
        [
            ("Chief Complaint", Some("chief complaint")),
            ("Family Hx", Some("family history")),
            ("HEENT", Some("physical examination")),
        ]
    );
    assert_eq!(
        of("BACKGROUND: a\nMETHODS: b\nCONCLUSIONS: c"),
        [
            ("BACKGROUND", Some("background")),
            ("METHODS", Some("methods")),
            ("CONCLUSIONS", Some("conclusions"))
        ]
    );
    assert_eq!(
        of("Inclusion Criteria:\nasthma\nExclusion Criteria:\nCOPD"),
        [
            ("Inclusion Criteria", Some("inclusion criteria")),
            ("Exclusion Criteria", Some("exclusion criteria"))
        ]
    );
}

#[test]
fn a_plan_is_a_heading_without_a_colon() {
    let plan = Some("plan of treatment");
    assert_eq!(of("Plan\nRest."), [("Plan", plan)]);
    assert_eq!(
        of("PLAN\nRest.\nFollow-up plan\nRest."),
        [("PLAN", plan), ("Follow-up plan", plan)]
    );
    assert_eq!(of("Plan to rest.\nlabs"), []);
}

#[test]
fn a_short_name_alone_on_its_line_is_a_heading() {
    let family = Some("family history");
    let past = Some("past medical history");
    assert_eq!(of("FH\n- lupus\n- gout"), [("FH", family)]);
    assert_eq!(
        of("Allergies:\n  Latex - hives\n\nPMH\n- HTN\n- CAD\nFHx\nnone"),
        [("Allergies", Some("allergies")), ("PMH", past), ("FHx", family)]
    );
    assert_eq!(
        of("HPI\ncough\nROS\nfever\nMeds\naspirin\nMEDS\naspirin\nPMHx\ngout"),
        [
            ("HPI", Some("history of present illness")),
            ("ROS", Some("review of systems")),
            ("Meds", Some("medications")),
            ("MEDS", Some("medications")),
            ("PMHx", past),
        ]
    );
    assert_eq!(of("meds\nros\nFH gene\nFH, VHL\nPE\nCC\nAKI"), []);
}

#[test]
fn a_problem_is_no_section() {
    let course = ("Hospital Course", Some("hospital course"));
    assert_eq!(
        of("Hospital Course:\n#AKI: likely prerenal\n# COPD: stable\nHe ate.\nPlan: rest"),
        [course, ("Plan", Some("plan of treatment"))]
    );
    assert_eq!(of("Hospital Course:\n#NEURO: awake\n# Cardiac: stable\n#Lungs: clear"), [course]);
    assert_eq!(
        of("Plan:\n#1. CHF: diuresis\n#2 AKI: fluids\n# DISCHARGE MEDICATIONS: none"),
        [
            ("Plan", Some("plan of treatment")),
            ("DISCHARGE MEDICATIONS", Some("discharge medications"))
        ]
    );
    // With more than one mark, or where no section is known, it may be a title.
    assert_eq!(
        of("Plan:\n## WOUND CARE: dry"),
        [("Plan", Some("plan of treatment")), ("WOUND CARE", None)]
    );
    assert_eq!(of("# WOUND CARE: dry"), [("WOUND CARE", None)]);
    assert_eq!(of("# Vitals: stable\n# Neuro: awake\n# Plan: rest\n# Exam: well").len(), 4);
}

#[test]
fn headings_stand_within_lines_that_were_joined() {
    assert_eq!(
        of("HISTORY OF PRESENT ILLNESS:    CHIEF COMPLAINT:  Cough."),
        [
            ("HISTORY OF PRESENT ILLNESS", Some("history of present illness")),
            ("CHIEF COMPLAINT", Some("chief complaint"))
        ]
    );
}

#[test]
fn a_name_in_capitals_before_a_colon_is_a_heading_of_its_own() {
    assert_eq!(of("WOUND CARE: dry"), [("WOUND CARE", None)]);
    assert_eq!(of("Wound care: dry"), []);
    assert_eq!(of("Service: MEDICINE"), []);
    assert_eq!(of("We saw: nothing"), []);
}

#[test]
fn a_section_goes_to_the_next_heading() {
    let text = "Before.\nAllergies: none\nPlan: rest";
    let sentences = [0..7, 8..23, 24..34];
    let sections = sections(text, &sentences);
    assert!(section_at(&sections, 3).is_none());
    assert_eq!(section_at(&sections, 20).map(|s| s.span.clone()), Some(8..24));
    assert_eq!(section_at(&sections, 33).map(|s| s.span.clone()), Some(24..34));
}
