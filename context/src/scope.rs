//! One sentence: which phrases reach which mentions.
//!
//! The words are passed once from left to right, for phrases whose scope is behind them, and once from
//! right to left. At each mention, the last phrase passed whose scope has not ended counts. A scope
//! ends at a phrase that ends it, at a word that its rule names, at the close of the bracket it began
//! in, and where its rule says how many words it has. A phrase within a mention does not act on it.

use std::ops::Range;

use crate::rules::{ATTRIBUTES, Effect, Ids, Match, Sets};
use crate::words::{Kind, Word};

/// What a phrase says of a mention, and how many words are between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    pub sets: Sets,
    pub distance: usize,
}

/// For each attribute, the phrase that reaches a mention.
pub type Reached = [Option<Reach>; ATTRIBUTES];

/// A phrase whose scope is open.
#[derive(Debug, Clone, Copy)]
struct Open<'a> {
    effect: &'a Effect,
    /// The number of the word behind it, in the direction of the pass.
    from: usize,
    within: usize,
    /// How many brackets are open around it.
    depth: usize,
}

/// The phrases whose scopes are open, for each attribute. A short scope hides a long one as far as it
/// goes: "history of stroke with residual weakness, and gout".
#[derive(Debug, Clone, Copy, Default)]
pub struct Scopes<'a> {
    long: [Option<Open<'a>>; ATTRIBUTES],
    short: [Option<Open<'a>>; ATTRIBUTES],
}

impl<'a> Scopes<'a> {
    /// The same at the beginning of another sentence. It reaches all of it.
    pub fn carried(self) -> Self {
        let start = |open: Open<'a>| Open { from: 0, within: usize::MAX, depth: 0, ..open };
        let last = |attribute: usize| self.short[attribute].or(self.long[attribute]).map(start);
        Scopes { long: std::array::from_fn(last), short: Default::default() }
    }

    /// Whether no scope is open.
    pub fn is_empty(&self) -> bool {
        self.long.iter().chain(&self.short).all(Option::is_none)
    }

    fn all(&mut self) -> impl Iterator<Item = (usize, &mut Option<Open<'a>>)> {
        self.long.iter_mut().enumerate().chain(self.short.iter_mut().enumerate())
    }

    fn end(&mut self, effects: &[&Effect]) {
        for (attribute, open) in self.all() {
            if effects.iter().any(|effect| effect.ends[attribute]) {
                *open = None;
            }
        }
    }

    fn begin(&mut self, effects: impl Iterator<Item = &'a Effect>, from: usize, depth: usize) {
        for effect in effects {
            let open = Some(Open { effect, from, within: effect.within, depth });
            for attribute in (0..ATTRIBUTES).filter(|&attribute| effect.sets.has(attribute)) {
                if effect.is_short() {
                    self.short[attribute] = open;
                } else {
                    (self.long[attribute], self.short[attribute]) = (open, None);
                }
            }
        }
    }

    /// Ends what goes no further than to this word.
    fn pass(&mut self, word: &Ids) {
        let Some(word) = word[0] else { return };
        for (_, open) in self.all() {
            *open = open.filter(|open| !open.effect.to.contains(&word));
        }
    }

    /// Ends what does not go on into another clause.
    fn turn(&mut self) {
        for (_, open) in self.all().filter(|&(attribute, _)| attribute < 2) {
            *open = None;
        }
    }

    /// Ends what began in a bracket that is closed now.
    fn leave(&mut self, depth: usize) {
        for (_, open) in self.all() {
            *open = open.filter(|open| open.depth <= depth);
        }
    }

    fn reach(&self, word: usize) -> Reached {
        let reach = |open: Option<Open>| {
            let open = open?;
            let distance = word.saturating_sub(open.from);
            (distance <= open.within).then_some(Reach { sets: open.effect.sets, distance })
        };
        std::array::from_fn(|attribute| {
            reach(self.short[attribute]).or_else(|| reach(self.long[attribute]))
        })
    }
}

/// A sentence, as far as scopes need it.
pub struct Sentence<'a, 'r> {
    pub words: &'a [Word],
    /// The same as rules have them.
    pub ids: &'a [Ids],
    /// The phrases in it, in order.
    pub matches: &'a [Match<'r>],
    /// The words of each mention.
    pub mentions: &'a [Range<usize>],
    /// The words that begin a section, in order: no scope goes on past one.
    pub breaks: &'a [usize],
    /// The commas that another clause begins behind, in order.
    pub turns: &'a [usize],
}

impl<'r> Sentence<'_, 'r> {
    /// What reaches each mention, and the scopes still open at the end. `carried` are those that
    /// are open at the beginning.
    pub fn reached(&self, carried: Scopes<'r>) -> (Vec<Reached>, Scopes<'r>) {
        let covered = self.covered();
        let (forward, open) = self.forward(carried, &covered);
        let backward = self.backward(&covered);
        let nearest = |pair: (Reached, Reached)| -> Reached {
            std::array::from_fn(|attribute| match (pair.0[attribute], pair.1[attribute]) {
                (Some(before), Some(behind)) if behind.distance < before.distance => Some(behind),
                (before, behind) => before.or(behind),
            })
        };
        (forward.into_iter().zip(backward).map(nearest).collect(), open)
    }

    /// For each word, whether it lies in a mention.
    fn covered(&self) -> Vec<bool> {
        let mut change = vec![0_i32; self.words.len() + 1];
        for mention in self.mentions {
            change[mention.start] += 1;
            change[mention.end] -= 1;
        }
        let mut depth = 0;
        let covered = |change| {
            depth += change;
            depth > 0
        };
        change.into_iter().map(covered).collect()
    }

    fn forward(&self, carried: Scopes<'r>, covered: &[bool]) -> (Vec<Reached>, Scopes<'r>) {
        let mut reached = vec![Reached::default(); self.mentions.len()];
        let mut order: Vec<usize> = (0..self.mentions.len()).collect();
        order.sort_by_key(|&mention| self.mentions[mention].start);
        let mut order = order.into_iter().peekable();
        let mut matches = self.matches.iter().peekable();
        let mut scopes = carried;
        let mut depth = 0;
        let mut breaks = self.breaks.iter().peekable();
        let mut turns = self.turns.iter().peekable();
        for (at, word) in self.words.iter().enumerate() {
            if breaks.next_if(|&&begin| begin <= at).is_some() {
                scopes = Scopes::default();
            }
            while let Some(mention) = order.next_if(|&mention| self.mentions[mention].start == at) {
                reached[mention] = scopes.reach(at);
            }
            match word.kind {
                Kind::Mark('(' | '[' | '{') => depth += 1,
                Kind::Mark(')' | ']' | '}') => {
                    depth = usize::saturating_sub(depth, 1);
                    scopes.leave(depth);
                }
                _ => {}
            }
            if !covered[at] {
                scopes.pass(&self.ids[at]);
            }
            if turns.next_if(|&&comma| comma == at).is_some() {
                scopes.turn();
            }
            if let Some(found) = matches.peek() {
                if found.words.start == at && !covered[at] {
                    scopes.end(&found.effects);
                }
                // Behind all of it, as brackets that it has itself are no limit to it.
                if found.words.end == at + 1 {
                    let effects = found.effects.iter().copied().filter(|effect| effect.forward);
                    scopes.begin(effects, at + 1, depth);
                    matches.next();
                }
            }
        }
        (reached, scopes)
    }

    fn backward(&self, covered: &[bool]) -> Vec<Reached> {
        let mut reached = vec![Reached::default(); self.mentions.len()];
        let mut order: Vec<usize> = (0..self.mentions.len()).collect();
        order.sort_by_key(|&mention| self.mentions[mention].end);
        let mut order = order.into_iter().rev().peekable();
        let mut matches = self.matches.iter().rev().peekable();
        let mut scopes = Scopes::default();
        let mut depth = 0;
        let mut breaks = self.breaks.iter().rev().peekable();
        let mut turns = self.turns.iter().rev().peekable();
        let count = self.words.len();
        for (at, word) in self.words.iter().enumerate().rev() {
            while let Some(mention) = order.next_if(|&mention| self.mentions[mention].end == at + 1)
            {
                reached[mention] = scopes.reach(count - at - 1);
            }
            match word.kind {
                Kind::Mark(')' | ']' | '}') => depth += 1,
                Kind::Mark('(' | '[' | '{') => {
                    depth = usize::saturating_sub(depth, 1);
                    scopes.leave(depth);
                }
                _ => {}
            }
            if !covered[at] {
                scopes.pass(&self.ids[at]);
            }
            if turns.next_if(|&&comma| comma == at).is_some() {
                scopes.turn();
            }
            if let Some(found) = matches.peek() {
                if found.words.end == at + 1 && !covered[found.words.start] {
                    scopes.end(&found.effects);
                }
                if found.words.start == at {
                    let effects = found.effects.iter().copied().filter(|effect| effect.backward);
                    scopes.begin(effects, count - at, depth);
                    matches.next();
                }
            }
            if breaks.next_if(|&&begin| begin >= at).is_some() {
                scopes = Scopes::default();
            }
        }
        reached
    }
}
