//! Relatives: what they say of the patient, and what they have themselves.

use super::check;

#[test]
fn what_a_relative_denies_is_not_there() {
    check(&[
        "Mother denies {fever|absent}.",
        "Mother denies {rash|absent} or {diarrhea|absent}.",
        "Mom denied {wheezing|absent} and {apnea|absent}.",
        "The family denied any {trauma|absent}.",
        "Husband denies that she had {seizures|absent}.",
        "Mom denies that he has had {diarrhea|absent}.",
        "His parents deny any {head injury|absent}.",
        "Mother also denies {vomiting|absent}.",
        "Foster mother denies {fever|absent}, reports {cough}.",
        "Daughter reports {confusion}, denies {falls|absent}.",
        "His wife, who is present, denies {snoring|absent}.",
        "Caregiver denies {choking|absent}.",
        "Patient denies that her mother had {cancer|absent family}.",
        "Mother denies family history of {epilepsy|absent historical family}.",
    ]);
}

#[test]
fn what_a_relative_has_noticed_is_the_patients() {
    check(&[
        "Dad has noticed {wheezing} at night but no {cough|absent}.",
        "Mother had noticed {jaundice}.",
        "Mother has not noticed any {rash|absent}.",
        "Parents have not seen any {blood in the stool|absent}.",
        "Wife has never seen a {seizure|absent}.",
        "Mother didn't notice any {bruises|absent}.",
        "Staff have not reported {falls|absent}.",
        "Parents report {fever} and {cough}.",
        "Mom says no {fever|absent}, no {vomiting|absent}.",
        "Mother has had {asthma|family}.",
    ]);
}

#[test]
fn what_is_said_in_passing_does_not_hide_the_relative() {
    check(&[
        "Her father, who has {gout|family}, came along.",
        "Her aunt, who died at 60, had {breast cancer|family}.",
        "His uncle, who lives abroad, has {lupus|family}.",
        "Lives with her father, who has {dementia|family}.",
        "Her sister, 45, was diagnosed with {melanoma|family}.",
        "Her mother, aged 70, died of {stroke|family}.",
        "Brother (age 50) has {epilepsy|family}.",
        "Mother (alive, 70) with {glaucoma|family}.",
        "Father (deceased, {MI|family})",
        "His brother, a smoker, has {COPD|family}.",
        "Father, 72, {hypertension|family}.",
        "Mother 65, {asthma|family}.",
        "Two sisters, both with {lupus|family}.",
        "Her brother, unfortunately, had {leukemia|family}.",
        "Sibling at home with {strep throat|family}.",
    ]);
}

#[test]
fn what_a_relative_says_in_passing_is_the_patients() {
    check(&[
        // It could be the sister's fever; who brings somebody in mostly speaks for them.
        "Her sister, who brought her in, reports {fever}.",
        "Her daughter, a nurse, noticed {jaundice}.",
        "Her mother, 60, reports that he has {wheeze}.",
        "Accompanied by mother, who states that he has {fever}.",
        "Accompanied by her husband, 45, for {cough}.",
        "A friend, who is a doctor, prescribed {amoxicillin}.",
        "She lives with her mother, who is well, and has {asthma}.",
        "Patient lives with mother, 2 {dogs} at home.",
        "Twin A, 1200 g, with {apnea}.",
        "Twin, a girl, with {apnea}.",
        "Her mother, who had {lupus|family}, died; the patient has {gout}.",
    ]);
}

#[test]
fn the_familys_history_has_short_names() {
    check(&[
        "FamHx +ve for {gout|historical family}.",
        "FamHx of {gout|historical family} and {lupus|historical family}.",
        "FHx +ve for {colon cancer|historical family}.",
        "FH + {glaucoma|historical family}",
        "Fam hx sig for {stroke|historical family}.",
        "FamHx -ve for {gout|absent historical family}.",
        "FH neg for {lupus|absent historical family}.",
        "Family history: father, {MI|historical family} at 50.",
    ]);
}
