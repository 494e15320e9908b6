//! Ways to say that something is not there.

use super::check;

#[test]
fn free_of_something_is_without_it() {
    check(&[
        "Patient is free of {pain|absent}.",
        "Margins are free of {tumor|absent}.",
        "Lungs are free of {wheezes|absent} and {rales|absent}.",
        "The abdomen remains free of {masses|absent}.",
        "She was free from {seizures|absent} on this drug.",
        "The chest is clear of {rales|absent}.",
        "The {pain|absent} is gone.",
        "{Rash|absent} is now gone.",
        "He is free to go, {cough} is better.",
    ]);
}

#[test]
fn absent_stands_behind_what_it_is_about_or_before() {
    check(&[
        "{Fever|absent} absent.",
        "{Edema|absent} absent bilaterally.",
        "{Bowel sounds} present, {rebound|absent} absent.",
        "{Fever|absent} absent, {cough} present.",
        "{Nausea|absent}, {vomiting|absent} absent.",
        "{Clubbing|absent} and {cyanosis|absent} absent.",
        "Neck: {JVD|absent} absent.",
        "{Tachycardia} for a day, {fever|absent} absent.",
        "{Hepatomegaly|absent} absent; {splenomegaly} present.",
        "Absent {bowel sounds|absent}.",
        "{Weakness} and absent {reflexes|absent}.",
        "With absent {reflexes|absent} and {clonus|absent}, {tremor} of both hands.",
        "{Absent gag reflex}, {stridor} present.",
        "Absent-mindedness and {depression}.",
    ]);
}

#[test]
fn what_is_not_complained_of_is_absent() {
    check(&[
        "Not complaining of {pain|absent}.",
        "Not reporting {dizziness|absent}.",
        "Endorses {fatigue}, not reporting {weight loss|absent}.",
        "Not currently complaining of {nausea|absent} or {vomiting|absent}.",
        "Not endorsing {hallucinations|absent}.",
        "Not c/o {dyspnea|absent}.",
        "Not reporting to work due to {pain}.",
    ]);
}

#[test]
fn what_is_refused_or_not_done_is_absent() {
    check(&[
        "Patient refused {morphine|absent}.",
        "She refused {blood transfusion|absent} and {dialysis|absent}.",
        "Refused to take {lisinopril|absent}.",
        "He refuses {vaccines|absent} but takes {metformin}.",
        "Parents declined {circumcision|absent}.",
        "Patient refused {MRI|absent} because of {claustrophobia}.",
        "{Surgery|absent} was declined.",
        "Offered {surgery|absent}, patient declined.",
        "{Biopsy|absent} was not performed.",
        "{Lumbar puncture|absent} not done.",
        "{Intubation|absent} was not required.",
        "{Blood cultures|absent} were not drawn.",
        "{Flu vaccine|absent}: declined",
        "{Fever|absent}: absent; {cough}: present",
        "{Nausea|absent} or {vomiting|absent} not endorsed.",
        "He does not need {insulin|absent} for {diabetes}.",
        "Did not require {oxygen|absent}.",
        "Did not need treatment for {gout}.",
        "She declined further with {pneumonia}.",
        "She refuses to eat because of {nausea}.",
        "He refused, {agitation} noted.",
    ]);
}
