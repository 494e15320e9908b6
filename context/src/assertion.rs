//! Sentences, sections and phrases to the status of each mention.

use std::collections::HashSet;
use std::ops::Range;

use crate::clauses::turns;
use crate::enumerator::Enumerator;
use crate::questions::with_answers;
use crate::rules::{Ids, NITRIC_OXIDE, Sets, rules};
use crate::scope::{Reach, Reached, Scopes, Sentence};
use crate::sections::{Says, Section, section_at};
use crate::signs::{self, crossed_out, signed_lines};
use crate::status::{Assertion, Experiencer, Status, Temporality};
use crate::words::{BULLET, Kind, Word, words};

/// The status of each mention, in the order of `mentions`, which may overlap and need not be sorted.
///
/// `sentences` are in order and disjoint; a mention belongs to the one that it begins in. `sections`
/// are those of [`sections`](crate::sections()). A mention that lies in no sentence, as one beyond
/// the text, is present, current and the patient's.
pub fn assert(
    text: &str,
    sentences: &[Range<usize>],
    sections: &[Section],
    mentions: &[Range<usize>],
) -> Vec<Status> {
    let mut found = vec![Status::default(); mentions.len()];
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&mention| mentions[mention].start);
    let mut order = order.as_slice();
    let mut carried = Scopes::default();
    let nitric_oxide = NAMED.iter().any(|named| has_words(text, named));
    let sentences = &with_answers(text, sentences);
    for (span, signed) in sentences.iter().zip(signed_lines(text, sentences)) {
        let before = order.partition_point(|&mention| mentions[mention].start < span.start);
        let here = order.partition_point(|&mention| mentions[mention].start < span.end);
        let here = here.max(before);
        let within = &order[before..here];
        order = &order[here..];
        // Without mentions, only what a list may go on with is of interest.
        if within.is_empty() && carried.is_empty() && !opens_list(text, span) {
            continue;
        }
        let headings = headings_in(sections, span);
        let given = Given { text, span, mentions, within, headings, signed, nitric_oxide };
        let (reached, open) = sentence(&given, carried);
        carried = open;
        for (&mention, reached) in within.iter().zip(reached) {
            let section = section_at(sections, mentions[mention].start);
            let says = section.map(|section| section.says_at(mentions[mention].start));
            found[mention] = decided(&reached, says.unwrap_or_default());
        }
    }
    found
}

/// How a text says that NO is nitric oxide in it.
const NAMED: [&str; 3] = ["oxide (NO)", "oxide [NO]", "NO (nitric oxide)"];

/// Whether some words stand in a text, with any white space between them.
fn has_words(text: &str, words: &str) -> bool {
    let (first, others) = words.split_once(' ').unwrap_or((words, ""));
    text.match_indices(first).any(|(at, _)| {
        let mut rest = &text[at + first.len()..];
        others.split_whitespace().all(|word| {
            let next = rest.trim_start();
            let found = next.strip_prefix(word).filter(|_| next.len() < rest.len());
            rest = found.unwrap_or_default();
            found.is_some()
        })
    })
}

/// Whether the items of a list may follow: "The patient denies:".
fn opens_list(text: &str, sentence: &Range<usize>) -> bool {
    text.get(sentence.clone()).is_some_and(|sentence| sentence.trim_end().ends_with(':'))
}

/// The sections that begin in a sentence.
fn headings_in<'a>(sections: &'a [Section], sentence: &Range<usize>) -> &'a [Section] {
    let from = sections.partition_point(|section| section.span.start < sentence.start);
    let to = sections.partition_point(|section| section.span.start < sentence.end);
    &sections[from..to.max(from)]
}

/// A sentence, and what is known of it.
struct Given<'a> {
    text: &'a str,
    span: &'a Range<usize>,
    /// The mentions of the text, and the numbers of those that begin in the sentence.
    mentions: &'a [Range<usize>],
    within: &'a [usize],
    /// The sections that begin in it.
    headings: &'a [Section],
    /// Whether it is one of several lines that begin with a sign, "+" or "-".
    signed: bool,
    /// Whether the text says that NO is nitric oxide.
    nitric_oxide: bool,
}

/// What reaches the mentions of a sentence, and which scopes go on in the items that follow it.
fn sentence(given: &Given, carried: Scopes<'static>) -> (Vec<Reached>, Scopes<'static>) {
    let &Given { text, span, .. } = given;
    let mut words = words(text, span.clone());
    signs::set(text, &mut words, given.signed);
    let item = item_marker(text, &words);
    let words = &words[item..];
    let carried = if item > 0 { carried } else { Scopes::default() };
    let mentions: Vec<Range<usize>> =
        given.within.iter().map(|&mention| of_words(words, &given.mentions[mention])).collect();
    let mut begins = vec![false; words.len()];
    for mention in mentions.iter().filter(|mention| !mention.is_empty()) {
        begins[mention.start] = true;
    }
    let closed = closed(text, words);
    let ids = rules().ids(text, words, given.nitric_oxide);
    let opens = opens_list(text, span);
    let begins = |word: usize| begins.get(word).copied().unwrap_or(opens);
    let mut matches = rules().matches(words, &ids, closed, begins);
    signs::face(words, closed, &mut matches);
    let own: Vec<Option<Sets>> = mentions
        .iter()
        .zip(given.within)
        .map(|(words, &number)| of_itself(text, &given.mentions[number], ids.get(words.clone())?))
        .collect();
    // A name that looks like a negation is none for the mentions behind it either.
    let names = mentions.iter().zip(&own).filter(|(_, own)| **own == Some(Sets::default()));
    let names: HashSet<usize> = names.map(|(words, _)| words.start).collect();
    matches.retain(|found| !names.contains(&found.words.start));
    let turns = turns(text, words, &mentions);
    let breaks: Vec<usize> = given
        .headings
        .iter()
        .map(|section| words.partition_point(|word| word.span.end <= section.span.start))
        .collect();
    let sentence = Sentence {
        words,
        ids: &ids,
        matches: &matches,
        mentions: &mentions,
        breaks: &breaks,
        turns: &turns,
    };
    let (mut reached, open) = sentence.reached(carried);
    for (reached, own) in reached.iter_mut().zip(own) {
        if let Some(sets) = own.filter(|own| own.assertion.is_some()) {
            reached[0] = Some(Reach { sets, distance: 0 });
        }
    }
    let open = match opens {
        true => open.carried(),
        false => carried,
    };
    (reached, open)
}

/// The most words of a doubt with a question mark behind it. More are the title of an article.
const DOUBT_WORDS: usize = 8;

/// Where the stop at the end begins, which is no word that a phrase would have to name. A question
/// mark is one, if all of the sentence is a question: "Is obesity a disease?"
fn closed(text: &str, words: &[Word]) -> usize {
    let divides = |word: &Word| matches!(word.kind, Kind::Mark(',' | ';' | ':' | '\u{2022}' | '('));
    let clause = words.rsplit(divides).next().unwrap_or_default();
    let asks = clause.len() > DOUBT_WORDS
        || words.first().is_some_and(|word| rules().asks(&text[word.span.clone()]));
    let stops = |word: &Word| match word.kind {
        Kind::Mark('.' | '!' | ';') => true,
        Kind::Mark('?') => asks,
        _ => false,
    };
    words.iter().rposition(|word| !stops(word)).map_or(0, |last| last + 1)
}

/// What a mention says of itself, which counts more than what reaches it: "no known allergies" as a
/// mention. Nothing, though it looks like it, if it is a name: "NO synthase".
fn of_itself(text: &str, mention: &Range<usize>, words: &[Ids]) -> Option<Sets> {
    if text.get(mention.clone())? == NITRIC_OXIDE {
        return Some(Sets::default());
    }
    let absent = Sets { assertion: Some(Assertion::Absent), ..Sets::default() };
    rules().inside(words).or_else(|| crossed_out(text, mention.start).then_some(absent))
}

/// The words that a mention has; the word that its first byte is in counts as its own.
fn of_words(words: &[Word], mention: &Range<usize>) -> Range<usize> {
    let start = words.partition_point(|word| word.span.end <= mention.start);
    let end = words.partition_point(|word| word.span.start < mention.end);
    start..end.max(start)
}

/// How many words mark the item of a list that a sentence is: a bullet, or "3." or "(b)".
fn item_marker(text: &str, words: &[Word]) -> usize {
    let bullet =
        BULLET.starts_with(|bullet| words.first().is_some_and(|w| w.kind == Kind::Mark(bullet)));
    if bullet {
        return 1;
    }
    let marked = |count: usize| {
        let (first, last) = (words.first()?, words.get(count - 1)?);
        let word = text.get(first.span.start..last.span.end)?;
        Enumerator::of_marked(word).map(|_| count)
    };
    marked(2).or_else(|| marked(3)).unwrap_or(0)
}

/// The status that phrases and section give, the phrases first.
fn decided(reached: &Reached, says: Says) -> Status {
    let [assertion, temporality, experiencer] = reached.map(|reach| reach.map(|reach| reach.sets));
    let sets = Sets {
        assertion: assertion.and_then(|sets| sets.assertion),
        temporality: temporality.and_then(|sets| sets.temporality),
        experiencer: experiencer.and_then(|sets| sets.experiencer),
    };
    let said = sets.assertion.unwrap_or_default();
    Status {
        assertion: if says.excluded { excluded(said) } else { said },
        temporality: sets.temporality.or(says.temporality).unwrap_or(Temporality::Current),
        experiencer: sets.experiencer.or(says.experiencer).unwrap_or(Experiencer::Patient),
    }
}

/// What holds of those who take part if it is a reason for not taking part: who has no asthma is
/// excluded, so who takes part has it.
fn excluded(said: Assertion) -> Assertion {
    match said {
        Assertion::Present => Assertion::Absent,
        Assertion::Absent => Assertion::Present,
        Assertion::Possible => Assertion::Possible,
    }
}

#[cfg(test)]
mod tests;
