//! The rules of `rules.json`, and where they apply in a row of words.
//!
//! A phrase stands for several: `{a|b}` for either, `{a|}` for `a` or nothing, `<name>` for any entry of
//! the list of that name, `#` for a number, in digits or as a word, `yyyy` for a year, `^` where something
//! begins (a sentence, what stands behind a mark or another phrase), and `$` for the end of a sentence.
//! What stands behind `~` has to follow but is no part of it; it is one word.
//!
//! All phrases are one automaton over words, not deterministic: it has a state for each word of the
//! file, while the phrases written out would be a hundred times as many. [`Rules::matches`] takes
//! the longest phrase at each place, from left to right, so its time grows with the words alone.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

mod file;

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
}

/// The end of a phrase: its rule, and whether its last word is no part of it.
#[derive(Debug, Clone, Copy)]
struct End {
    rule: u16,
    ahead: bool,
}

/// What stands for a number in a phrase, for a year, for where something begins, and for the end.
const NUMBER: &str = "#";
const YEAR: &str = "yyyy";
const START: &str = "^";
const END: &str = "$";

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
        let File { numbers, questions, answers, affirmations, .. } = file;
        let mut rules = Rules { numbers, questions, answers, affirmations, ..Rules::default() };
        rules.ends.push(None);
        for (number, rule) in file.rules.iter().enumerate() {
            if let Some(source) = rule.sources.iter().find(|&s| !file.sources.contains_key(s)) {
                return Err(format!("no source is called {source:?}"));
            }
            let mut effect = rule.effect()?;
            effect.to = rule.to.iter().chain(&rule.needs).map(|word| rules.word(word)).collect();
            effect.needs = rule.needs.iter().map(|word| rules.word(word)).collect();
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

    /// What words are in phrases.
    pub fn ids(&self, text: &str, words: &[Word]) -> Vec<Ids> {
        words.iter().map(|word| self.ids_of(text, word)).collect()
    }

    /// The phrases in a sentence, the longest at each place, not overlapping. The stop at its end begins
    /// at `closed`. No phrase goes on past a word for which `begins` holds: the first word of a mention.
    pub fn matches(
        &self,
        words: &[Word],
        all_ids: &[Ids],
        closed: usize,
        begins: impl Fn(usize) -> bool,
    ) -> Vec<Match<'_>> {
        let ids = &all_ids[..closed];
        let mut matches: Vec<Match> = Vec::new();
        let mut at = 0;
        // Where the last phrase ended.
        let mut last = 0;
        while at < ids.len() {
            let opens = at == last || is_opening(words[at - 1].kind);
            let of = Kept { inside: false, opens };
            let Some((end, rules)) = self.longest(ids, at, of, &begins) else {
                at += 1;
                continue;
            };
            let all = || rules.iter().map(|&rule| &self.effects[rule as usize]);
            // Where a phrase is a trigger by one rule and none by another, it is none.
            let none = all().any(Effect::is_none);
            let end = end.min(ids.len());
            let effects: Vec<&Effect> = all()
                .filter(|effect| !effect.is_none() && (!none || effect.sets == Sets::default()))
                .filter(|effect| effect.has_what_it_needs(&all_ids[end..]))
                .filter(|effect| effect.reaches(end, ids.len(), &begins))
                .collect();
            // What is said behind a comma that ends a scope is looked at by itself, too.
            let ends = effects.iter().all(|effect| effect.only_ends());
            let end = match words[at].kind {
                Kind::Mark(_) if ends => at + 1,
                _ => end,
            };
            if !effects.is_empty() {
                matches.push(Match { words: at..end, effects });
            }
            (at, last) = (end, end);
        }
        matches
    }

    /// What a mention says of itself by the words that it begins with, if there is a rule for them.
    pub fn inside(&self, mention: &[Ids]) -> Option<Sets> {
        let of = Kept { inside: true, opens: true };
        let (_, rules) = self.longest(mention, 0, of, &|_| false)?;
        let effects = || rules.iter().map(|&rule| &self.effects[rule as usize]);
        match effects().any(Effect::is_none) {
            true => Some(Sets::default()),
            false => effects().next().map(|effect| effect.sets),
        }
    }

    /// Whether a word begins a question.
    pub fn asks(&self, word: &str) -> bool {
        self.questions.contains(&word.to_lowercase())
    }

    /// Whether a word answers a question.
    pub fn answers(&self, word: &str) -> bool {
        self.answers.contains(&word.to_lowercase())
    }

    /// Whether a word says of what stands before it that it is there.
    pub fn affirms(&self, word: &str) -> bool {
        self.affirmations.contains(&word.to_lowercase())
    }

    /// The longest phrase that begins at a word: the word behind it, and its rules.
    fn longest(
        &self,
        ids: &[Ids],
        start: usize,
        of: Kept,
        stop: &impl Fn(usize) -> bool,
    ) -> Option<(usize, Vec<u16>)> {
        let mut best = None;
        // The rules of shorter phrases that only end scopes, which they do within longer ones, too.
        let mut shorter: Vec<u16> = Vec::new();
        let mut states = vec![0];
        if of.opens {
            let first = self.known.get(START).and_then(|&word| self.edges.get(&(0, word)));
            states.extend(first.into_iter().flatten());
        }
        for at in start..=ids.len() {
            if at > start && at < ids.len() && stop(at) {
                break;
            }
            let word = match ids.get(at) {
                Some(ids) => *ids,
                None => [self.known.get(END).copied(), None, None],
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
            let ends = next
                .iter()
                .filter_map(|&state| self.ends[state as usize])
                .filter(|end| self.effects[end.rule as usize].inside == of.inside);
            let ahead = ends.clone().any(|end| end.ahead);
            let mut rules: Vec<u16> = ends.map(|end| end.rule).collect();
            if !rules.is_empty() {
                let ends: Vec<u16> = rules
                    .iter()
                    .copied()
                    .filter(|&rule| self.effects[rule as usize].only_ends())
                    .collect();
                rules.append(&mut shorter.clone());
                rules.sort_unstable();
                rules.dedup();
                shorter.extend(ends);
                best = Some((at + usize::from(!ahead), rules));
            }
            states = next;
        }
        best
    }

    /// What a word is in phrases: itself, a number, a year.
    fn ids_of(&self, text: &str, word: &Word) -> Ids {
        let own = text_of(text, word);
        let number = word.kind == Kind::Number || self.numbers.contains(own.as_str());
        let year = word.kind == Kind::Number && is_year(&own);
        let known = |word: &str| self.known.get(word).copied();
        [known(&own), number.then(|| known(NUMBER)).flatten(), year.then(|| known(YEAR)).flatten()]
    }
}

/// Which phrases are looked for.
#[derive(Clone, Copy)]
struct Kept {
    /// Those for the words of a mention, or the others.
    inside: bool,
    /// Whether something begins here.
    opens: bool,
}

/// Whether what stands behind a word begins something new.
fn is_opening(word: Kind) -> bool {
    matches!(word, Kind::Mark(',' | ';' | ':' | '.' | '(' | '[' | '?' | '!' | '\u{2022}'))
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
    fn reaches(&self, end: usize, count: usize, begins: &impl Fn(usize) -> bool) -> bool {
        let begins = |at: usize| at < count && begins(at);
        let limited = self.forward && !self.backward && self.is_short();
        let mut reach = (end..=end.saturating_add(self.within)).take_while(|&at| at < count);
        match self.touches {
            true => begins(end),
            false => !limited || reach.any(begins),
        }
    }

    /// Whether a word that it needs is among those behind it, before its scope ends.
    fn has_what_it_needs(&self, behind: &[Ids]) -> bool {
        let is_in = |word: &Ids, list: &[u32]| word[0].is_some_and(|word| list.contains(&word));
        let mut scope = behind.iter().take(NEEDED_WITHIN);
        let found = scope.find(|word| is_in(word, &self.needs) || is_in(word, &self.to));
        self.needs.is_empty() || found.is_some_and(|word| is_in(word, &self.needs))
    }
}

/// Whether a number is a year as notes have them. 2000 is a dose more often.
fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20")) && number != "2000"
}

/// What a word is in phrases, as numbers of words.
pub type Ids = [Option<u32>; 3];

/// A word of a phrase as it is compared. A dash is one there, even between two parts, and so is a sign.
fn in_phrase(phrase: &str, word: &Word) -> String {
    match &phrase[word.span.clone()] {
        sign @ ("-" | "+" | "\u{2212}") => sign.to_owned(),
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

#[cfg(test)]
mod tests;
