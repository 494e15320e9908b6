//! Other wordings of a mention under which a vocabulary may have it.

use std::borrow::Cow;
use std::collections::HashMap;

use bioner_documents::abbreviation::find_definitions;

/// A wording, and how sure it is that it means the same, 0 to 1.
pub(crate) type Variant = (String, f32);

/// Words before a name that say how bad it is, not what it is.
const DEGREES: [&str; 15] = [
    "uncontrolled",
    "severe",
    "mild",
    "moderate",
    "marked",
    "massive",
    "profound",
    "slight",
    "significant",
    "fatal",
    "transient",
    "persistent",
    "recurrent",
    "sudden",
    "new-onset",
];

/// Words for a tumour, and how sure it is that another of [`NEOPLASM`] means the same with the name of an
/// organ: a carcinoma of the lung is what lists of diseases have under its neoplasms.
const TUMOURS: [(&str, f32); 12] = [
    ("neoplasm", 0.95),
    ("neoplasms", 0.95),
    ("cancer", 0.95),
    ("cancers", 0.95),
    ("tumor", 0.95),
    ("tumors", 0.95),
    ("tumour", 0.95),
    ("tumours", 0.95),
    ("carcinoma", 0.9),
    ("carcinomas", 0.9),
    ("malignancy", 0.9),
    ("malignancies", 0.9),
];
/// What tumours are called in lists of diseases.
const NEOPLASM: [&str; 2] = ["neoplasms", "cancer"];

/// Adjectives of organs, and the organs.
const ORGANS: [(&str, &str); 7] = [
    ("renal", "kidney"),
    ("hepatic", "liver"),
    ("pulmonary", "lung"),
    ("cardiac", "heart"),
    ("gastric", "stomach"),
    ("cerebral", "brain"),
    ("ovarian", "ovary"),
];
/// What a name with an organ is worth under the name with its adjective, and the reverse.
const SAME_ORGAN: f32 = 0.93;

/// Short forms that mean one thing alone in texts of medicine, and the names that lists have for it.
const SHORT: [(&str, &str); 4] = [
    ("overdose", "drug overdose"),
    ("toxicity", "drug toxicity"),
    ("toxicities", "drug toxicity"),
    ("neurotoxicity", "neurotoxicity syndromes"),
];
/// What they are worth.
const SHORTENED: f32 = 0.95;

/// Endings of adjectives, and those of the nouns they come from: "epileptic", "epilepsy".
const ADJECTIVES: [(&str, &str); 12] = [
    ("obese", "obesity"),
    ("parkinsonian", "parkinsonism"),
    ("inflammatory", "inflammation"),
    ("tensive", "tension"),
    ("otic", "osis"),
    ("ptic", "psy"),
    ("etic", "etes"),
    ("mic", "mia"),
    ("rgic", "rgy"),
    ("ritic", "ritis"),
    ("eptic", "epsis"),
    ("aemic", "aemia"),
];

/// What a document's abbreviations stand for.
pub(crate) struct Abbreviations<'a> {
    /// For each short form its definitions: the place, and the long form. Both are [`spaced`].
    of: HashMap<String, Vec<(usize, Cow<'a, str>)>>,
}

impl<'a> Abbreviations<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut of: HashMap<String, Vec<(usize, Cow<'a, str>)>> = HashMap::new();
        for definition in find_definitions(text) {
            let short = spaced(&definition.short).into_owned();
            let long = spaced(definition.long.slice(text));
            of.entry(short).or_default().push((definition.at.start, long));
        }
        Abbreviations { of }
    }

    /// What a short form, or its plural, stands for at a place: as defined last before it, or first.
    fn long(&self, short: &str, place: usize) -> Option<&str> {
        let plural = || short.strip_suffix('s').and_then(|short| self.of.get(short));
        let definitions = self.of.get(short).or_else(plural)?;
        // They are in the order of the text.
        let before = definitions.partition_point(|(at, _)| *at <= place);
        definitions.get(before.saturating_sub(1)).map(|(_, long)| &**long)
    }

    /// The mention with every short form in it replaced, if there is one.
    fn expand(&self, mention: &str, place: usize) -> Option<String> {
        if let Some(long) = self.long(mention, place) {
            return Some(long.to_owned());
        }
        let words: Vec<_> = mention.split(' ').collect();
        let longs: Vec<_> = words.iter().map(|word| self.long(word, place)).collect();
        if words.len() < 2 || longs.iter().all(Option::is_none) {
            return None;
        }
        let joined: Vec<_> =
            words.iter().zip(longs).map(|(&word, long)| long.unwrap_or(word)).collect();
        Some(joined.join(" "))
    }
}

/// The wordings of a mention, the surest first. It is [`spaced`], and so are they.
pub(crate) fn variants(mention: &str, place: usize, abbreviations: &Abbreviations) -> Vec<Variant> {
    let mut all = Vec::new();
    let sure = match abbreviations.expand(mention, place) {
        Some(long) => {
            all.push((long, 1.0));
            0.85
        }
        None => 1.0,
    };
    all.push((mention.to_owned(), sure));
    for (wording, sure) in all.clone() {
        if let Some((first, rest)) = wording.split_once(' ')
            && DEGREES.contains(&first.to_lowercase().as_str())
        {
            all.push((rest.to_owned(), sure * 0.92));
        }
        for (adjective, noun) in ADJECTIVES {
            if let Some(stem) = wording.strip_suffix(adjective) {
                all.push((format!("{stem}{noun}"), sure * 0.9));
            }
        }
    }
    for rule in [organs, tumours, short_forms] {
        for (wording, sure) in all.clone() {
            all.extend(rule(&wording.to_lowercase(), sure));
        }
    }
    all
}

/// A name with a single space wherever it has white space.
pub(crate) fn spaced(name: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_whitespace() && c != ' ';
    if name.contains(odd) || name.contains("  ") {
        return Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Cow::Borrowed(name)
}

/// "Renal" for "kidney", and the reverse.
fn organs(wording: &str, sure: f32) -> Vec<Variant> {
    let pairs =
        ORGANS.iter().flat_map(|&(adjective, organ)| [(adjective, organ), (organ, adjective)]);
    pairs.filter_map(|(one, other)| exchanged(wording, one, other, sure * SAME_ORGAN)).collect()
}

/// "Lung neoplasms" for "carcinoma of the lung". A tumour of no organ is not any neoplasm.
fn tumours(wording: &str, sure: f32) -> Vec<Variant> {
    if !wording.contains(' ') {
        return Vec::new();
    }
    let ways =
        TUMOURS.iter().flat_map(|&(word, likely)| NEOPLASM.map(|other| (word, other, likely)));
    let ways = ways.filter(|(word, other, _)| word != other);
    ways.filter_map(|(word, other, likely)| exchanged(wording, word, other, sure * likely))
        .collect()
}

/// "Diabetes mellitus" for "diabetes", but not for diabetes insipidus.
fn short_forms(wording: &str, sure: f32) -> Vec<Variant> {
    let sure = sure * SHORTENED;
    let is_short = !wording.contains("mellitus") && !wording.contains("insipidus");
    let diabetes = is_short.then(|| exchanged(wording, "diabetes", "diabetes mellitus", sure));
    let others = SHORT.iter().filter(|(short, _)| *short == wording);
    let others = others.map(|(_, long)| ((*long).to_owned(), sure));
    diabetes.flatten().into_iter().chain(others).collect()
}

/// A wording in small letters with another word in the place of one that it has once; none if it has not.
fn exchanged(wording: &str, word: &str, other: &str, sure: f32) -> Option<Variant> {
    let mut words: Vec<_> = wording.split(' ').collect();
    let mut places = (0..words.len()).filter(|&at| words[at] == word);
    let (Some(at), None) = (places.next(), places.next()) else { return None };
    words[at] = other;
    Some((words.join(" "), sure))
}

/// The organisms named so far with their genus in full, by how it may be abbreviated.
#[derive(Default)]
pub(crate) struct Genera<'a> {
    /// By the first bytes of the genus and what follows it; of equals the first.
    by_short: HashMap<(&'a str, &'a str), &'a str>,
}

/// The most bytes of an abbreviated genus.
const MAX_INITIAL: usize = 2;

impl<'a> Genera<'a> {
    /// Remembers a [`spaced`] name, if it may be that of an organism.
    pub(crate) fn learn(&mut self, name: &'a str) {
        let Some((genus, rest)) = name.split_once(' ') else { return };
        if !genus.chars().all(char::is_alphabetic) {
            return;
        }
        for length in 1..=MAX_INITIAL {
            // At least two letters more than its abbreviation has.
            if let Some(initial) = genus.get(..length)
                && genus.len() - length >= 2
            {
                self.by_short.entry((initial, rest)).or_insert(name);
            }
        }
    }

    /// Genus and species of an organism whose genus is abbreviated: "E. coli" after "Escherichia coli".
    pub(crate) fn full(&self, mention: &str) -> Option<&'a str> {
        let (initial, epithet) = mention.split_once(['.', ' '])?;
        let epithet = epithet.trim_start_matches(['.', ' ']);
        if epithet.is_empty() {
            return None;
        }
        self.by_short.get(&(initial, epithet)).copied()
    }
}
