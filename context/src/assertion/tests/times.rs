//! Years, ages, conditions and prevention.

use super::check;

#[test]
fn a_year_makes_history() {
    check(&[
        "{Stroke|historical} 2011",
        "{Stroke|historical} (2011), {AF}",
        "{Stroke|historical} in 2011.",
        "{Stroke|historical} 2011, {CABG|historical} 2016",
        "{Stroke|historical} 2011 s/p {stent|historical}",
        "{Tonsillectomy|historical} March 2009.",
        "{DVT|historical} (dx 2011)",
        "{DVT|historical} 3/2011",
        "{CABG|historical} x 3 (2015)",
        "At age 12 she had {appendicitis|historical}.",
        "Last {migraine|historical} in 2018.",
        "In 2012 he had {pancreatitis|historical}.",
        "{Hysterectomy|historical} at age 40.",
        "{Measles|historical} at age of 5 years.",
        "h/o {gout|historical} s/p {CABG|historical} 2012 p/w {cough}",
    ]);
}

#[test]
fn a_number_that_is_no_time_makes_none() {
    check(&[
        "{Asthma} since 2010.",
        "The {influenza} 2009 pandemic.",
        "{Stroke} in the 2015 trial.",
        "In 2015 trial, {stroke} occurred.",
        "{Vitamin D} 2000 IU daily.",
        "{Metformin} 2000 daily.",
        "{Aspirin} 1950 mg.",
        "{Pneumonia} 12/03/2019",
        "{Pneumonia} on March 3, 2019.",
        "{Stroke} guidelines 2019",
        "{Heart failure} (Jones 2015)",
        "2019 {novel coronavirus}",
    ]);
}

#[test]
fn a_condition_is_about_both_of_its_sides() {
    check(&[
        "Start {metoprolol|hypothetical} if {tachycardia|hypothetical} recurs.",
        "Consider {steroids|hypothetical} if {wheeze|hypothetical} persists.",
        "She has {fever}, give {ibuprofen|hypothetical} if {pain|hypothetical}.",
        "Start {metoprolol} today.",
        "Give {ibuprofen}, call if {rash|hypothetical}.",
        "Return if {headache|hypothetical} or {vomiting|hypothetical}.",
        "Return to ED for {headache|hypothetical}, {vomiting|hypothetical}.",
    ]);
}

#[test]
fn what_a_vaccine_is_against_is_hypothetical() {
    check(&[
        "Vaccinated against {measles|hypothetical}, {mumps|hypothetical} and {rubella|hypothetical}.",
        "Immunized against {hepatitis B|hypothetical}, has {fever}.",
        "{Influenza|hypothetical} vaccine given.",
    ]);
}

#[test]
fn a_natural_history_is_no_ones_past() {
    check(&[
        "Natural history of {gout} in women.",
        "The natural history of untreated {gout} and {tophi}.",
        "Natural history: {gout} recurs.",
        "Natural history of {gout} in a man with a history of {stroke|historical}.",
        "Family history of {gout|historical family}.",
        "Medical history of {gout|historical}.",
    ]);
}

#[test]
fn hx_alone_is_history() {
    check(&[
        "Hx {CHF|historical}.",
        "Hx: {CHF|historical}, {AFib|historical}.",
        "Hx - {gout|historical}",
        "Hx/o {stroke|historical}.",
        "Hx sig for {gout|historical}.",
        "65M hx {COPD|historical}, {DM2|historical} p/w {dyspnea}.",
        "Pt with hx {seizures|historical} presents with {headache}.",
        "No hx {MI|absent historical}.",
        "{Seizure|historical} hx, {fever} today.",
        "3 day hx {fever}.",
        "Hx obtained from mother, {fever} for two days.",
        "Reviewed labs, hx, {ECG}.",
        "Hx limited by {dementia}.",
        "Hx as above, {cough} today.",
    ]);
}
