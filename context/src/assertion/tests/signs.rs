//! Signs, boxes, answers, and the short ways of notes.

use super::check;

#[test]
fn a_sign_stands_before_or_behind() {
    check(&[
        "(-) {chills|absent}",
        "{chills|absent} (-)",
        "(+) {cough}, {wheeze}, (-) {chills|absent}, {sweats|absent}",
        "{cough} (+), {chills|absent} (-), {sweats} (+)",
        "{chills|absent} (-) {cough} (+)",
        "(-) {chills|absent} (+) {cough}",
        "{chills|absent} (neg), {cough}",
        "The Gd (-) variant of {anemia} in {favism}.",
        "{Morphine} (-)-enantiomer and {pain}.",
    ]);
}

#[test]
fn a_dash_is_a_sign_only_where_others_stand_by() {
    check(&[
        "-{nausea|absent}, +{vomiting}",
        "ROS: +{cough}, -{chills|absent}, -{sweats|absent}",
        "-{chills|absent}\n-{sweats|absent}\n+{cough}",
        "- {chills}\n- {cough}",
        "-{metformin}\n-{lisinopril}",
        "Plan: -{vancomycin} -{cefepime}",
        "Non-smoker with {asthma}.",
        "She is a non-{smoker|absent} with {asthma}.",
        "{T-cell} counts low, post-{transplant} day 3, +{cough}",
        "{COVID-19} and {cough}, 5-10 days",
        "No CD4+ {T cells|absent} or {plasma cells|absent}.",
    ]);
}

#[test]
fn minus_ve_is_negative() {
    check(&[
        "-ve for {malaria|absent}",
        "{malaria|absent} -ve",
        "{strep|absent} \u{2013}ve, {influenza} +ve",
        "Tested -ve for {syphilis|absent}.",
    ]);
}

#[test]
fn what_is_struck_out_is_absent() {
    check(&[
        "\u{D8} {edema|absent}, {cyanosis|absent}. {Rash} seen.",
        "\u{D8}{edema|absent}, {rash}",
        "\u{2205} {edema|absent}",
        "\u{D8}stergaard reported {asthma}.",
    ]);
}

#[test]
fn boxes_are_ticked_or_not() {
    check(&[
        "[ ] {Gout|absent}\n[x] {Asthma}\n[X] {COPD}",
        "[ ] {Gout|absent} [x] {Asthma} [ ] {COPD|absent}",
        "{Gout|absent} [ ] {Asthma} [x]",
        "\u{2610} {Gout|absent} \u{2611} {Asthma}",
        "{Gout|absent}: [ ] Yes [x] No",
        "{Gout}: [x] Yes [ ] No",
        "der () {syndrome} and {tumor}",
    ]);
}

#[test]
fn fields_and_questions_are_answered() {
    check(&[
        "{Cyanosis|absent}: 0",
        "{Cyanosis|absent}: 0, {rash}: 1",
        "{Lactate}: 0.5 mmol",
        "{Lymph nodes|absent}: zero",
        "{Gout|absent} Y/N: N",
        "{Gout} Y/N: Y",
        "{Gout|absent} (Y/N): N",
        "{Gout|absent}? No.",
        "{Gout|absent}? No. {Asthma}? Yes.",
        "Any {chest pain|absent}? Denies.",
        "{Gout|absent}? No, but has {arthritis}.",
        "{Gout|absent} (no), {asthma} (yes)",
        "{Gout|absent}: (-)",
        "{Gout|possible}? No {tophi|absent}.",
    ]);
}

#[test]
fn ruled_out_is_absent_and_rule_out_is_possible() {
    check(&[
        "{PE|absent} r/o",
        "{PE|absent} was r/o.",
        "{PE|absent} r/o'd, {DVT|absent} r/o by ultrasound",
        "r/o {PE|possible}",
        "{Chest pain} r/o {PE|possible}",
        "{Chest pain}, r/o {PE|possible}",
    ]);
}

#[test]
fn a_negative_result_is_absent() {
    check(&[
        "Negative {D-dimer|absent}.",
        "Labs: negative {urine culture|absent}, {anemia}",
        "He had negative {blood cultures|absent} and {fever}.",
        "{HER2|absent} negative {breast cancer}",
        "{HIV|absent} negative, {cough} since Monday",
        "Negative CT for {PE|absent}.",
        "Impression: negative for {fracture|absent}.",
    ]);
}

#[test]
fn a_mention_may_negate_itself() {
    check(&[
        "{NKDA|absent}",
        "{NKA|absent}. {Rash} today.",
        "{No known allergies|absent}",
        "Allergies: {No known drug allergies|absent historical}",
        "{without distress|absent}; {cough}",
        "{denies chest pain|absent}",
        "{Negative cultures|absent}",
        "{NO EDEMA|absent}",
        "{NO fever|absent}",
        "{NO synthase} and {NO} in {asthma}",
        "{NO release} in {asthma}",
        "{HIV|absent} {negative}, {rash}",
        "{no-reflow phenomenon}",
        "{No. 5 fracture}",
        "{negative pressure ventilation}",
        "{Negative symptoms} of {schizophrenia}",
    ]);
}

#[test]
fn doubt_before_one_mention_is_none_of_the_mention_before() {
    check(&[
        "{Dyspnea}, possible {asthma|possible}.",
        "{Ceftriaxone} for suspected {meningitis|possible}.",
        "{Cough}, likely {bronchitis|possible}.",
        "{Meningitis|possible} suspected.",
        "{Meningitis|possible} is likely.",
        "{Meningitis|possible} (possible), {rash}",
        "{Meningitis|possible} likely given {fever}.",
        "{Hypotension} is likely due to {sepsis|possible}.",
        "This is likely {meningitis|possible}.",
        "{SIADH|possible} was strongly suspected secondary to {carbamazepine}.",
    ]);
}

#[test]
fn a_question_mark_is_doubt() {
    check(&[
        "{Sepsis|possible}?",
        "Impression: {sepsis|possible}?",
        "{CHF|possible}?, {PE|possible}?",
        "Cough ({asthma|possible}?)",
        "{Pneumonia|possible} or {CHF|possible}?",
        "?? {lupus|possible}",
        "?{lupus|possible}",
        "Is this {sepsis|possible}?",
        "Is {obesity} a disease?",
        "Does {metformin} help in {cancer}?",
        "A new risk factor for all patients with severe {dysphagia}?",
        "{Fever}. What next?",
    ]);
}
