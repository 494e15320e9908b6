//! How the entities that were found compare with those that are taken for right.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a comparison needs to know of an entity. Offsets are of any one unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention<'a> {
    /// Where it starts.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// Its type.
    pub kind: &'a str,
}

/// Precision, recall and F1, and what they are made of. A share of nothing is 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// The share of the found mentions that are right.
    pub precision: f64,
    /// The share of the gold mentions that were found.
    pub recall: f64,
    /// The harmonic mean of precision and recall.
    pub f1: f64,
    /// How many mentions were found.
    pub found: usize,
    /// How many mentions the gold annotation has.
    pub gold: usize,
    /// How many of the found mentions are right.
    pub correct: usize,
}

/// The scores of a comparison by both criteria. Each gold mention makes at most one found mention
/// right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Both {
    /// A mention is right if start, end and type are the same.
    pub strict: Scores,
    /// A mention is right if the type is the same and the places overlap.
    pub partial: Scores,
}

/// How two mentions, or one alone, compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Start, end and type are the same.
    Agree,
    /// The types are the same, and the places overlap.
    Partial,
    /// The places overlap, and the types are not the same.
    Type,
    /// Nothing was found there.
    Missed,
    /// Nothing is there.
    Extra,
}

/// A gold mention, a found one, or both, as indices into what was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The gold mention; none if there is none here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gold: Option<usize>,
    /// The found mention; none if nothing was found here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<usize>,
    /// How the two compare.
    pub kind: Kind,
}

/// A comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The scores over all types.
    #[serde(flatten)]
    pub all: Both,
    /// The scores of each type.
    #[serde(rename = "byType")]
    pub by_type: BTreeMap<String, Both>,
    /// Every mention once, in the order of the text.
    pub pairs: Vec<Pair>,
}

/// Counts to be summed up over documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mentions found.
    pub found: usize,
    /// Mentions of the gold annotation.
    pub gold: usize,
    /// Found mentions that are right by the strict criterion.
    pub strict: usize,
    /// Found mentions that are right by the partial criterion; the strict ones are among them.
    pub partial: usize,
}

impl Counts {
    /// The sum.
    pub fn add(&mut self, other: Counts) {
        self.found += other.found;
        self.gold += other.gold;
        self.strict += other.strict;
        self.partial += other.partial;
    }

    /// Both scores.
    pub fn scores(self) -> Both {
        let Counts { found, gold, strict, partial } = self;
        Both {
            strict: Scores::new(found, gold, strict),
            partial: Scores::new(found, gold, partial),
        }
    }
}

impl Both {
    /// What the scores are made of.
    pub fn counts(self) -> Counts {
        let Scores { found, gold, correct: strict, .. } = self.strict;
        Counts { found, gold, strict, partial: self.partial.correct }
    }

    /// The scores of several comparisons together: their counts are summed up.
    pub fn sum(all: impl IntoIterator<Item = Both>) -> Both {
        let mut sum = Counts::default();
        for both in all {
            sum.add(both.counts());
        }
        sum.scores()
    }
}

impl Scores {
    /// From how many were found, how many there are, and how many of them are right.
    pub fn new(found: usize, gold: usize, correct: usize) -> Self {
        let share = |of: usize| if of == 0 { 0.0 } else { correct as f64 / of as f64 };
        let (precision, recall) = (share(found), share(gold));
        let sum = precision + recall;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
        Scores { precision, recall, f1, found, gold, correct }
    }
}

/// Pairs every mention with at most one other: first those that agree, then those of one type that
/// overlap, then those that only overlap.
pub fn pairs(gold: &[Mention<'_>], found: &[Mention<'_>]) -> Vec<Pair> {
    let mut left = [sorted(gold), sorted(found)];
    let mut pairs = Vec::new();
    for kind in [Kind::Agree, Kind::Partial, Kind::Type] {
        let [golds, founds] = &mut left;
        // Only mentions of one group are paired.
        let group = |mention: &Mention<'_>| match kind {
            Kind::Type => String::new(),
            _ => mention.kind.to_owned(),
        };
        let mut groups: BTreeMap<String, [Vec<usize>; 2]> = BTreeMap::new();
        for &index in golds.iter() {
            groups.entry(group(&gold[index])).or_default()[0].push(index);
        }
        for &index in founds.iter() {
            groups.entry(group(&found[index])).or_default()[1].push(index);
        }
        let before = pairs.len();
        for [golds, founds] in groups.values() {
            pair_in_order(gold, found, golds, founds, kind, &mut pairs);
        }
        let mut taken = [vec![false; gold.len()], vec![false; found.len()]];
        for pair in &pairs[before..] {
            if let (Some(a), Some(b)) = (pair.gold, pair.found) {
                (taken[0][a], taken[1][b]) = (true, true);
            }
        }
        golds.retain(|&index| !taken[0][index]);
        founds.retain(|&index| !taken[1][index]);
    }
    let [golds, founds] = left;
    let missed =
        golds.into_iter().map(|index| Pair { gold: Some(index), found: None, kind: Kind::Missed });
    let extra =
        founds.into_iter().map(|index| Pair { gold: None, found: Some(index), kind: Kind::Extra });
    pairs.extend(missed.chain(extra));
    let place = |pair: &Pair| {
        let mention = |index: Option<usize>, of: &[Mention<'_>]| {
            index.map_or((usize::MAX, 0), |index| (of[index].start, of[index].end))
        };
        mention(pair.gold, gold).min(mention(pair.found, found))
    };
    pairs.sort_unstable_by_key(|pair| (place(pair), pair.gold, pair.found));
    pairs
}

/// Goes through two lists at once and pairs what fits, each once.
fn pair_in_order(
    gold: &[Mention<'_>],
    found: &[Mention<'_>],
    golds: &[usize],
    founds: &[usize],
    kind: Kind,
    pairs: &mut Vec<Pair>,
) {
    let (mut i, mut j) = (0, 0);
    while let (Some(&g), Some(&f)) = (golds.get(i), founds.get(j)) {
        let (a, b) = (&gold[g], &found[f]);
        let fits = match kind {
            Kind::Agree => (a.start, a.end) == (b.start, b.end),
            _ => a.start < b.end && b.start < a.end,
        };
        if fits {
            pairs.push(Pair { gold: Some(g), found: Some(f), kind });
            i += 1;
            j += 1;
            continue;
        }
        let gold_first = match kind {
            Kind::Agree => (a.start, a.end) < (b.start, b.end),
            _ => (a.end, a.start) <= (b.end, b.start),
        };
        if gold_first {
            i += 1;
        } else {
            j += 1;
        }
    }
}

fn sorted(mentions: &[Mention<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_unstable_by_key(|&index| (mentions[index].start, mentions[index].end, index));
    order
}

/// The counts of a comparison, by type. A pair of two types counts for neither as right.
pub fn count<'a>(
    gold: &[Mention<'a>],
    found: &[Mention<'a>],
    pairs: &[Pair],
) -> BTreeMap<&'a str, Counts> {
    let mut by_type: BTreeMap<&str, Counts> = BTreeMap::new();
    for mention in gold {
        by_type.entry(mention.kind).or_default().gold += 1;
    }
    for mention in found {
        by_type.entry(mention.kind).or_default().found += 1;
    }
    for pair in pairs {
        let Some(index) = pair.gold else { continue };
        let counts = by_type.entry(gold[index].kind).or_default();
        counts.strict += usize::from(pair.kind == Kind::Agree);
        counts.partial += usize::from(matches!(pair.kind, Kind::Agree | Kind::Partial));
    }
    by_type
}

/// Compares the entities of one text.
pub fn compare(gold: &[Mention<'_>], found: &[Mention<'_>]) -> Comparison {
    let pairs = pairs(gold, found);
    let counts = count(gold, found, &pairs);
    let mut all = Counts::default();
    for counts in counts.values() {
        all.add(*counts);
    }
    let by_type = counts.into_iter().map(|(kind, counts)| (kind.to_owned(), counts.scores()));
    Comparison { all: all.scores(), by_type: by_type.collect(), pairs }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(start: usize, end: usize, kind: &str) -> Mention<'_> {
        Mention { start, end, kind }
    }

    #[test]
    fn every_mention_is_in_one_pair() {
        let gold = [at(0, 7, "A"), at(10, 15, "A"), at(20, 25, "B"), at(30, 31, "B")];
        let found = [at(20, 25, "A"), at(0, 7, "A"), at(12, 18, "A"), at(40, 44, "B")];
        let compared = compare(&gold, &found);
        let kinds: Vec<(Option<usize>, Option<usize>, Kind)> =
            compared.pairs.iter().map(|pair| (pair.gold, pair.found, pair.kind)).collect();
        assert_eq!(
            kinds,
            [
                (Some(0), Some(1), Kind::Agree),
                (Some(1), Some(2), Kind::Partial),
                (Some(2), Some(0), Kind::Type),
                (Some(3), None, Kind::Missed),
                (None, Some(3), Kind::Extra),
            ]
        );
        assert_eq!(compared.all.strict.correct, 1);
        assert_eq!(compared.all.partial.correct, 2);
        assert_eq!(compared.all.strict.precision, 0.25);
        assert_eq!(compared.by_type["A"].partial.found, 3);
        assert_eq!(compared.by_type["A"].partial.recall, 1.0);
    }

    #[test]
    fn one_found_mention_makes_one_gold_mention_right() {
        let gold = [at(0, 4, "A"), at(5, 9, "A")];
        let compared = compare(&gold, &[at(0, 9, "A")]);
        assert_eq!((compared.all.partial.correct, compared.all.partial.recall), (1, 0.5));
        let twice = compare(&gold[..1], &[at(0, 4, "A"), at(0, 4, "A")]);
        assert_eq!((twice.all.strict.correct, twice.all.strict.precision), (1, 0.5));
        let nothing = compare(&[], &[]);
        assert_eq!(nothing.all.strict.f1, 0.0);
        assert!(nothing.pairs.is_empty());
    }

    #[test]
    fn scores_are_summed_by_their_counts() {
        let half = compare(&[at(0, 4, "A"), at(5, 9, "A")], &[at(0, 4, "A")]).all;
        let extra = compare(&[], &[at(0, 4, "A"), at(5, 9, "A")]).all;
        let sum = Both::sum([half, extra]);
        assert_eq!(sum.strict, Scores::new(3, 2, 1));
        assert_eq!((sum.strict.precision, sum.strict.recall), (1.0 / 3.0, 0.5));
        assert_eq!(Both::sum([]).partial, Scores::new(0, 0, 0));
    }

    #[test]
    fn what_agrees_is_paired_before_what_overlaps() {
        // The first found mention overlaps the gold one, the second is it.
        let compared = compare(&[at(3, 9, "A")], &[at(0, 9, "A"), at(3, 9, "A")]);
        assert_eq!(compared.pairs[1], Pair { gold: Some(0), found: Some(1), kind: Kind::Agree });
        assert_eq!(compared.pairs[0].kind, Kind::Extra);
    }
}
