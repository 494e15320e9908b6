//! Headings of clinical notes and of structured abstracts, and the fields of a note's header: what is
//! around the text and no part of it. No entity is made of them.
//!
//! The names of sections follow the document sections of LOINC and of the HL7 C-CDA templates, and the
//! labels that PubMed's structured abstracts use most. A name may end with `:`, `-` or nothing, in
//! capitals, in title case or in small letters; what counts is that it stands alone or before a colon
//! at the beginning of a line or sentence.

/// What a heading says of the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// A section: its text is read as any other.
    Section,
    /// A field of the header whose value is not clinical, as `Service: MEDICINE`.
    Field,
}

/// The most words a heading has.
const MOST_WORDS: usize = 7;

/// The most bytes a heading has.
const LONGEST: usize = 80;

/// The most words of a header field's value: what is longer is text.
pub const MOST_VALUE_WORDS: usize = 6;

/// Names that are headings only before a colon.
const NEEDS_COLON: [&str; 22] = [
    "abdomen",
    "abdominal",
    "cardiac",
    "cardiovascular",
    "chest",
    "complications",
    "extremities",
    "gastrointestinal",
    "general",
    "lungs",
    "musculoskeletal",
    "neurologic",
    "neurological",
    "psychiatric",
    "pulmonary",
    "rectal",
    "respiratory",
    "specimen",
    "status",
    "patient",
    "problem",
    "psychosocial",
];

/// A heading at the beginning of a text that is followed by a colon, or by nothing: how many bytes it
/// has, without the colon.
pub fn at_start(text: &str) -> Option<(usize, Heading)> {
    let colon = text.bytes().take(LONGEST).position(|b| b == b':');
    let length = text[..colon.unwrap_or_else(|| trimmed_end(text))].trim_end().len();
    if length > LONGEST || text.starts_with(char::is_lowercase) {
        return None;
    }
    let heading = known(&text[..length])?;
    // Alone, short names and those of organs are what a table or list holds.
    let alone = length >= 5 && !NEEDS_COLON.contains(&text[..length].to_lowercase().as_str());
    (alone || colon.is_some()).then_some((length, heading))
}

/// Where a text ends but for what underlines or ends a heading.
pub fn trimmed_end(text: &str) -> usize {
    text.trim_end_matches([':', '-', '.', ' ', '_', '*', '#', '=']).len()
}

/// The heading that the text before a colon ends with: where it begins. It begins with a capital, and
/// the longest there is counts.
pub fn before_colon(text: &str) -> Option<(usize, Heading)> {
    let text = text.trim_end();
    let mut starts: Vec<usize> =
        text.rmatch_indices(' ').map(|(at, _)| at + 1).take(MOST_WORDS).collect();
    if starts.len() < MOST_WORDS {
        starts.push(0);
    }
    let stop = text.rfind(['.', ';', '?', '!']).map_or(0, |at| at + 1);
    starts.push(stop);
    starts.sort_unstable();
    let found = |&start: &usize| {
        let name = text.get(start..)?;
        let inner = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        let capital = inner.starts_with(char::is_uppercase) || start == 0;
        let heading = known(inner).filter(|_| capital && name.len() <= LONGEST)?;
        Some((text.len() - inner.len(), heading))
    };
    starts.iter().find_map(found)
}

/// What a name is, if it is that of a section or field: in any case, with any spaces.
pub fn known(name: &str) -> Option<Heading> {
    let words: Vec<String> = name
        .split([' ', '\u{A0}', '\t', '/', '&', '-', '_', '#', '*', '(', ')', ',', '.'])
        .map(|word| word.replace(['\'', '\u{2019}'], "").to_lowercase())
        .filter(|word| !word.is_empty() && word != "and")
        .take(MOST_WORDS + 1)
        .collect();
    let name = words.join(" ");
    let is_in = |table: &[&str]| table.binary_search(&name.as_str()).is_ok();
    if is_in(FIELDS) {
        Some(Heading::Field)
    } else if is_in(SECTIONS) || is_in(LABELS) {
        Some(Heading::Section)
    } else {
        None
    }
}

/// The label of a structured abstract that a text begins with and that its first word is stuck to:
/// `BackgroundWarfarin`. How many bytes it has.
pub fn stuck_label(text: &str) -> Option<usize> {
    let longest = LABELS.iter().filter_map(|label| stuck(text, label)).max()?;
    let mut rest = text[longest..].chars();
    let first = rest.next()?;
    let second = rest.next().unwrap_or(' ');
    // "BackgroundWarfarin", "MethodsWe", "ResultsA total"; but "METHODS" and "ResultsX" are words.
    let begins_word = first.is_uppercase() && (second.is_lowercase() || second == ' ');
    begins_word.then_some(longest)
}

/// How many bytes of `text` are `label`, in title case or in capitals.
fn stuck(text: &str, label: &str) -> Option<usize> {
    if label.len() < 4 {
        return None;
    }
    let start = text.get(..label.len())?;
    let capital = start.starts_with(|c: char| c.is_ascii_uppercase());
    let alike = start.eq_ignore_ascii_case(label);
    let title = start.split(' ').all(|word| word.bytes().skip(1).all(|b| !b.is_ascii_uppercase()));
    let capitals = start.bytes().all(|b| !b.is_ascii_lowercase());
    (capital && alike && (title || capitals)).then_some(label.len())
}

/// Sorted, lower case: labels of structured abstracts.
const LABELS: &[&str] = &[
    "aim",
    "aims",
    "aims and objectives",
    "aims objectives",
    "background",
    "background aim",
    "background aims",
    "background and aim",
    "background and aims",
    "background and objective",
    "background and objectives",
    "background and purpose",
    "background objective",
    "background objectives",
    "background purpose",
    "case presentation",
    "case report",
    "case summary",
    "conclusion",
    "conclusion significance",
    "conclusions",
    "conclusions and relevance",
    "conclusions relevance",
    "conclusions significance",
    "context",
    "data extraction",
    "data sources",
    "data synthesis",
    "design",
    "design setting",
    "design setting participants",
    "discussion",
    "evidence acquisition",
    "evidence synthesis",
    "exposures",
    "findings",
    "funding",
    "goal",
    "hypothesis",
    "importance",
    "interpretation",
    "intervention",
    "interventions",
    "introduction",
    "key messages",
    "key points",
    "limitations",
    "main measures",
    "main outcome measure",
    "main outcome measures",
    "main outcomes measures",
    "main results",
    "material and methods",
    "material methods",
    "materials and methods",
    "materials methods",
    "measurements",
    "measurements and main results",
    "measurements main results",
    "measures",
    "method",
    "methodology",
    "methodology principal findings",
    "methods",
    "methods and findings",
    "methods and results",
    "methods findings",
    "methods materials",
    "methods results",
    "objective",
    "objectives",
    "observations",
    "outcome measures",
    "outcomes",
    "participants",
    "patients",
    "patients and methods",
    "patients methods",
    "principal findings",
    "purpose",
    "rationale",
    "recent findings",
    "relevance",
    "research design and methods",
    "research design methods",
    "result",
    "results",
    "review methods",
    "sample",
    "scope",
    "search strategy",
    "selection criteria",
    "setting",
    "settings",
    "significance",
    "statement of significance",
    "study design",
    "study design and methods",
    "study objective",
    "study selection",
    "subjects",
    "subjects and methods",
    "subjects methods",
    "summary",
    "trial registration",
    "trial registration number",
    "unassigned",
    "unlabelled",
];

/// Sorted, lower case: sections of notes and articles.
const SECTIONS: &[&str] = &[
    "a p",
    "abdomen",
    "active issues",
    "active medications",
    "active problems",
    "acute diagnoses",
    "acute issues",
    "admission diagnoses",
    "admission diagnosis",
    "admission history",
    "admission labs",
    "admission medications",
    "admission physical exam",
    "admitting diagnosis",
    "advance directives",
    "adverse drug reactions",
    "adverse reactions",
    "allergies",
    "allergies adverse reactions",
    "allergies intolerances",
    "allergies to medications",
    "allergy",
    "anesthesia",
    "appearance",
    "assessment",
    "assessment plan",
    "assessment recommendations",
    "assessments",
    "brief history",
    "brief hospital course",
    "brief hpi",
    "cardiac",
    "cardiovascular",
    "case history",
    "cc",
    "chest",
    "chief complaint",
    "chief complaint history of present illness",
    "chief complaint hpi",
    "chief complaint reason for visit",
    "chief complaints",
    "chronic diagnoses",
    "chronic issues",
    "clinical course",
    "clinical diagnosis",
    "clinical findings",
    "clinical history",
    "clinical impression",
    "clinical indication",
    "clinical information",
    "clinical presentation",
    "clinical summary",
    "comments",
    "comorbid conditions",
    "comorbidities",
    "comparison",
    "complaint",
    "complaints",
    "complications",
    "condition",
    "condition on discharge",
    "consultation",
    "consultations",
    "consults",
    "course in hospital",
    "current medications",
    "current meds",
    "current treatment",
    "date of onset",
    "diagnoses",
    "diagnosis",
    "diagnosis list",
    "diagnostic imaging",
    "diagnostic impression",
    "diagnostic studies",
    "diagnostics",
    "diet",
    "differential diagnosis",
    "discharge condition",
    "discharge diagnoses",
    "discharge diagnosis",
    "discharge disposition",
    "discharge exam",
    "discharge instructions",
    "discharge labs",
    "discharge medication",
    "discharge medication list",
    "discharge medications",
    "discharge meds",
    "discharge physical exam",
    "discharge plan",
    "disposition",
    "drug allergies",
    "drug history",
    "ecg",
    "ed course",
    "ekg",
    "emergency department course",
    "encounter diagnoses",
    "environmental history",
    "estimated blood loss",
    "event history",
    "exam",
    "examination",
    "extremities",
    "facility",
    "family history",
    "family medical history",
    "family psychiatric history",
    "fh",
    "fhx",
    "final diagnoses",
    "final diagnosis",
    "final impression",
    "follow up",
    "follow up instructions",
    "followup",
    "followup instructions",
    "functional status",
    "gastrointestinal",
    "general",
    "general appearance",
    "general examination",
    "genitourinary",
    "gyn history",
    "gynecologic history",
    "head",
    "heent",
    "history",
    "history of complaint",
    "history of illness",
    "history of past illness",
    "history of present illness",
    "history of present illness hpi",
    "history of presentation",
    "history of presenting complaint",
    "history of presenting illness",
    "history of the present illness",
    "history physical",
    "home medications",
    "home meds",
    "hospital course",
    "hospital course by problem",
    "hospital course by system",
    "hospital discharge diagnosis",
    "hospital medications",
    "hospitalizations",
    "hpi",
    "icd codes",
    "imaging",
    "imaging studies",
    "immunization",
    "immunization history",
    "immunizations",
    "impression",
    "impression plan",
    "impression recommendations",
    "impressions",
    "inactive issues",
    "inactive problems",
    "indication",
    "indication for procedure",
    "indications",
    "indications for procedure",
    "infusions",
    "initial impression",
    "interim history",
    "interval history",
    "interventions performed",
    "investigations",
    "known allergies",
    "lab data",
    "lab results",
    "laboratory",
    "laboratory data",
    "laboratory findings",
    "laboratory results",
    "laboratory studies",
    "labs",
    "labs studies",
    "lines",
    "lungs",
    "major surgical or invasive procedure",
    "major surgical procedure",
    "management",
    "mechanism of injury",
    "medical decision making",
    "medical history",
    "medical problems",
    "medical surgical history",
    "medication",
    "medication allergies",
    "medication changes",
    "medication history",
    "medication list",
    "medications",
    "medications at discharge",
    "medications at home",
    "medications discontinued",
    "medications on admission",
    "medications on discharge",
    "medications on transfer",
    "medications prior to admission",
    "meds",
    "meds at home",
    "meds on admission",
    "mental status",
    "mental status exam",
    "mental status examination",
    "micro",
    "microbiology",
    "musculoskeletal",
    "narrative",
    "neck",
    "neuro",
    "neurologic",
    "neurological",
    "neurological exam",
    "new medications",
    "nutrition",
    "ob gyn history",
    "ob history",
    "objective data",
    "objective findings",
    "obstetric history",
    "occupational history",
    "on admission",
    "on discharge",
    "on exam",
    "on examination",
    "operation",
    "operation performed",
    "operations",
    "operative findings",
    "operative procedure",
    "other diagnoses",
    "other history",
    "other medical history",
    "other past medical history",
    "outpatient medications",
    "overview",
    "pain assessment",
    "past conditions",
    "past diagnoses",
    "past history",
    "past illnesses",
    "past medical family social history",
    "past medical history",
    "past medical history pmh",
    "past medical hx",
    "past medical surgical history",
    "past psychiatric history",
    "past surgeries",
    "past surgical history",
    "past surgical hx",
    "pathology",
    "pathology results",
    "patient complaint",
    "patient history",
    "patient instructions",
    "pe",
    "pertinent labs",
    "pertinent results",
    "pertinent results labs",
    "pertinent studies",
    "pex",
    "physical exam",
    "physical exam on admission",
    "physical exam on discharge",
    "physical examination",
    "plan",
    "plan of care",
    "plan of treatment",
    "pmh",
    "pmhx",
    "post operative diagnosis",
    "postoperative course",
    "postoperative diagnoses",
    "postoperative diagnosis",
    "pre operative diagnosis",
    "preoperative diagnoses",
    "preoperative diagnosis",
    "prescriptions",
    "present complaint",
    "present history",
    "present illness",
    "present medications",
    "presenting complaint",
    "presenting complaints",
    "presenting history",
    "presenting illness",
    "presenting problem",
    "presenting symptoms",
    "previous history",
    "previous medical history",
    "previous medications",
    "primary diagnoses",
    "primary diagnosis",
    "primary discharge diagnosis",
    "principal diagnosis",
    "prior medical history",
    "problem",
    "problem list",
    "problem list past medical history",
    "problems",
    "procedure",
    "procedure performed",
    "procedures",
    "procedures performed",
    "prognosis",
    "provisional diagnosis",
    "psh",
    "pshx",
    "psych",
    "psychiatric",
    "psychiatric history",
    "psychosocial history",
    "pulmonary",
    "radiologic studies",
    "radiology",
    "radiology findings",
    "radiology results",
    "reason for admission",
    "reason for consult",
    "reason for consultation",
    "reason for exam",
    "reason for examination",
    "reason for hospitalization",
    "reason for referral",
    "reason for study",
    "reason for this examination",
    "reason for transfer",
    "reason for visit",
    "recommendation",
    "recommendations",
    "rectal",
    "relevant history",
    "respiratory",
    "review of systems",
    "risk factors",
    "ros",
    "secondary diagnoses",
    "secondary diagnosis",
    "secondary discharge diagnoses",
    "sexual history",
    "sh",
    "shx",
    "side effects",
    "skin",
    "social history",
    "social hx",
    "specimen",
    "specimens",
    "status",
    "studies",
    "study design methods",
    "subjective",
    "summary of hospital course",
    "surgeries",
    "surgical history",
    "surgical procedures",
    "symptoms",
    "technique",
    "tests",
    "therapy",
    "transitional issues",
    "travel history",
    "treatment",
    "treatment history",
    "treatment plan",
    "treatments",
    "tubes",
    "vaccinations",
    "vital signs",
    "vitals",
    "vs",
    "wet read",
    "working diagnosis",
];

/// Sorted, lower case: fields of a note's header with a value that is not clinical.
const FIELDS: &[&str] = &[
    "accession no",
    "accession number",
    "account",
    "account number",
    "acct",
    "address",
    "admission date",
    "admission service",
    "admit date",
    "admitted",
    "admitting physician",
    "admitting service",
    "age",
    "age sex",
    "anesthesiologist",
    "assistant",
    "assistant surgeon",
    "attending",
    "attending md",
    "attending physician",
    "attending provider",
    "attending surgeon",
    "author",
    "author type",
    "birth date",
    "birthdate",
    "case number",
    "cc list",
    "city",
    "clinic",
    "clinic number",
    "clinician",
    "completed by",
    "consultant",
    "consulting physician",
    "contact",
    "country",
    "county",
    "date",
    "date admitted",
    "date dictated",
    "date discharged",
    "date of admission",
    "date of birth",
    "date of consultation",
    "date of discharge",
    "date of encounter",
    "date of evaluation",
    "date of exam",
    "date of procedure",
    "date of report",
    "date of service",
    "date of surgery",
    "date of visit",
    "date time",
    "date transcribed",
    "day of admission",
    "department",
    "dept",
    "dictated",
    "dictated by",
    "dictating",
    "discharge date",
    "discharge service",
    "discharged",
    "dob",
    "doctor",
    "document id",
    "drafted",
    "e mail",
    "edited by",
    "electronically signed by",
    "email",
    "emergency contact",
    "employer",
    "encounter",
    "encounter date",
    "encounter id",
    "ethnicity",
    "fax",
    "first name",
    "gender",
    "gp",
    "guardian",
    "hospital",
    "hospital id",
    "hospital no",
    "hospital number",
    "hospital service",
    "id",
    "insurance",
    "interpreter",
    "job number",
    "language",
    "last name",
    "marital status",
    "md",
    "medical record no",
    "medical record number",
    "mr number",
    "mrn",
    "name",
    "nationality",
    "next of kin",
    "nhs no",
    "nhs number",
    "note date",
    "note type",
    "nurse",
    "occupation",
    "ordering physician",
    "patient age",
    "patient id",
    "patient name",
    "patient no",
    "patient number",
    "patient sex",
    "pcp",
    "pharmacy",
    "phone",
    "physician",
    "postcode",
    "primary care physician",
    "primary care provider",
    "primary service",
    "provider",
    "race",
    "record date",
    "record number",
    "referred by",
    "referring physician",
    "religion",
    "report date",
    "report number",
    "report status",
    "reported by",
    "requested by",
    "room",
    "room no",
    "room number",
    "service",
    "service line",
    "sex",
    "sex gender",
    "signed",
    "signed by",
    "signed electronically by",
    "specialty",
    "ssn",
    "status of report",
    "surgeon",
    "team",
    "telephone",
    "time of admission",
    "time of discharge",
    "time of service",
    "transcribed",
    "transcribed by",
    "transcriptionist",
    "unit",
    "unit no",
    "unit number",
    "visit date",
    "visit id",
    "visit number",
    "ward",
    "zip",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_hold_each_name_once() {
        for table in [LABELS, SECTIONS, FIELDS] {
            assert!(table.is_sorted());
            assert!(table.windows(2).all(|pair| pair[0] != pair[1]));
            assert!(table.iter().all(|name| name.split(' ').count() <= MOST_WORDS));
        }
        assert!(FIELDS.iter().all(|name| SECTIONS.binary_search(name).is_err()));
    }

    #[test]
    fn a_heading_is_known_in_any_case_and_with_any_spaces() {
        for name in
            ["Chief Complaint", "CHIEF COMPLAINT", "chief  complaint", "Chief\u{A0}Complaint"]
        {
            assert_eq!(known(name), Some(Heading::Section), "{name}");
        }
        assert_eq!(known("Past Medical/Surgical History"), Some(Heading::Section));
        assert_eq!(known("Assessment & Plan"), Some(Heading::Section));
        assert_eq!(known("Date of Birth"), Some(Heading::Field));
        assert_eq!(known("Asthma"), None);
    }

    #[test]
    fn a_heading_stands_alone_or_before_a_colon() {
        assert_eq!(at_start("Service: MEDICINE"), Some((7, Heading::Field)));
        assert_eq!(at_start("HISTORY OF PRESENT ILLNESS:"), Some((26, Heading::Section)));
        assert_eq!(at_start("Allergies"), Some((9, Heading::Section)));
        assert_eq!(at_start("Allergies were denied"), None);
        assert_eq!(at_start("Illness: none"), None);
    }

    #[test]
    fn a_label_is_told_from_a_word_that_begins_like_it() {
        assert_eq!(stuck_label("BackgroundWarfarin causes"), Some(10));
        assert_eq!(stuck_label("Materials and MethodsMice"), Some(21));
        assert_eq!(stuck_label("METHODSAspirin was"), Some(7));
        assert_eq!(stuck_label("ResultsA total of 12"), Some(7));
        for text in ["Background Warfarin", "Methodscience", "Results", "METHODS", "Conclusion"] {
            assert_eq!(stuck_label(text), None, "{text}");
        }
    }
}
