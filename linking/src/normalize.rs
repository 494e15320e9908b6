//! The form in which names are compared.

use bioner_documents::{abbreviation::greek_name, is_combining};
use unicode_normalization::UnicodeNormalization;

/// Words that names have or lack without meaning anything else.
const STOP_WORDS: [&str; 10] = ["of", "the", "and", "in", "with", "by", "to", "for", "on", "or"];

/// The key of a name: names with equal keys are the same name, spelled otherwise.
///
/// Case, accents, punctuation, hyphens, plurals, British spelling, Greek letters against their names
/// and words like "of" do not count; the order of words does not either, so that "neoplasms of the
/// lung" and "lung neoplasm" are equal, as are "abdomen, acute" and "acute abdomen". Where a name has
/// two numbers or single letters, as chemical names have, the order does count. The key is empty
/// if the name has nothing but white space.
pub fn key(name: &str) -> String {
    key_of(name, |word| american(&singular(word)))
}

/// The key of a name in which singular and plural are two names.
pub(crate) fn number_key(name: &str) -> String {
    // The s of "Parkinson's" is none of a plural.
    let owner =
        |word: &str| ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).map(str::to_owned);
    let words = name.split_whitespace().map(|word| owner(word).unwrap_or_else(|| word.to_owned()));
    key_of(&words.collect::<Vec<_>>().join(" "), american)
}

fn key_of(name: &str, form: impl Fn(&str) -> String) -> String {
    let mut words = words(name);
    if words.iter().any(|word| !STOP_WORDS.contains(&word.as_str())) {
        words.retain(|word| !STOP_WORDS.contains(&word.as_str()));
    }
    for word in &mut words {
        *word = form(word);
    }
    let places = words.iter().filter(|word| is_place(word)).count();
    if places < 2 {
        words.sort_unstable();
    }
    if words.is_empty() {
        // Signs alone, such as "++", are compared as they are.
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    words.join(" ")
}

/// Whether a word is a number or a single letter, which says little apart from where it stands.
pub(crate) fn is_place(word: &str) -> bool {
    let mut characters = word.chars();
    let first = characters.next();
    first.is_some_and(|c| c.is_numeric()) || (first.is_some() && characters.next().is_none())
}

/// The words in small letters without accents. Letters and digits are apart: `IL2` is two words.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut digits = false;
    let mut end = |current: &mut String| {
        if !current.is_empty() {
            words.push(std::mem::take(current));
        }
    };
    let mut after_apostrophe = false;
    // A small letter may decompose further than its capital, as U+1E9E, so this comes first.
    for c in name.chars().flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase) {
        if is_combining(c) {
            continue;
        }
        if matches!(c, '\'' | '’' | '`' | '´') {
            // "Parkinson's" is "Parkinsons", whose s is dropped as that of a plural.
            after_apostrophe = !current.is_empty();
            if !after_apostrophe {
                end(&mut current);
            }
            continue;
        }
        if !c.is_alphanumeric() {
            end(&mut current);
        } else if let Some(greek) = greek_name(c) {
            end(&mut current);
            current.push_str(greek);
            end(&mut current);
        } else {
            if c.is_numeric() != digits || (after_apostrophe && c != 's') {
                end(&mut current);
            }
            digits = c.is_numeric();
            current.push(c);
        }
        after_apostrophe = false;
    }
    end(&mut current);
    words
}

/// A word without the ending of its plural.
fn singular(word: &str) -> String {
    if word.len() < 4 || !word.is_ascii() {
        return word.to_owned();
    }
    for (plural, singular) in [
        ("ies", "y"),
        ("oses", "osis"),
        ("yses", "ysis"),
        ("stases", "stasis"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("ss", "ss"),
        ("us", "us"),
        ("is", "is"),
        ("mice", "mouse"),
        ("women", "woman"),
        ("children", "child"),
        ("s", ""),
    ] {
        if let Some(stem) = word.strip_suffix(plural) {
            return format!("{stem}{singular}");
        }
    }
    word.to_owned()
}

/// A word as American English spells it. What is no such word may change too: equal stays equal.
fn american(word: &str) -> String {
    if word.len() < 5 {
        return word.to_owned();
    }
    let word = word.replace("ae", "e").replace("oe", "e").replace("isation", "ization");
    match word.strip_suffix("our") {
        Some(stem) => format!("{stem}or"),
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_have_one_key() {
        for (one, other) in [
            ("Parkinson's disease", "parkinson disease"),
            ("Parkinson’s Diseases", "Disease, Parkinson"),
            ("abdomen, acute", "Acute abdomens"),
            ("neoplasms of the lung", "lung neoplasm"),
            ("TNF-α", "tnf alpha"),
            ("β-thalassaemia", "Beta-thalassemia"),
            ("IL2", "IL-2"),
            ("tumour", "Tumors"),
            ("Sjögren syndrome", "sjogren syndromes"),
            ("metastases", "metastasis"),
            ("COVID-19", "covid19"),
            ("allergies", "allergy"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn in_the_key_with_numbers_only_a_plural_is_another_name() {
        for (one, other) in [
            ("Parkinson’s disease", "Parkinson Disease"),
            ("alcohol", "Alcohol"),
            ("type 2 diabetes mellitus", "Diabetes Mellitus, Type 2"),
            ("tumour", "Tumor"),
        ] {
            assert_eq!(number_key(one), number_key(other), "{one} {other}");
        }
        assert_ne!(number_key("alcohol"), number_key("alcohols"));
    }

    #[test]
    fn other_names_have_other_keys() {
        for (one, other) in [
            ("2,3-dioxoindoline", "3,2-dioxoindoline"),
            ("CYP2C9", "CYP9C2"),
            ("hepatitis A", "hepatitis"),
            ("type 1 diabetes", "type 2 diabetes"),
            ("virus", "viru"),
            ("++", "+"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
        assert_eq!(key("++"), "++");
        assert_eq!(key(" \t"), "");
    }
}
