//! The rules of `rules.json`, and where they apply in a row of words.
//!
//! A phrase stands for several: `{a|b}` for either, `{a|}` for `a` or nothing, `<name>` for any entry of
//! the list of that name, `#` for a number, in digits or as a word, `nn` for one in digits, `yyyy` for a
//! year, `^` where something begins (a sentence, what stands behind a mark or another phrase), and `$` for
//! the end of a sentence. What stands behind `~` has to follow but is no part of it; it is one word.
//!
//! Phrases are in small letters, and words are compared in them. A word in capitals, `NO`, is one that is
//! written so in a sentence that has small letters, too.
//!
//! All phrases are one automaton over words, not deterministic: it has a state for each word of the
//! file, while the phrases written out would be a hundred times as many. [`Rules::matches`] takes
//! the longest phrase at each place, from left to right, so its time grows with the words alone.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

mod file;
mod matching;

use file::{File, Lists, parts};

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
    /// Whether it is about the mention that begins with it.
    pub inside: bool,
    /// How many words at most may stand between it and a mention.
    pub within: usize,
    /// The words that end its scope, besides what ends any.
    pub to: Vec<u32>,
    /// It acts only where one of these words stands in its scope.
    pub needs: Vec<u32>,
    /// It acts only where one of these words stands before it.
    pub after: Vec<u32>,
    /// Whether it acts only where a mention stands directly behind it.
    pub touches: bool,
    /// Whether it acts only where signs of the sentence stand on its side of what they are about.
    pub sign: bool,
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
    /// The phrase that ends at a state.
    ends: Vec<Option<End>>,
    /// What each rule does.
    effects: Vec<Effect>,
    numbers: HashSet<String>,
    /// The words that a question begins with.
    questions: HashSet<String>,
    /// The words that answer a question.
    answers: HashSet<String>,
    /// The words that say of what stands before them that it is there.
    affirmations: HashSet<String>,
    /// Those of them that say how it goes on.
    changes: HashSet<String>,
}

/// The end of a phrase: its rule, and whether its last word is no part of it.
#[derive(Debug, Clone, Copy)]
struct End {
    rule: u16,
    ahead: bool,
}

/// What is no negation where it is a name.
pub const NITRIC_OXIDE: &str = "NO";

/// What stands before the word that has to follow a phrase.
const AHEAD: &str = "~";

/// How far a phrase looks for a word that it needs.
const NEEDED_WITHIN: usize = 30;

/// The most words that a short scope has.
const SHORT: usize = 8;

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

impl Rules {
    /// Reads and prepares a file of rules; in case of an error says what is wrong with it.
    pub fn read(json: &str) -> Result<Rules, String> {
        let file: File = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let File { numbers, questions, answers, affirmations, changes, .. } = file;
        let mut rules =
            Rules { numbers, questions, answers, affirmations, changes, ..Rules::default() };
        rules.ends.push(None);
        for (number, rule) in file.rules.iter().enumerate() {
            if let Some(source) = rule.sources.iter().find(|&s| !file.sources.contains_key(s)) {
                return Err(format!("no source is called {source:?}"));
            }
            let mut effect = rule.effect()?;
            effect.to = rule.to.iter().chain(&rule.needs).map(|word| rules.word(word)).collect();
            effect.needs = rule.needs.iter().map(|word| rules.word(word)).collect();
            effect.after = rule.after.iter().map(|word| rules.word(word)).collect();
            rules.effects.push(effect);
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
        let (shown, follows) = phrase.split_once(AHEAD).unwrap_or((phrase, ""));
        let ahead = parts(follows, lists)?;
        if ahead.iter().flatten().any(|choice| words(choice, 0..choice.len()).len() != 1) {
            return Err(format!("more than a word is to follow the phrase {phrase:?}"));
        }
        for part in parts(shown, lists)?.iter().chain(&ahead) {
            let join = self.state();
            let mut skipped = false;
            for choice in part {
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
            self.ends[state as usize] = Some(End { rule, ahead: !ahead.is_empty() });
        }
        Ok(())
    }

    fn state(&mut self) -> u32 {
        self.ends.push(None);
        self.ends.len() as u32 - 1
    }

    /// The number of a word of the file.
    fn word(&mut self, word: &str) -> u32 {
        let next = self.known.len() as u32;
        *self.known.entry(word.into()).or_insert(next)
    }

    fn connect(&mut self, from: &[u32], word: &str, to: u32) {
        let word = self.word(word);
        for &state in from {
            self.edges.entry((state, word)).or_default().push(to);
        }
    }
}

impl Effect {
    /// Whether it does nothing, but keeps words from being another phrase.
    fn is_none(&self) -> bool {
        self.sets == Sets::default() && self.ends == [false; ATTRIBUTES]
    }

    /// Whether it says nothing, but ends the scope of what is said.
    fn only_ends(&self) -> bool {
        !self.is_none() && self.sets == Sets::default()
    }

    /// Whether its scope is a few words.
    pub fn is_short(&self) -> bool {
        self.within <= SHORT
    }

    /// Whether a mention begins within its reach, if it is behind it. Else it should leave the scopes of
    /// others as they are.
    fn reaches(&self, end: usize, begins: &impl Fn(usize) -> bool) -> bool {
        let limited = self.forward && !self.backward && self.is_short();
        match self.touches {
            true => begins(end),
            false => !limited || (end..=end + self.within).any(begins),
        }
    }

    /// Whether a word that it needs is among those behind it, before its scope ends, and one among those
    /// before it that it has to stand after.
    fn has_what_it_needs(&self, before: &[Ids], behind: &[Ids]) -> bool {
        let is_in = |word: &Ids, list: &[u32]| word[0].is_some_and(|word| list.contains(&word));
        let mut near = before.iter().rev().take(NEEDED_WITHIN);
        if !self.after.is_empty() && !near.any(|word| is_in(word, &self.after)) {
            return false;
        }
        let mut scope = behind.iter().take(NEEDED_WITHIN);
        let found = scope.find(|word| is_in(word, &self.needs) || is_in(word, &self.to));
        self.needs.is_empty() || found.is_some_and(|word| is_in(word, &self.needs))
    }
}

/// What a word is in phrases, as numbers of words.
pub type Ids = [Option<u32>; 5];

/// A word of a phrase as it is compared. A dash is one there, even between two parts, and so is a sign.
fn in_phrase(phrase: &str, word: &Word) -> String {
    match &phrase[word.span.clone()] {
        sign @ ("-" | "+" | "\u{2212}") => sign.to_owned(),
        capitals if is_capitals(capitals) => capitals.to_owned(),
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

/// Whether a word has two capitals and no small letters.
fn is_capitals(word: &str) -> bool {
    let count = |is: fn(char) -> bool| word.chars().filter(|&character| is(character)).count();
    count(char::is_uppercase) > 1 && count(char::is_lowercase) == 0
}

#[cfg(test)]
mod tests;
