//! Headings of clinical notes and of structured abstracts, and the fields of a note's header. They stand
//! around the text and are no part of it, so no entity is made of them.
//!
//! The names of sections follow the document sections of LOINC and of the HL7 C-CDA templates, and the
//! labels that PubMed's structured abstracts use most. A name may end with `:`, `-` or nothing, in
//! capitals, in title case or in small letters; what counts is that it stands alone or before a colon
//! at the beginning of a line or sentence.

mod known;

use known::{FIELDS, LABELS, SECTIONS, SHORT};

/// What a heading says of the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// A section: its text is read as any other.
    Section,
    /// A field of the header whose value is not clinical, as `Service: MEDICINE`.
    Field,
}

/// The most words a heading has.
const MAX_WORDS: usize = 7;

/// The most bytes a heading has.
const MAX_BYTES: usize = 80;

/// The most words of a header field's value: what is longer is text.
pub const MAX_VALUE_WORDS: usize = 6;

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
    let colon = text.bytes().take(MAX_BYTES).position(|b| b == b':');
    let end = match colon {
        Some(colon) => colon,
        // What is longer, but for what underlines it, is no heading. That is told by what comes first,
        // because this is asked of all that is left of a text at each of its stops.
        None => {
            let within = text.floor_char_boundary(MAX_BYTES);
            if text[within..].contains(|c: char| !ends_heading(c)) {
                return None;
            }
            trimmed_end(text)
        }
    };
    let length = text[..end].trim_end().len();
    if length > MAX_BYTES || text.starts_with(char::is_lowercase) {
        return None;
    }
    let heading = known(&text[..length])?;
    (colon.is_some() || stands_alone(&text[..length])).then_some((length, heading))
}

/// The heading of a section of notes, before a colon, that a text begins with and goes on behind: how many
/// bytes there are before the text. Labels of structured abstracts are none.
pub fn label_of_note(text: &str) -> Option<usize> {
    let (length, heading) = at_start(text)?;
    let name = normal(&text[..length])?;
    if heading != Heading::Section || LABELS.binary_search(&name.as_str()).is_ok() {
        return None;
    }
    let rest = text[length..].trim_start().strip_prefix(':')?.trim_start();
    rest.contains(char::is_alphanumeric).then(|| text.len() - rest.len())
}

/// Whether a name is a heading without a colon. Short names, but for those that notes have so, and those
/// of organs are what a table or a list holds.
pub(crate) fn stands_alone(name: &str) -> bool {
    let small = name.to_lowercase();
    SHORT.binary_search(&name).is_ok() || small.len() >= 5 && !NEEDS_COLON.contains(&small.as_str())
}

/// Where a text ends but for what underlines or ends a heading.
pub fn trimmed_end(text: &str) -> usize {
    text.trim_end_matches(ends_heading).len()
}

fn ends_heading(character: char) -> bool {
    character.is_whitespace() || matches!(character, ':' | '-' | '.' | '_' | '*' | '#' | '=')
}

/// The heading that the text before a colon ends with: where it begins. It begins with a capital, and
/// the longest there is counts.
pub fn before_colon(text: &str) -> Option<(usize, Heading)> {
    let text = text.trim_end();
    let mut starts: Vec<usize> = text
        .rmatch_indices(char::is_whitespace)
        .map(|(at, space)| at + space.len())
        .filter(|&start| !text[start..].starts_with(char::is_whitespace))
        .take(MAX_WORDS)
        .collect();
    if starts.len() < MAX_WORDS {
        starts.push(0);
    }
    let stop = text.rfind(['.', ';', '?', '!']).map_or(0, |at| at + 1);
    starts.push(stop);
    starts.sort_unstable();
    let found = |&start: &usize| {
        let name = text.get(start..)?;
        let inner = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        let capital = inner.starts_with(char::is_uppercase) || start == 0;
        let heading = known(inner).filter(|_| capital && name.len() <= MAX_BYTES)?;
        Some((text.len() - inner.len(), heading))
    };
    starts.iter().find_map(found)
}

/// What a name is, if it is that of a section or field: in any case, with any spaces.
pub fn known(name: &str) -> Option<Heading> {
    let name = normal(name)?;
    let is_in = |table: &[&str]| table.binary_search(&name.as_str()).is_ok();
    if is_in(FIELDS) {
        Some(Heading::Field)
    } else if is_in(SECTIONS) || is_in(LABELS) {
        Some(Heading::Section)
    } else {
        None
    }
}

/// A name as the tables have it: its words in small letters with a space between, without marks and
/// without "and". None if it has too many words to be a heading.
pub fn normal(name: &str) -> Option<String> {
    let between = |c: char| c.is_whitespace() || "/&-_#*(),.".contains(c);
    let words: Vec<String> = name
        .split(between)
        .map(|word| word.replace(['\'', '\u{2019}'], "").to_lowercase())
        .filter(|word| !word.is_empty() && word != "and")
        .take(MAX_WORDS + 1)
        .collect();
    (words.len() <= MAX_WORDS).then(|| words.join(" "))
}

/// The label of a structured abstract that a text begins with and that its first word is stuck to:
/// `BackgroundWarfarin`. How many bytes it has.
pub fn stuck_label(text: &str) -> Option<usize> {
    // Asked at every stop of a text, and nearly always no.
    let initial = text.bytes().next().filter(u8::is_ascii_uppercase)?.to_ascii_lowercase();
    let labels = LABELS.iter().filter(|label| label.as_bytes().first() == Some(&initial));
    let longest = labels.filter_map(|label| stuck(text, label)).max()?;
    let mut rest = text[longest..].chars();
    let first = rest.next()?;
    let second = rest.next();
    // "BackgroundWarfarin", "MethodsWe", "ResultsA total"; but "METHODS" and "ResultsX" are words.
    let begins_word = first.is_uppercase()
        && second.is_none_or(|second| second.is_lowercase() || second.is_whitespace());
    begins_word.then_some(longest)
}

/// How many bytes of `text` are `label`, in title case or in capitals.
fn stuck(text: &str, label: &str) -> Option<usize> {
    if label.len() < 4 {
        return None;
    }
    let mut characters = text.chars();
    let alike = label.chars().all(|wanted| {
        let c = characters.next();
        c.is_some_and(|c| c.eq_ignore_ascii_case(&wanted) || wanted == ' ' && c.is_whitespace())
    });
    if !alike {
        return None;
    }
    let start = &text[..text.len() - characters.as_str().len()];
    let title = start
        .split(char::is_whitespace)
        .all(|word| word.bytes().skip(1).all(|b| !b.is_ascii_uppercase()));
    let capitals = start.bytes().all(|b| !b.is_ascii_lowercase());
    (title || capitals).then_some(start.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_hold_each_name_once() {
        for table in [LABELS, SECTIONS, FIELDS, SHORT] {
            assert!(table.is_sorted());
            assert!(table.windows(2).all(|pair| pair[0] != pair[1]));
            assert!(table.iter().all(|name| name.split(' ').count() <= MAX_WORDS));
        }
        assert!(FIELDS.iter().all(|name| SECTIONS.binary_search(name).is_err()));
        assert!(SHORT.iter().all(|name| known(name) == Some(Heading::Section)));
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
    fn a_short_name_stands_alone_as_notes_print_it() {
        for name in ["PMH", "PMHx", "FH", "FHx", "HPI", "ROS", "MEDS", "Meds", "PLAN", "A/P"] {
            assert_eq!(at_start(name), Some((name.len(), Heading::Section)), "{name}");
        }
        for text in ["meds", "fh", "ros", "Fh", "Ros", "CC", "PE", "FH gene", "ROS levels", "ROS1"]
        {
            assert_eq!(at_start(text), None, "{text}");
        }
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
