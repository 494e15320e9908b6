//! What is written as a negation, and is a name or counts something.

use super::check;

#[test]
fn nitric_oxide_denies_nothing() {
    check(&[
        "Exhaled NO was high in {rhinitis}.",
        "Exhaled NO rose with each {exacerbation}.",
        "Fractional exhaled NO (FeNO) and {rhinitis}.",
        "NO donors lower the {blood pressure}.",
        "NO synthase is a cause of {migraine}.",
        "Low NO production in {preeclampsia}.",
        "NO-mediated {vasodilation} in {sepsis}.",
        "NO inhibited the {spasm}, and NO's effect on {shock} was small.",
        "NO plays a part in {sepsis} and {shock}.",
        "NO is made by macrophages in {tuberculosis}.",
        "The role of NO in {heart failure}.",
        "Effects of NO, {hypoxia} and {acidosis}.",
        "{Nitric oxide} (NO) and {hypoxia}.",
        "NO and {carbon monoxide} in {burns}.",
        "Inhaled NO for {pulmonary hypertension} of newborns.",
    ]);
}

#[test]
fn a_text_may_say_that_no_is_nitric_oxide() {
    check(&[
        "Nitric oxide (NO) widens vessels. Basal NO fell before the {stroke}.",
        "NO (nitric oxide) is a gas. Later NO kills {worms}.",
        "Inhaled nitric oxide (NO) was begun. There was no {bleeding|absent}.",
        "Inhaled nitric oxide (NO) was begun.\nNO {FEVER|absent}, NO {RASH|absent}",
    ]);
}

#[test]
fn a_negation_in_capitals_is_one() {
    check(&[
        "NO {RASH|absent}",
        "NO EVIDENCE OF {GOUT|absent}.",
        "NO {gout|absent}.",
        "{Rash}, NO {gout|absent}",
        "{Gout|absent}: NO",
        "{Gout|absent}: NO, {rash}: YES",
        "{Gout|absent}? NO. {Rash}? YES.",
        "She reports NO {rash|absent} and NO {gout|absent}.",
        "With NO {rash|absent} or {gout|absent}.",
        "Complains of NO {pain|absent} today.",
        "NO {MI|absent} or {PE|absent} on the scan.",
        "NO in-stent {restenosis|absent}.",
        "PT SAYS NO LEVEL OF {PAIN|absent}",
        "EXAM SHOWS NO RELEASE OF {PUS|absent}",
    ]);
}

#[test]
fn a_number_denies_nothing() {
    check(&[
        "Patient no. 31 has {gout}.",
        "Case No. 5: {gout} with {tophi}.",
        "Room no 9: {gout}.",
        "Patient No 6 with {gout}",
        "Grant No. 4711 on {gout}.",
        "Trial No 22 found more {gout}.",
        "No. 17 had {gout}.",
        "The No 1 complaint is {gout}.",
        "Their no 2 problem: {gout}.",
        "Case no. IV had {gout}.",
        "No. of patients with {gout}: 8",
    ]);
}

#[test]
fn a_negation_before_a_number_is_one() {
    check(&[
        "No 2nd {stroke|absent}.",
        "No 1 mm {ST elevation|absent}.",
        "No 2 mm depression or {inversion|absent}.",
        "No 1.5 cm {nodule|absent}.",
        "No .5 cm {nodule|absent}.",
        "No 2-vessel {disease|absent}.",
        "No {3-vessel disease|absent}.",
        "No two {lesions|absent} were alike.",
        "No one in the house has {scabies|absent}.",
        "{Gout|absent}: no. 3 doses of aspirin.",
        "Patient: no {gout|absent}.",
        "Patient no {gout|absent}.",
    ]);
}
