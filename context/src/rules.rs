//! The rules of `rules.json`, and where they apply in a row of words.
//!
//! A phrase stands for several: `{a|b}` for either, `{a|}` for `a` or nothing, `<name>` for any entry of
//! the list of that name, `#` for a number, in digits or as a word, and `$` for the end of a sentence.
//!
//! All phrases are one automaton over words, not deterministic: it has a state for each word of the
//! file, while the phrases written out would be a hundred times as many. [`Rules::matches`] takes
//! the longest phrase at each place, from left to right, so its time grows with the words alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::status::{Assertion, Experiencer, Temporality};
use crate::words::{Kind, Word, words};

const RULES_JSON: &str = include_str!("../rules.json");

/// The number of attributes: assertion, temporality, experiencer.
pub const ATTRIBUTES: usize = 3;

/// What a phrase does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// What it says of the mentions in its scope.
    pub sets: Sets,
    /// Whether its scope is behind it.
    pub forward: bool,
    /// Whether its scope is before it.
    pub backward: bool,
    /// How many words at most may stand between it and a mention.
    pub within: usize,
    /// Of which attributes it ends the scope of other phrases.
    pub ends: [bool; ATTRIBUTES],
}

/// The attributes that a phrase sets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sets {
    pub assertion: Option<Assertion>,
    pub temporality: Option<Temporality>,
    pub experiencer: Option<Experiencer>,
}

impl Sets {
    /// Whether it sets the attribute of that number.
    pub fn has(&self, attribute: usize) -> bool {
        match attribute {
            0 => self.assertion.is_some(),
            1 => self.temporality.is_some(),
            _ => self.experiencer.is_some(),
        }
    }
}

/// A phrase found: its words, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    pub words: Range<usize>,
    pub effects: Vec<&'a Effect>,
}

/// The phrases of all rules.
#[derive(Debug, Default)]
pub struct Rules {
    /// The words of the phrases.
    known: HashMap<Box<str>, u32>,
    /// From a state by a word to the next states.
    edges: HashMap<(u32, u32), Vec<u32>>,
    /// The rule of the phrase that ends at a state.
    ends: Vec<Option<u16>>,
    /// What each rule does; nothing, where it only keeps words from being another phrase.
    effects: Vec<Option<Effect>>,
    numbers: HashSet<String>,
}

/// What stands for a number in a phrase, and for the end of a sentence.
const NUMBER: &str = "#";
const END: &str = "$";

/// The rules that the program has.
pub fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        #[expect(
            clippy::expect_used,
            reason = "the file is part of the program, and tests read it"
        )]
        Rules::read(RULES_JSON).expect("rules.json is a file of rules")
    })
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: BTreeMap<String, String>,
    numbers: Vec<String>,
    lists: Lists,
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// For those who read the file.
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    sets: Vec<String>,
    direction: Option<String>,
    within: Option<usize>,
    #[serde(default)]
    ends: Vec<String>,
    sources: Vec<String>,
    phrases: Vec<String>,
}

impl Rules {
    /// Reads and prepares a file of rules; in case of an error says what is wrong with it.
    pub fn read(json: &str) -> Result<Rules, String> {
        let file: File = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let numbers = file.numbers.into_iter().collect();
        let mut rules = Rules { ends: vec![None], numbers, ..Rules::default() };
        for (number, rule) in file.rules.iter().enumerate() {
            if let Some(source) = rule.sources.iter().find(|&s| !file.sources.contains_key(s)) {
                return Err(format!("no source is called {source:?}"));
            }
            rules.effects.push(rule.effect()?);
            for phrase in &rule.phrases {
                rules.add(phrase, number as u16, &file.lists)?;
            }
        }
        Ok(rules)
    }

    /// Adds a phrase: for each of its parts, from all states that the parts before can end in, a way
    /// through each alternative to one new state.
    fn add(&mut self, phrase: &str, rule: u16, lists: &Lists) -> Result<(), String> {
        let mut open = vec![0];
        for part in parts(phrase, lists)? {
            let join = self.state();
            let mut skipped = false;
            for choice in &part {
                let words = words(choice, 0..choice.len());
                let Some((last, first)) = words.split_last() else {
                    skipped = true;
                    continue;
                };
                let mut at = open.clone();
                for word in first {
                    let next = self.state();
                    self.connect(&at, &in_phrase(choice, word), next);
                    at = vec![next];
                }
                self.connect(&at, &in_phrase(choice, last), join);
            }
            match skipped {
                true => open.push(join),
                false => open = vec![join],
            }
        }
        for state in open {
            if state == 0 {
                return Err(format!("the phrase {phrase:?} can be empty"));
            }
            self.ends[state as usize] = Some(rule);
        }
        Ok(())
    }

    fn state(&mut self) -> u32 {
        self.ends.push(None);
        self.ends.len() as u32 - 1
    }

    fn connect(&mut self, from: &[u32], word: &str, to: u32) {
        let next = self.known.len() as u32;
        let word = *self.known.entry(word.into()).or_insert(next);
        for &state in from {
            self.edges.entry((state, word)).or_default().push(to);
        }
    }

    /// The phrases in a sentence, the longest at each place, not overlapping. None goes on past a word
    /// for which `stop` holds: the first word of a mention.
    pub fn matches(
        &self,
        text: &str,
        words: &[Word],
        stop: impl Fn(usize) -> bool,
    ) -> Vec<Match<'_>> {
        let ids: Vec<Ids> = words.iter().map(|word| self.ids(text, word)).collect();
        let mut matches = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((end, rules)) = self.longest(&ids, at, &stop) else {
                at += 1;
                continue;
            };
            let all = || rules.iter().map(|&rule| &self.effects[rule as usize]);
            // Where a phrase is a trigger by one rule and none by another, it is none.
            let none = all().any(Option::is_none);
            let effects: Vec<&Effect> =
                all().flatten().filter(|effect| !none || effect.sets == Sets::default()).collect();
            if !effects.is_empty() {
                matches.push(Match { words: at..end.min(words.len()), effects });
            }
            at = end;
        }
        matches
    }

    /// The longest phrase that begins at a word: the word behind it, and its rules.
    fn longest(
        &self,
        ids: &[Ids],
        start: usize,
        stop: &impl Fn(usize) -> bool,
    ) -> Option<(usize, Vec<u16>)> {
        let mut best = None;
        let mut states = vec![0];
        for at in start..=ids.len() {
            if at > start && at < ids.len() && stop(at) {
                break;
            }
            let word = match ids.get(at) {
                Some(ids) => *ids,
                None => [self.known.get(END).copied(), None],
            };
            let mut next: Vec<u32> = Vec::new();
            for &state in &states {
                let edges = |word: u32| self.edges.get(&(state, word)).into_iter().flatten();
                next.extend(word.into_iter().flatten().flat_map(edges));
            }
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                break;
            }
            let mut rules: Vec<u16> = next.iter().filter_map(|&s| self.ends[s as usize]).collect();
            rules.sort_unstable();
            rules.dedup();
            if !rules.is_empty() {
                best = Some((at + 1, rules));
            }
            states = next;
        }
        best
    }

    /// What a word is in phrases: itself, and a number.
    fn ids(&self, text: &str, word: &Word) -> Ids {
        let own = text_of(text, word);
        let number = word.kind == Kind::Number || self.numbers.contains(own.as_str());
        let number = number.then(|| self.known.get(NUMBER).copied()).flatten();
        [self.known.get(own.as_str()).copied(), number]
    }
}

type Ids = [Option<u32>; 2];

type Lists = BTreeMap<String, Vec<String>>;

/// A word of a phrase as it is compared. A dash is one there, even between two parts.
fn in_phrase(phrase: &str, word: &Word) -> String {
    match &phrase[word.span.clone()] {
        "-" => "-".to_owned(),
        _ => text_of(phrase, word),
    }
}

/// A word as it is compared: in small letters.
fn text_of(text: &str, word: &Word) -> String {
    match word.kind {
        Kind::Mark(mark) => mark.to_string(),
        _ => text[word.span.clone()].to_lowercase(),
    }
}

impl Rule {
    /// What its phrases do; `None` if nothing.
    fn effect(&self) -> Result<Option<Effect>, String> {
        let mut sets = Sets::default();
        for name in &self.sets {
            match name.as_str() {
                "present" => sets.assertion = Some(Assertion::Present),
                "absent" => sets.assertion = Some(Assertion::Absent),
                "possible" => sets.assertion = Some(Assertion::Possible),
                "current" => sets.temporality = Some(Temporality::Current),
                "historical" => sets.temporality = Some(Temporality::Historical),
                "hypothetical" => sets.temporality = Some(Temporality::Hypothetical),
                "patient" => sets.experiencer = Some(Experiencer::Patient),
                "family" => sets.experiencer = Some(Experiencer::Family),
                _ => return Err(format!("nothing is called {name:?}")),
            }
        }
        let (forward, backward) = match self.direction.as_deref() {
            Some("forward") => (true, false),
            Some("backward") => (false, true),
            Some("both") => (true, true),
            None if self.sets.is_empty() => (false, false),
            other => return Err(format!("{other:?} is no direction")),
        };
        let mut ends = [false; ATTRIBUTES];
        for name in &self.ends {
            let attribute =
                ["assertion", "temporality", "experiencer"].iter().position(|a| a == name);
            ends[attribute.ok_or_else(|| format!("no attribute is called {name:?}"))?] = true;
        }
        let within = self.within.unwrap_or(usize::MAX);
        let nothing = self.sets.is_empty() && self.ends.is_empty();
        Ok((!nothing).then_some(Effect { sets, forward, backward, within, ends }))
    }
}

/// The parts of a phrase, each with its alternatives.
fn parts(phrase: &str, lists: &Lists) -> Result<Vec<Vec<String>>, String> {
    let mut parts = Vec::new();
    let mut rest = phrase;
    while !rest.is_empty() {
        let (close, length) = match rest.as_bytes()[0] {
            b'{' => ('}', rest.find('}')),
            b'<' => ('>', rest.find('>')),
            _ => {
                let end = rest.find(['{', '<']).unwrap_or(rest.len());
                if !rest[..end].trim().is_empty() {
                    parts.push(vec![rest[..end].to_owned()]);
                }
                rest = &rest[end..];
                continue;
            }
        };
        let Some(end) = length else {
            return Err(format!("a bracket is not closed in the phrase {phrase:?}"));
        };
        let mut choices = Vec::new();
        for choice in rest[1..end].split('|') {
            let name = match close {
                '>' => Some(choice),
                _ => choice.strip_prefix('<').and_then(|choice| choice.strip_suffix('>')),
            };
            match name {
                Some(name) => match lists.get(name) {
                    Some(list) => choices.extend(list.iter().cloned()),
                    None => return Err(format!("no list is called {name:?}")),
                },
                None if choice.contains(['{', '<', '>']) => {
                    return Err(format!("{choice:?} is no alternative in the phrase {phrase:?}"));
                }
                None => choices.push(choice.to_owned()),
            }
        }
        parts.push(choices);
        rest = &rest[end + 1..];
    }
    Ok(parts)
}

#[cfg(test)]
mod tests;
