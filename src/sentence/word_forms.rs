//! How a document writes, elsewhere, the words that its line ends break in two.

use std::collections::{HashMap, HashSet};

use bioner_segment::characters::{SOFT_HYPHEN, is_hyphen};

/// For words that a line's end breaks at a hyphen, whether the hyphen belongs to the word, where the
/// document has the word on one line too: `preeclampsia` or `pre-eclampsia`.
#[derive(Debug, Clone, Default)]
pub(super) struct WordForms {
    /// Keyed by the parts, in small letters with a hyphen between them.
    keeps: HashMap<Box<str>, bool>,
}

impl WordForms {
    /// Reads a whole document. Takes time linear in its length.
    pub fn of(text: &str) -> Self {
        let broken: HashSet<String> = breaks(text).collect();
        if broken.is_empty() {
            return WordForms::default();
        }
        let joined: HashMap<String, &String> =
            broken.iter().map(|parts| (parts.replace('-', ""), parts)).collect();
        let (mut with, mut without) = (HashSet::new(), HashSet::new());
        for word in text.split(|c: char| !c.is_alphanumeric() && !is_hyphen(c)) {
            let word: String = word
                .chars()
                .filter(|&c| c != SOFT_HYPHEN)
                .map(|c| if is_hyphen(c) { '-' } else { c })
                .flat_map(char::to_lowercase)
                .collect();
            let mut before = None;
            for part in word.split('-') {
                without.extend(joined.get(part).copied());
                if let Some(before) = before {
                    with.extend(broken.get(&format!("{before}-{part}")));
                }
                before = Some(part);
            }
        }
        let one_way = with.symmetric_difference(&without);
        let keeps = one_way.map(|&parts| (parts.as_str().into(), with.contains(parts)));
        WordForms { keeps: keeps.collect() }
    }

    /// Whether the hyphen between the two parts of a word belongs to it; `None` if the document does
    /// not tell.
    pub fn keeps_hyphen(&self, first: &str, second: &str) -> Option<bool> {
        if self.keeps.is_empty() {
            return None;
        }
        let parts = format!("{}-{}", first.to_lowercase(), second.to_lowercase());
        self.keeps.get(parts.as_str()).copied()
    }
}

/// The parts of each word that is broken at a line's end, in small letters with a hyphen between them.
fn breaks(text: &str) -> impl Iterator<Item = String> + '_ {
    text.match_indices(is_hyphen).filter_map(|(at, hyphen)| {
        let after = &text[at + hyphen.len()..];
        let second = after.trim_start();
        if !after[..after.len() - second.len()].contains(['\n', '\r']) {
            return None;
        }
        let before = &text[..at];
        let start = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last();
        let first = &before[start?.0..];
        let end = second.find(|c: char| !c.is_alphanumeric()).unwrap_or(second.len());
        let parts = format!("{first}-{}", &second[..end]).to_lowercase();
        (end > 0).then_some(parts)
    })
}
