//! Words that are names in one place and something else in another: the metal *lead*, and what
//! *leads to* something. The words around them tell.

use bioner_documents::ByteSpan;
use bioner_documents::abbreviation::{is_common_word, is_in_capitals};

/// What stands before a verb.
const BEFORE_VERB: &[&str] = &[
    "can", "cannot", "could", "did", "do", "does", "may", "might", "must", "not", "shall",
    "should", "that", "they", "to", "we", "which", "who", "will", "would",
];

/// Of those, what also stands before nouns: "exposure to lead", "due to stroke".
const BEFORE_NOUN: &[&str] = &["not", "that", "to", "which"];

/// Of the verbs below, those that are hardly ever one behind such a word, but for `after`.
const NOUNS: &[&str] = &["crack", "iron", "lead", "mass", "shock", "strain", "stroke", "tin"];

/// Names that are also verbs of another meaning.
const VERBS: &[&str] = &[
    "act", "block", "burn", "crack", "cut", "drop", "fall", "fit", "iron", "lead", "mass", "rest",
    "shock", "strain", "stroke", "tear", "tin",
];

/// A name, and what stands before or after it where it is none.
struct Other {
    word: &'static str,
    before: &'static [&'static str],
    after: &'static [&'static str],
}

impl Other {
    fn goes_with(&self, place: &Place) -> bool {
        self.before.contains(&&*place.before) || self.after.contains(&&*place.after)
    }
}

#[rustfmt::skip]
const OTHERS: &[Other] = &[
    Other { word: "arrest", before: &["cycle", "g1", "g2", "growth", "phase"], after: &[] },
    Other { word: "cold", before: &["ice"], after: &["air", "agglutinin", "agglutinins", "buffer", "chain",
        "climate", "environment", "exposure", "ischaemia", "ischemia", "medium", "preservation", "pressor", "room",
        "saline", "season", "shock", "stimulation", "stimuli", "stimulus", "storage", "stress", "temperature",
        "temperatures", "test", "water", "weather", "winter"] },
    Other { word: "fall", before: &["free", "last"], after: &["below", "in", "into", "of", "semester", "short",
        "to", "under", "within"] },
    Other { word: "fit", before: &["best", "curve", "good", "line", "model", "physically"], after: &["adults",
        "for", "into", "men", "of", "patients", "statistics", "subjects", "the", "to", "well", "with", "women"] },
    Other { word: "gold", before: &[], after: &["standard", "standards"] },
    Other { word: "iron", before: &[], after: &["lung", "out"] },
    Other { word: "lead", before: &["ecg", "v1", "v2"], after: &["author", "compound", "compounds", "ii",
        "investigator", "into", "time", "times", "to"] },
    Other { word: "mass", before: &["body", "bone", "fat", "lean", "molecular", "muscle"], after: &["balance",
        "index", "media", "screening", "spectra", "spectrometer", "spectrometric", "spectrometry", "spectrum",
        "transfer", "vaccination"] },
    Other { word: "rash", before: &[], after: &["act", "action", "actions", "behavior", "behaviour", "choice",
        "choices", "conclusion", "decision", "decisions", "judgment", "promise"] },
    Other { word: "rest", before: &["at", "bed", "the"], after: &["of", "period", "periods"] },
    Other { word: "shock", before: &["heat"], after: &["protein", "proteins", "wave", "waves"] },
    Other { word: "silver", before: &[], after: &["lining", "stain", "staining"] },
    Other { word: "strain", before: &["bacterial", "mouse", "rat", "viral", "yeast"], after: &["gauge", "rate"] },
    Other { word: "stroke", before: &["four", "two"], after: &["index", "volume", "volumes", "work"] },
    Other { word: "tear", before: &[], after: &["film", "fluid", "fluids", "production", "secretion"] },
];

/// Words of `after` that also follow the name: "iron in serum", "the lead to the heart".
const LOOSE: &[&str] =
    &["below", "for", "in", "into", "of", "short", "the", "to", "under", "well", "with", "within"];

/// A word of a sentence, and the words beside it, all in small letters.
struct Place {
    word: String,
    before: String,
    after: String,
}

impl Place {
    fn of(sentence: &str, span: ByteSpan) -> Self {
        let (before, after) = (&sentence[..span.start], &sentence[span.end..]);
        Place {
            word: span.slice(sentence).to_lowercase(),
            before: neighbour(before.rsplit(' ').find(|word| !word.is_empty())),
            after: neighbour(after.split(' ').find(|word| !word.is_empty())),
        }
    }

    /// What the table says of the word.
    fn other(&self) -> Option<&'static Other> {
        OTHERS.iter().find(|other| other.word == self.word)
    }

    /// Whether the word is a verb here, as far as the word before it tells.
    fn is_verb(&self) -> bool {
        let noun = has(NOUNS, &self.word) && BEFORE_NOUN.contains(&&*self.before);
        has(VERBS, &self.word) && !noun && has(BEFORE_VERB, &self.before)
    }
}

/// Whether what stands at `span` of a sentence is hardly the name it is elsewhere: a word with
/// neighbours that go with its other meaning, or an English word in capitals among
/// others in capitals.
pub(crate) fn is_other(sentence: &str, span: ByteSpan) -> bool {
    let name = span.slice(sentence);
    if name.chars().all(char::is_uppercase) {
        return is_common_word(name) && is_in_capitals(sentence, span);
    }
    let place = Place::of(sentence, span);
    place.is_verb() || place.other().is_some_and(|other| other.goes_with(&place))
}

/// Whether what stands at `span` of a sentence is never the name it is elsewhere, whatever a model
/// says: `stroke` in `stroke volume`, `lead` in `may lead to`.
pub(crate) fn is_never(sentence: &str, span: ByteSpan) -> bool {
    let place = Place::of(sentence, span);
    let Some(other) = place.other().filter(|_| is_other(sentence, span)) else { return false };
    let modal = has(BEFORE_VERB, &place.before) && !BEFORE_NOUN.contains(&&*place.before);
    let tight = modal || !LOOSE.contains(&&*place.after);
    other.after.contains(&&*place.after) && tight || other.before.contains(&&*place.before)
}

fn has(sorted: &[&str], word: &str) -> bool {
    sorted.binary_search(&word).is_ok()
}

/// A neighbouring word in small letters; nothing if a mark stands between.
fn neighbour(word: Option<&str>) -> String {
    let word = word.unwrap_or_default();
    word.trim_end_matches(['.', ',', ';', ')']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(sentence: &str, word: &str) -> bool {
        let start = sentence.find(word).unwrap();
        is_other(sentence, ByteSpan::new(start, start + word.len()))
    }

    #[test]
    fn lists_are_sorted() {
        assert!(BEFORE_VERB.is_sorted() && VERBS.is_sorted() && NOUNS.is_sorted());
    }

    #[test]
    fn some_neighbours_tell_more_than_a_model() {
        let never = |sentence: &str, word: &str| {
            let start = sentence.find(word).unwrap();
            is_never(sentence, ByteSpan::new(start, start + word.len()))
        };
        for (sentence, word) in [
            ("Stroke volume fell.", "Stroke"),
            ("It may lead to death.", "lead"),
            ("to iron out what differed", "iron"),
            ("by mass spectrometry", "mass"),
        ] {
            assert!(never(sentence, word), "{sentence}");
        }
        for (sentence, word) in [
            ("Stroke of unknown cause", "Stroke"),
            ("exposure to lead in childhood", "lead"),
            ("due to stroke", "stroke"),
            ("Iron in serum", "Iron"),
            ("a mass in the lung", "mass"),
        ] {
            assert!(!never(sentence, word), "{sentence}");
        }
    }

    #[test]
    fn neighbours_tell_a_name_from_a_word() {
        for (sentence, word) in [
            ("It may lead to death.", "lead"),
            ("Falls lead to fractures.", "lead"),
            ("We fit a model.", "fit"),
            ("in cold water", "cold"),
            ("a fall in pressure", "fall"),
            ("a rash decision", "rash"),
            ("the gold standard.", "gold"),
            ("body mass", "mass"),
            ("It is known to lead to death.", "lead"),
            ("AND FIT CHILDREN WERE LEFT", "FIT"),
        ] {
            assert!(other(sentence, word), "{sentence}");
        }
        for (sentence, word) in [
            ("Blood lead was high.", "lead"),
            ("exposure to lead in childhood", "lead"),
            ("deaths due to stroke", "stroke"),
            ("the lead and zinc", "lead"),
            ("lead, to a degree", "lead"),
            ("She has a cold, water and tea help.", "cold"),
            ("He had a fit.", "fit"),
            ("After the fall she was seen.", "fall"),
            ("A rash was seen.", "rash"),
            ("gold salts", "gold"),
            ("FIT and AML", "FIT"),
            ("They had asthma", "asthma"),
        ] {
            assert!(!other(sentence, word), "{sentence}");
        }
    }
}
