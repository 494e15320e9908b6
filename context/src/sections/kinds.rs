//! What sections are called: the short list of `sections.json`.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::headings;
use crate::status::{Experiencer, Temporality};

const SECTIONS_JSON: &str = include_str!("../../sections.json");

/// What a section is, whatever its heading says in a text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SectionKind {
    /// The name in results, as `family history`.
    pub name: String,
    /// The code of the section in LOINC, where it has one.
    pub loinc: Option<String>,
    /// The headings, as [`headings::normal`] gives them.
    pub(crate) headings: Vec<String>,
    /// What it says of all mentions in it.
    #[serde(default)]
    pub(crate) says: Says,
}

/// What a section says of the mentions in it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Says {
    pub temporality: Option<Temporality>,
    pub experiencer: Option<Experiencer>,
    /// They are reasons not to take part.
    pub excluded: bool,
}

impl<'de> Deserialize<'de> for Says {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut says = Says::default();
        for name in Vec::<String>::deserialize(deserializer)? {
            match name.as_str() {
                "historical" => says.temporality = Some(Temporality::Historical),
                "hypothetical" => says.temporality = Some(Temporality::Hypothetical),
                "family" => says.experiencer = Some(Experiencer::Family),
                "excluded" => says.excluded = true,
                _ => return Err(serde::de::Error::custom(format!("nothing is called {name:?}"))),
            }
        }
        Ok(says)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// For those who read the file.
    #[serde(rename = "sources")]
    _sources: BTreeMap<String, String>,
    sections: Vec<SectionKind>,
}

struct Kinds {
    kinds: Vec<SectionKind>,
    by_heading: HashMap<String, usize>,
}

fn kinds() -> &'static Kinds {
    static KINDS: OnceLock<Kinds> = OnceLock::new();
    KINDS.get_or_init(|| {
        #[expect(
            clippy::expect_used,
            reason = "the file is part of the program, and tests read it"
        )]
        let file: File = serde_json::from_str(SECTIONS_JSON).expect("sections.json has sections");
        let numbered = file.sections.iter().enumerate();
        let by_heading = numbered
            .flat_map(|(at, kind)| kind.headings.iter().map(move |heading| (heading.clone(), at)))
            .collect();
        Kinds { kinds: file.sections, by_heading }
    })
}

/// What a section with this heading is.
pub fn of(heading: &str) -> Option<&'static SectionKind> {
    let kinds = kinds();
    kinds.by_heading.get(&headings::normal(heading)?).map(|&at| &kinds.kinds[at])
}

#[cfg(test)]
pub fn all() -> &'static [SectionKind] {
    &kinds().kinds
}
