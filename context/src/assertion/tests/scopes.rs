//! Where a scope ends though no "but" says so.

use super::check;

#[test]
fn what_is_said_of_a_relative_ends_at_the_patient() {
    check(&[
        "Mother died of {stroke|family}, patient has {gout}.",
        "Brother with {epilepsy|family}, pt with {migraine}",
        "Uncle has {psoriasis|family} and patient has {eczema}.",
        "Sister had {lupus|family}, patient denies {lupus|absent}.",
        "Aunt has {asthma|family}, the patient has {hay fever}.",
        "My father had {diabetes|family} and I have {gout}.",
        "Mother had {chorioamnionitis|family}, infant has {sepsis}.",
        "Friend with {measles|family}, now patient has a {rash}.",
        "Father had {gout|family} and {angina|family}; mother had {migraine|family}.",
    ]);
}

#[test]
fn another_person_need_not_be_a_relative() {
    check(&[
        "The donor had {hepatitis B|family}.",
        "Donor positive for {syphilis|family}.",
        "His wife tested positive for {influenza|family}.",
        "Her partner was diagnosed with {gonorrhea|family}.",
        "{Scabies|family} in her roommate.",
        "She is a kidney donor with {migraine}.",
        "{Pain} at the donor site.",
        "{Cough} since a friend visited.",
    ]);
}

#[test]
fn a_negation_ends_at_another_time() {
    check(&[
        "Denied {headache|absent} last week, today has {headache}.",
        "No {cough|absent} on admission, now with {cough}.",
        "Denies {nausea|absent} at rest, this morning reports {nausea}.",
        "No {pain|absent} before, later had {cramps}.",
        "No {fever|absent} last night, {sweats|absent} or {chills|absent} today.",
        "He denies {fever|absent} today, {cough|absent} or {rash|absent}.",
    ]);
}

#[test]
fn a_closed_list_ends_at_its_comma() {
    check(&[
        "No {stroke|absent} or {bleeding|absent}, {aneurysm} seen.",
        "No {cyst|absent} or {stone|absent}, {mass} is noted in the left kidney.",
        "No {fracture|absent} and no {dislocation|absent}, {effusion} persists.",
        "No {cyst|absent}, {stone} is seen.",
        "No {cyst|absent} noted, {stone} noted.",
        "No {cyst|absent} or {mass|absent}, and {stone} is seen.",
        "She was not {febrile|absent}, and {cough} persists.",
        "No {cyst|absent} or {stone|absent} seen.",
        "No {cyst|absent}, {mass|absent} or {stone|absent} seen.",
        "No {cyst|absent}, {mass|absent}, {stone|absent} seen.",
        "No {fever|absent} or {chills|absent}, {nausea|absent} or {vomiting|absent}.",
        "Denies {fever|absent} or {chills|absent}, {nausea|absent}, {vomiting|absent}.",
        "No {cyst|absent} or {stone|absent}, {mass|absent} or {nodule|absent} seen.",
    ]);
}

#[test]
fn what_has_not_ended_is_there() {
    check(&[
        "{Cough} not resolved.",
        "{Cough} has not yet resolved.",
        "{Rash} hasn't cleared.",
        "{Pain} did not subside.",
        "{Edema} not completely resolved.",
        "{Pneumonia} partially resolved.",
        "{Aspirin} was not discontinued.",
        "{Cough|absent} has resolved.",
        "{Bleeding|absent} has stopped.",
        "Resolved {pneumonia|absent}.",
    ]);
}

#[test]
fn history_ends_at_the_present() {
    check(&[
        "Previously well, now {jaundice}.",
        "Previously healthy man with {fever}.",
        "No history of {gout|absent historical} or {stroke|absent historical}; has {eczema}.",
        "History of {gout|historical}, has {hay fever}.",
        "Former {smoker|historical}, previous {DVT|historical}, on {apixaban}.",
        "History of {AF|historical} on {warfarin} and {digoxin}, {gout|historical}.",
        "History of {polio|historical} with residual {weakness}.",
        "Prior {stroke|historical} with persistent {aphasia}.",
        "Past medical history of {stroke|historical}, {gout|historical}, and {asthma|historical}.",
        "History of {fractures|historical} on the left and {asthma|historical}.",
        "History of {cancer|historical} with {metastases|historical}.",
        "Return for {fever|hypothetical}, burning on urination or {bleeding|hypothetical}.",
    ]);
}

#[test]
fn what_someone_never_was_goes_no_further() {
    check(&[
        "Never smoker with {gout}.",
        "Never {smoker|absent} with {gout}.",
        "A never-{smoker|absent} who has {gout}.",
        "Never {smokers|absent} had more {gout}.",
        "Never a {smoker|absent}, {gout} for years.",
        "Never {drinker|absent}; {gout}.",
        "Non-{smoker|absent} with {gout}.",
        "Non-smoker, {gout}.",
        "Never married, {gout}.",
        "Never smoked, {gout} for years.",
        "She never {smoked|absent} {cigarettes|absent} or {cigars|absent}, {gout} for years.",
        "Never users of {estrogen|absent} with {gout}.",
        "Never had {gout|absent} or {scurvy|absent}.",
    ]);
}

#[test]
fn what_is_helped_is_there() {
    check(&[
        "No diet helped his {gout}.",
        "No {drug|absent} helped her {gout} or {pain}.",
        "Neither diet helped my {gout}.",
        "None of them relieved the {pain}.",
        "No cause explained her {fever}.",
        "No {cough|absent}, {pain|absent} or {fever|absent}.",
        "No {relief|absent} of his {pain|absent}.",
        "She denies {pain|absent} relieved by rest or {nausea|absent}.",
    ]);
}

#[test]
fn what_is_said_of_drugs_is_not_said_of_what_they_are_for() {
    check(&[
        "He has not taken his {gout} medicines.",
        "She does not take her {blood pressure} drugs.",
        "She has not taken her {blood pressure drugs|absent}.",
        "He has not taken his {insulin|absent}.",
        "Not on any {statin|absent} medication.",
        "He has not used his {salbutamol|absent} inhaler.",
    ]);
}
