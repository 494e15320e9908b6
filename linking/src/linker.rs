//! Mentions of a document in, identifiers out.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use bioner_documents::ByteSpan;
use serde::Serialize;

use crate::builder::MAX_NAME;
use crate::kinds::{canonical, fit};
use crate::normalize::{key, number_key};
use crate::similarity::{SLIP, similarity};
use crate::variants::{Abbreviations, Genera, Variant, spaced, variants};
use crate::vocabulary::Vocabulary;

/// The score from which a candidate becomes the identifier. Where it comes from:
/// `docs/decisions/linking.md`.
const ACCEPTED: f32 = 0.85;
/// The score below which a name is no candidate.
const CONSIDERED: f32 = 0.6;
/// What a name that is only similar is worth beside one that is equal.
const SIMILAR: f32 = 0.97;
/// What a synonym is worth beside the preferred name of another concept. The plural of a preferred name is
/// one: "alcohol" is less surely Alcohols, a class, than Ethanol.
const SYNONYM: f32 = 0.99;
/// The most candidates of a mention.
const MAX_CANDIDATES: usize = 5;
/// How many names with the most trigrams in common are compared.
const NEAREST: usize = 48;

/// A mention to be linked.
#[derive(Debug, Clone, Copy)]
pub struct Mention<'a> {
    /// Where it stands in the text, in bytes.
    pub span: ByteSpan,
    /// Its entity type.
    pub kind: &'a str,
}

impl<'a> Mention<'a> {
    /// A mention at a place.
    pub fn new(span: ByteSpan, kind: &'a str) -> Self {
        Mention { span, kind }
    }
}

/// What a mention is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Link {
    /// The identifier of the first candidate, if that is sure enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it may be, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
}

/// A concept that a mention may mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Its identifier, as `MESH:D003924`.
    pub id: String,
    /// Its preferred name.
    pub name: String,
    /// How well it fits, 0 to 1: 1 is an equal name of the right type.
    pub score: f64,
    /// The identifiers that other vocabularies have for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<String>,
}

/// Vocabularies in the order in which they are asked.
#[derive(Default)]
pub struct Linker {
    vocabularies: Vec<Vocabulary>,
}

/// A concept that was found, with what it is ranked by.
struct Found {
    vocabulary: usize,
    concept: u32,
    /// Whether a name is equal, up to its spelling.
    equal: bool,
    /// Whether it is sure enough for an identifier.
    accepted: bool,
    /// Whether it is of the type that the mention's type means first.
    own: bool,
    score: f32,
}

impl Linker {
    /// A linker without vocabularies, which finds nothing.
    pub fn new() -> Self {
        Linker::default()
    }

    /// Adds a vocabulary, to be asked after those before it: an equal name in an earlier one goes
    /// before an equal name in a later one.
    pub fn add(&mut self, vocabulary: Vocabulary) {
        self.vocabularies.push(vocabulary);
    }

    /// Adds a vocabulary, to be asked before the one at `place` and those after it.
    pub fn insert(&mut self, place: usize, vocabulary: Vocabulary) {
        self.vocabularies.insert(place.min(self.vocabularies.len()), vocabulary);
    }

    /// Takes out the vocabulary at `place`, if there is one.
    pub fn remove(&mut self, place: usize) -> Option<Vocabulary> {
        (place < self.vocabularies.len()).then(|| self.vocabularies.remove(place))
    }

    /// The vocabularies, in their order.
    pub fn vocabularies(&self) -> &[Vocabulary] {
        &self.vocabularies
    }

    /// A link for each mention of a text, in their order. A mention whose span does not fit the text, or that
    /// has more than [`MAX_NAME`] bytes, gets an empty one. The same text and mentions always give the same
    /// links.
    pub fn link(&self, text: &str, mentions: &[Mention]) -> Vec<Link> {
        let abbreviations = Abbreviations::new(text);
        // No vocabulary has a longer name, and nothing so long is similar to one.
        let name = |mention: &Mention| {
            let name = text.get(mention.span.start..mention.span.end);
            name.filter(|name| name.len() <= MAX_NAME).map(spaced)
        };
        let names: Vec<Option<Cow<str>>> = mentions.iter().map(name).collect();
        let mut genera = Genera::default();
        let mut known: HashMap<(String, &str), Link> = HashMap::new();
        let mut links = Vec::with_capacity(mentions.len());
        for (mention, name) in mentions.iter().zip(&names) {
            let Some(name) = name.as_deref() else {
                links.push(Link::default());
                continue;
            };
            let kind = canonical(mention.kind);
            let mut wordings = variants(name, mention.span.start, &abbreviations);
            if kind == "Species"
                && let Some(full) = genera.full(name)
            {
                wordings.insert(0, (full.to_owned(), 1.0));
            }
            genera.learn(name);
            let same = wordings
                .iter()
                .map(|(name, sure)| {
                    format!(
                        "{name}	{sure}
"
                    )
                })
                .collect();
            let link = known.entry((same, kind)).or_insert_with(|| self.search(&wordings, kind));
            links.push(link.clone());
        }
        links
    }

    /// What one name is, without a document around it.
    pub fn link_name(&self, name: &str, kind: &str) -> Link {
        let wordings = variants(&spaced(name), 0, &Abbreviations::new(""));
        self.search(&wordings, canonical(kind))
    }

    fn search(&self, wordings: &[Variant], kind: &str) -> Link {
        let mut found = Vec::new();
        for (wording, sure) in wordings {
            self.equal(wording, *sure, kind, &mut found);
        }
        if found.iter().all(|found| !found.accepted)
            && let Some((wording, sure)) = wordings.first()
        {
            self.similar(&key(wording), *sure, kind, &mut found);
        }
        self.rank(found)
    }

    /// Adds the concepts that have this name.
    fn equal(&self, wording: &str, sure: f32, kind: &str, found: &mut Vec<Found>) {
        let (key, name) = (key(wording), number_key(wording));
        for (at, vocabulary) in self.vocabularies.iter().enumerate() {
            for concept in vocabulary.exact(&key).unwrap_or_default() {
                let is_preferred = |preferred: &str| number_key(preferred) == name;
                found.extend(self.found(at, concept, kind, is_preferred, true, sure));
            }
        }
    }

    /// Adds the concepts that have a similar key.
    fn similar(&self, key: &str, sure: f32, kind: &str, found: &mut Vec<Found>) {
        for (at, vocabulary) in self.vocabularies.iter().enumerate() {
            let grams = vocabulary.grams();
            for number in grams.nearest(key.as_bytes(), NEAREST) {
                let Some((name, concepts)) = vocabulary.name(number) else { continue };
                let Ok(name) = std::str::from_utf8(&name) else { continue };
                let likeness = similarity(grams, key, name);
                let score = likeness * SIMILAR * sure;
                let strict = kind == "Species" && likeness < SLIP;
                if score >= CONSIDERED && !strict {
                    for concept in concepts {
                        let is_preferred = |preferred: &str| self::key(preferred) == name;
                        found.extend(self.found(at, concept, kind, is_preferred, false, score));
                    }
                }
            }
        }
    }

    /// A concept with its score, if its type fits.
    fn found(
        &self,
        vocabulary: usize,
        concept: u32,
        kind: &str,
        is_preferred: impl Fn(&str) -> bool,
        equal: bool,
        sure: f32,
    ) -> Option<Found> {
        let stored = self.vocabularies.get(vocabulary)?.concept(concept)?;
        let fits = fit(kind, stored.kind);
        let preferred = if is_preferred(stored.name) { 1.0 } else { SYNONYM };
        let score = sure * fits * preferred;
        let (accepted, own) = (score >= ACCEPTED, fits >= 1.0);
        (score >= CONSIDERED).then_some(Found { vocabulary, concept, equal, accepted, own, score })
    }

    fn rank(&self, mut found: Vec<Found>) -> Link {
        let stored =
            |found: &Found| self.vocabularies.get(found.vocabulary)?.concept(found.concept);
        found.sort_by_cached_key(|found| {
            let frequency = stored(found).map_or(0, |concept| concept.frequency);
            // Scores are not negative, so their bits are in their order.
            let score = Reverse(found.score.to_bits());
            let layer = if found.equal { found.vocabulary } else { self.vocabularies.len() };
            // Of all that would do, a type has its identifiers from one vocabulary: a disease from MeSH, though
            // HPO may have the wording and MeSH the broader name.
            let preferred = Reverse((found.accepted, found.accepted && found.own));
            (layer, preferred, score, found.vocabulary, Reverse(frequency), found.concept)
        });
        let mut link = Link::default();
        for found in &found {
            if link.candidates.len() == MAX_CANDIDATES {
                break;
            }
            let Some(concept) = stored(found) else { continue };
            if link.candidates.iter().any(|candidate| candidate.id == concept.id) {
                continue;
            }
            link.candidates.push(Candidate {
                id: concept.id.to_owned(),
                name: concept.name.to_owned(),
                score: bioner_documents::rounded(f64::from(found.score)),
                same: concept.same().map(str::to_owned).collect(),
            });
        }
        let first = link.candidates.first().zip(found.first());
        link.id = first.filter(|(_, found)| found.accepted).map(|(c, _)| c.id.clone());
        link
    }
}
