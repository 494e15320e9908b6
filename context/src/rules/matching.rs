//! Where the phrases of the rules apply in a row of words.

use super::{Effect, Ids, Match, NITRIC_OXIDE, Rules, Sets, is_capitals, text_of};
use crate::words::{Kind, Word};

/// What stands for a number in a phrase, for one in digits, for a year, for where something begins, and
/// for the end.
const NUMBER: &str = "#";
const DIGITS: &str = "nn";
const YEAR: &str = "yyyy";
const START: &str = "^";
const END: &str = "$";

impl Rules {
    /// What the words of a sentence are in phrases. If the text says that NO is nitric oxide
    /// (`nitric_oxide`), NO is not the word "no" in a sentence that has small letters, too.
    pub fn ids(&self, text: &str, words: &[Word], nitric_oxide: bool) -> Vec<Ids> {
        // Among capitals alone they tell nothing.
        let mixed = words.iter().any(|word| {
            let word = &text[word.span.clone()];
            word.chars().nth(1).is_some() && word.contains(char::is_lowercase)
        });
        let of = |word: &Word| {
            let mut ids = self.ids_of(text, word, mixed);
            if nitric_oxide && mixed && text[word.span.clone()] == *NITRIC_OXIDE {
                ids[0] = None;
            }
            ids
        };
        words.iter().map(of).collect()
    }

    /// The phrases in a sentence, the longest at each place, not overlapping. The stop at its end begins
    /// at `closed`. No phrase goes on past a word for which `begins` holds: the first word of a mention.
    /// It holds for words behind the end if mentions follow there, in the items of a list.
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
                .filter(|effect| effect.has_what_it_needs(&all_ids[..at], &all_ids[end..]))
                .filter(|effect| effect.reaches(end, &begins))
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

    /// What a mention says of itself by the words that it begins with, if there is a rule for them. A
    /// negation is not all of it, unless the rule says so.
    pub fn inside(&self, mention: &[Ids]) -> Option<Sets> {
        let of = Kept { inside: true, opens: true };
        let (end, rules) = self.longest(mention, 0, of, &|_| false)?;
        let effects = || rules.iter().map(|&rule| &self.effects[rule as usize]);
        match effects().any(Effect::is_none) {
            true => Some(Sets::default()),
            false if end == mention.len() => None,
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
        let word = word.to_lowercase();
        self.affirmations.contains(&word) || self.changes.contains(&word)
    }

    /// Whether it says so by how it goes on: "persists".
    pub fn goes_on(&self, word: &str) -> bool {
        self.changes.contains(&word.to_lowercase())
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
            // Only what has to follow a phrase may be a mention.
            let stopped = at > start && at < ids.len() && stop(at);
            let word = match ids.get(at) {
                Some(ids) => *ids,
                None => [self.known.get(END).copied(), None, None, None, None],
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
                .filter(|end| self.effects[end.rule as usize].inside == of.inside)
                .filter(|end| end.ahead || !stopped);
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
            if stopped {
                break;
            }
            states = next;
        }
        best
    }

    /// What a word is in phrases: itself, a number, one in digits, a year, itself in capitals.
    fn ids_of(&self, text: &str, word: &Word, mixed: bool) -> Ids {
        let own = text_of(text, word);
        let number = word.kind == Kind::Number || self.numbers.contains(own.as_str());
        let digits = word.kind == Kind::Number;
        let year = digits && is_year(&own);
        let printed = &text[word.span.clone()];
        let capitals = mixed && is_capitals(printed);
        let known = |is: bool, word: &str| is.then(|| self.known.get(word).copied()).flatten();
        [
            known(true, &own),
            known(number, NUMBER),
            known(digits, DIGITS),
            known(year, YEAR),
            known(capitals, printed),
        ]
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

/// Whether a number is a year as notes have them. 2000 is a dose more often.
fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20")) && number != "2000"
}
