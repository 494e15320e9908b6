//! Other wordings of a mention under which a vocabulary may have it.

use std::collections::HashMap;

use bioner_documents::abbreviation::find_definitions;

/// A wording, and how sure it is that it means the same, 0 to 1.
pub(crate) type Variant = (String, f32);

/// Words before a name that say how bad it is, not what it is.
const DEGREES: [&str; 14] = [
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

/// Words that name the same kind of disease.
const TUMOURS: [&str; 4] = ["neoplasms", "cancer", "tumor", "tumors"];

/// Endings of adjectives, and those of the nouns they come from: "epileptic", "epilepsy".
const ADJECTIVES: [(&str, &str); 9] = [
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
    /// For each short form its definitions: the place, and the long form.
    of: HashMap<String, Vec<(usize, &'a str)>>,
}

impl<'a> Abbreviations<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut of: HashMap<String, Vec<(usize, &'a str)>> = HashMap::new();
        for definition in find_definitions(text) {
            let long = definition.long.slice(text);
            of.entry(definition.short).or_default().push((definition.at.start, long));
        }
        Abbreviations { of }
    }

    /// What a short form, or its plural, stands for at a place: as defined last before it, or first.
    fn long(&self, short: &str, place: usize) -> Option<&'a str> {
        let plural = || short.strip_suffix('s').and_then(|short| self.of.get(short));
        let definitions = self.of.get(short).or_else(plural)?;
        let before = definitions.iter().rev().find(|(at, _)| *at <= place);
        before.or(definitions.first()).map(|(_, long)| *long)
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

/// The wordings of a mention, the surest first.
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
        if let Some((before, last)) = wording.rsplit_once(' ')
            && TUMOURS.contains(&last.to_lowercase().as_str())
        {
            for other in ["neoplasms", "cancer"] {
                all.push((format!("{before} {other}"), sure * 0.95));
            }
        }
        for (adjective, noun) in ADJECTIVES {
            if let Some(stem) = wording.strip_suffix(adjective) {
                all.push((format!("{stem}{noun}"), sure * 0.9));
            }
        }
    }
    all
}

/// Genus and species of an organism whose genus is abbreviated, from the names written before:
/// "E. coli" after "Escherichia coli".
pub(crate) fn genus<'a>(mention: &str, others: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (initial, epithet) = mention.split_once(['.', ' '])?;
    let epithet = epithet.trim_start_matches(['.', ' ']);
    if initial.is_empty() || initial.len() > 2 || epithet.is_empty() {
        return None;
    }
    let mut others = others;
    others.find(|other| {
        other.strip_prefix(initial).and_then(|rest| rest.strip_suffix(epithet)).is_some_and(
            |middle| {
                middle.ends_with(' ')
                    && middle.trim_end().chars().all(char::is_alphabetic)
                    && middle.len() > 2
            },
        )
    })
}
