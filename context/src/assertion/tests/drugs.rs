//! Drugs that are not taken, or no longer.

use super::check;

#[test]
fn a_stopped_drug_is_historical() {
    check(&[
        "Stopped {ibuprofen|historical}.",
        "{Lisinopril|historical} was discontinued.",
        "{Lisinopril|historical} was stopped due to {cough}.",
        "{Lisinopril|historical} and {digoxin|historical} were held.",
        "{Lisinopril|historical} has been stopped; {losartan} started.",
        "{Lisinopril|historical} held for {hypotension}.",
        "Discontinued {naproxen|historical} and {ibuprofen|historical} because of {melena}.",
        "D/c'd {vancomycin|historical}, started {linezolid}.",
        "Held {metoprolol|historical}, {lisinopril|historical} and {digoxin|historical}.",
        "HOLD {metformin|historical}",
        "Please hold {metformin|historical} before the scan.",
        "Off {insulin|historical}",
        "{Insulin|historical} (stopped last year)",
        "{Insulin|historical}: on hold",
        "{Aspirin} 81 mg daily, {clopidogrel|historical} held.",
        "He has been off {insulin|historical} since May and has {thirst}.",
        "{Ibuprofen}, stopped {warfarin|historical}.",
        "After stopping {indapamide|historical}, the {rash} went on.",
        "Completed {amoxicillin|historical}.",
        "Completed a 7-day course of {amoxicillin|historical} for {otitis}.",
    ]);
}

#[test]
fn a_drug_not_taken_is_absent() {
    check(&[
        "Not on {insulin|absent}",
        "Not taking {insulin|absent} or {metformin|absent}.",
        "Patient is not on {anticoagulants|absent}.",
        "She does not take {aspirin|absent}.",
        "No longer taking {insulin|absent}.",
    ]);
}

#[test]
fn a_drug_not_given_is_absent() {
    check(&[
        "{Aspirin|absent} was not given.",
        "{Antibiotics|absent} were not started.",
        "{Aspirin|absent} was not given due to {bleeding}.",
        "{Vancomycin|absent} and {cefepime|absent} have not been started.",
        "{MI}, {aspirin|absent} not given.",
        "{Hemorrhage}, {anticoagulants|absent} were not started.",
        "{Chemotherapy|absent} was never started.",
        "{Heparin|absent} was not started on admission.",
        "He was not given {aspirin|absent}.",
        "He was not started on {insulin|absent}.",
        "{Heparin} was not given to the other twin.",
        "{Sepsis} for which antibiotics were not given.",
        "At least one of {aspirin} or {clopidogrel} that is not prescribed as needed.",
        "{Metoprolol|historical} was not restarted.",
    ]);
}

#[test]
fn a_drug_to_be_stopped_on_a_condition_is_hypothetical() {
    check(&[
        "Stop {warfarin|hypothetical} if {bleeding|hypothetical} occurs.",
        "Hold {metformin|hypothetical} if {creatinine|hypothetical} rises.",
        "Please stop {ibuprofen|hypothetical} if you get {heartburn|hypothetical}.",
        "Stop taking {simvastatin|hypothetical} if you notice {muscle pain|hypothetical}.",
        "Discontinue {lisinopril|hypothetical} if {cough|hypothetical} develops.",
        "Hold {furosemide|hypothetical} unless {edema|hypothetical} worsens.",
        "If {rash|hypothetical} appears, stop {amoxicillin|hypothetical}.",
        "Stop {warfarin|historical}. Call if {bleeding|hypothetical} occurs.",
        "Stop {warfarin|historical}, call if {bleeding|hypothetical} occurs.",
        "Stop {aspirin|historical} and ask if {bleeding} occurs.",
        "Stop {aspirin|historical} and start {apixaban}.",
        "Planning to discontinue {metformin|historical}.",
    ]);
}

#[test]
fn a_drug_to_be_avoided_is_absent_and_hypothetical() {
    check(&[
        "Avoid {sulfonamides|absent hypothetical}",
        "Please avoid {NSAIDs|absent hypothetical} and {alcohol|absent hypothetical} given {ulcer}.",
        "{NSAIDs|absent hypothetical} should be avoided.",
        "Do not take {ibuprofen|absent hypothetical}.",
    ]);
}

#[test]
fn one_drug_takes_the_place_of_another() {
    check(&[
        "Switched from {enalapril|historical} to {losartan}.",
        "Switched from {enalapril|historical} 10 mg daily to {losartan} 50 mg daily.",
        "Changed from {metoprolol|historical} to {carvedilol}.",
        "{Heparin|historical} was replaced by {enoxaparin}.",
        "{Heparin|historical} changed to {enoxaparin}.",
        "Switched to {losartan}.",
        "{Losartan} was changed to 50 mg.",
    ]);
}

#[test]
fn lists_of_stopped_drugs_are_sections() {
    check(&[
        "Medications stopped:\n- {digoxin|historical}\n- {ibuprofen|historical}",
        "Discontinued medications: {digoxin|historical}\nDischarge medications: {losartan}",
        "STOP taking these medications:\n{digoxin|historical}\nSTART taking these medications:\n{losartan}",
        "Stop taking the following:\n1. {digoxin|historical}\n2. {ibuprofen|historical}",
        "Medications to hold:\n{metformin|historical}\n\nMedications to continue:\n{losartan}",
        "The following medications were stopped:\n- {digoxin|historical}\n- {ibuprofen|historical}",
        "You should stop taking the following medications: {digoxin|historical}.",
        "Medications the patient is not taking:\n- {digoxin|absent}\n- {ibuprofen|absent}",
        "Avoid:\n- {NSAIDs|absent hypothetical}\n- {alcohol|absent hypothetical}",
    ]);
}

#[test]
fn what_one_is_allergic_to_is_historical() {
    check(&[
        "Allergic to {penicillin|historical} and {codeine|historical}.",
        "Allergies: {codeine|historical} ({rash|historical})",
        "No allergy to {latex|absent historical}.",
        "{Hives} after {amoxicillin}.",
    ]);
}

#[test]
fn what_looks_like_stopping_is_none() {
    check(&[
        "Off-label use of {rituximab}.",
        "{Pain} on and off.",
        "Unable to hold {urine}.",
        "Hold parameters: {SBP} < 100",
        "Breath hold {MRI} was done.",
        "{Metoprolol}, hold for {bradycardia|hypothetical}.",
        "{Digoxin} could not be stopped.",
        "Without stopping {digoxin}.",
        "To slow, stop, or reverse {dementia}.",
    ]);
}
