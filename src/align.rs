//! 8. Mentions to exact spans.
//!
//! Most formats say the words of a mention, not its place. Such a mention means every place where the
//! sentence has these words as whole pieces, except that:
//!
//! - Lists follow the order of the sentence. Places before the mention that the list has before this
//!   one, of the same type, are left out if there are places after it.
//! - Places within another name ("PD" in "PD-1") are left out if there are others, and so are places
//!   whose neighbours say that the word means something else ("lead poisoning can lead to anaemia").
//! - Places within a longer mention are left out ("cancer" is not marked in "breast cancer" as well),
//!   unless the longer mention has another type and there are no other places.

use std::collections::HashMap;

use crate::format::{Mention, Place};
use crate::role;
use crate::sentence::Sentence;
use bioner_documents::ByteSpan;
use bioner_documents::abbreviation::has_code;

/// A mention and one of its places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aligned {
    /// The place, in bytes of the sentence's view.
    pub span: ByteSpan,
    /// The index of the mention.
    pub mention: usize,
}

/// The places of `mentions` in the sentence's view, sorted by start, longer ones first. A mention whose
/// words the sentence does not have gets no place.
pub fn align(sentence: &Sentence, mentions: &[Mention]) -> Vec<Aligned> {
    let bounds = bounds(sentence, mentions);
    let mut longest_first: Vec<usize> = (0..mentions.len()).collect();
    longest_first.sort_by_key(|&index| std::cmp::Reverse(mentions[index].text.len()));
    let mut placed: Vec<Aligned> = Vec::new();
    for mention in longest_first {
        let places = places(sentence, &mentions[mention], bounds[mention]);
        let free = |span: ByteSpan, same_type_only: bool| {
            placed.iter().all(|other| {
                let same_type = mentions[other.mention].kind == mentions[mention].kind;
                let same_words = other.span == span && !same_type;
                !other.span.overlaps(span) || same_words || (same_type_only && !same_type)
            })
        };
        let mut kept: Vec<ByteSpan> = Vec::new();
        for same_type_only in [false, true] {
            for &span in &places {
                if free(span, same_type_only) && kept.iter().all(|other| !other.overlaps(span)) {
                    kept.push(span);
                }
            }
            if !kept.is_empty() {
                break;
            }
        }
        placed.extend(kept.into_iter().map(|span| Aligned { span, mention }));
    }
    placed.sort_by_key(|a| (a.span.start, std::cmp::Reverse(a.span.end), mentions[a.mention].kind));
    placed
}

/// For each mention, the byte of the view from which its places are preferred: the end of the mention
/// of the same type before it in the list, if it has a place after that.
fn bounds(sentence: &Sentence, mentions: &[Mention]) -> Vec<usize> {
    let mut ends: HashMap<usize, usize> = HashMap::new();
    mentions
        .iter()
        .map(|mention| {
            if mention.place != Place::Anywhere {
                return 0;
            }
            let end = ends.entry(mention.kind).or_default();
            let after = *end;
            let next = sentence.occurrences(&mention.text).find(|span| span.start >= after);
            // If the list goes back in the sentence, its order says nothing.
            next.map_or(0, |span| {
                *end = span.end;
                after
            })
        })
        .collect()
}

/// The places that a mention may mean.
fn places(sentence: &Sentence, mention: &Mention, bound: usize) -> Vec<ByteSpan> {
    match mention.place {
        Place::At(span) => vec![span],
        Place::Occurrence(number) => {
            sentence.occurrences(&mention.text).skip(number.saturating_sub(1)).take(1).collect()
        }
        Place::Anywhere => {
            let mut places: Vec<ByteSpan> = sentence.occurrences(&mention.text).collect();
            let view = sentence.view();
            prefer(&mut places, |span| span.start >= bound);
            prefer(&mut places, |span| !has_code(view, span));
            prefer(&mut places, |span| !role::is_other(view, span));
            places
        }
    }
}

/// Keeps only the places for which `is_meant` holds, if there are any.
fn prefer(places: &mut Vec<ByteSpan>, is_meant: impl Fn(ByteSpan) -> bool) {
    if places.len() > 1 && places.iter().any(|&span| is_meant(span)) {
        places.retain(|&span| is_meant(span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(text: &str, kind: usize, place: Place) -> Mention {
        Mention { text: text.into(), kind, place, written: 0..0 }
    }

    fn spans(text: &str, mentions: &[Mention]) -> Vec<(usize, String, usize)> {
        let sentence = Sentence::whole(text);
        align(&sentence, mentions)
            .into_iter()
            .map(|a| {
                (a.span.start, a.span.slice(sentence.view()).to_owned(), mentions[a.mention].kind)
            })
            .collect()
    }

    #[test]
    fn repeated_mentions_are_each_found_as_whole_words() {
        let found = spans("PD and PDX; PD.", &[mention("PD", 0, Place::Anywhere)]);
        assert_eq!(found, [(0, "PD".into(), 0), (12, "PD".into(), 0)]);
    }

    #[test]
    fn words_inside_a_longer_mention_belong_to_it() {
        let mentions =
            [mention("cancer", 0, Place::Anywhere), mention("breast cancer", 0, Place::Anywhere)];
        let found = spans("breast cancer is a cancer", &mentions);
        assert_eq!(found, [(0, "breast cancer".into(), 0), (19, "cancer".into(), 0)]);
        assert_eq!(spans("breast cancer", &mentions), [(0, "breast cancer".into(), 0)]);
    }

    #[test]
    fn another_type_may_stand_inside_when_it_stands_nowhere_else() {
        let mentions =
            [mention("breast", 1, Place::Anywhere), mention("breast cancer", 0, Place::Anywhere)];
        let found = spans("breast cancer", &mentions);
        assert_eq!(found, [(0, "breast cancer".into(), 0), (0, "breast".into(), 1)]);
        let found = spans("breast cancer of the breast", &mentions);
        assert_eq!(found, [(0, "breast cancer".into(), 0), (21, "breast".into(), 1)]);
    }

    #[test]
    fn the_same_words_may_have_two_types() {
        let mentions = [mention("cold", 0, Place::Anywhere), mention("cold", 1, Place::Anywhere)];
        assert_eq!(spans("a cold", &mentions), [(2, "cold".into(), 0), (2, "cold".into(), 1)]);
    }

    #[test]
    fn a_list_is_in_the_order_of_the_sentence() {
        let list = |words: &[&str]| -> Vec<Mention> {
            words.iter().map(|words| mention(words, 0, Place::Anywhere)).collect()
        };
        let text = "SLE serum in asthma with SLE and SLE";
        let starts = |words: &[&str]| -> Vec<(usize, String, usize)> { spans(text, &list(words)) };
        let places = |found: Vec<(usize, String, usize)>| -> Vec<usize> {
            found.into_iter().map(|(start, ..)| start).collect()
        };
        assert_eq!(places(starts(&["asthma", "SLE"])), [13, 25, 33]);
        assert_eq!(places(starts(&["SLE", "asthma"])), [0, 13, 25, 33]);
        // A list that goes back, and one of another type, say nothing of the order.
        assert_eq!(places(starts(&["asthma", "serum"])), [4, 13]);
        let mut other = list(&["asthma", "SLE"]);
        other[0].kind = 1;
        assert_eq!(places(spans(text, &other)), [0, 13, 25, 33]);
    }

    #[test]
    fn of_several_places_the_better_ones_are_taken() {
        let starts = |text: &str, words: &str| -> Vec<usize> {
            let found = spans(text, &[mention(words, 0, Place::Anywhere)]);
            found.into_iter().map(|(start, ..)| start).collect()
        };
        assert_eq!(starts("TRX-1 and anti-TRX-1 in TRX", "TRX"), [24]);
        assert_eq!(starts("anti-TRX-1", "TRX"), [5], "there is no other");
        assert_eq!(starts("cancer and cancer-like or non-cancer", "cancer"), [0, 11, 30]);
        assert_eq!(starts("much lead can lead to death", "lead"), [5]);
        assert_eq!(starts("it may lead to death", "lead"), [7]);
        assert_eq!(starts("an acute acid lesion (ALL): ALL PATIENTS SURVIVED", "ALL"), [22]);
    }

    #[test]
    fn places_that_the_answer_says_are_taken() {
        let found = spans("PD or PD", &[mention("PD", 0, Place::Occurrence(2))]);
        assert_eq!(found, [(6, "PD".into(), 0)]);
        let found = spans("PD or PD", &[mention("PD", 0, Place::At(ByteSpan::new(6, 8)))]);
        assert_eq!(found, [(6, "PD".into(), 0)]);
        assert!(spans("PD or PD", &[mention("PD", 0, Place::Occurrence(3))]).is_empty());
        assert!(spans("PD", &[mention("AD", 0, Place::Anywhere)]).is_empty());
    }
}
