//! 8. Mentions to exact spans.
//!
//! Most formats say the words of a mention, not its place. Such a mention stands for every place
//! where the sentence has these words as whole pieces, with one exception: words inside a longer
//! mention belong to that mention ("cancer" is not marked inside "breast cancer" as well), unless
//! they were asked for under another type and are found nowhere else.

use crate::format::{Mention, Place};
use crate::sentence::Sentence;
use bioner_documents::ByteSpan;

/// A mention in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aligned {
    /// Where, in the sentence's view.
    pub span: ByteSpan,
    /// Which of the mentions.
    pub mention: usize,
}

/// The places of `mentions` in the sentence's view, by start, longer first; a mention that the
/// sentence does not have has none.
pub fn align(sentence: &Sentence, mentions: &[Mention]) -> Vec<Aligned> {
    let mut longest_first: Vec<usize> = (0..mentions.len()).collect();
    longest_first.sort_by_key(|&index| std::cmp::Reverse(mentions[index].text.len()));
    let mut placed: Vec<Aligned> = Vec::new();
    for mention in longest_first {
        let places = places(sentence, &mentions[mention]);
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

/// Every place the mention may mean.
fn places(sentence: &Sentence, mention: &Mention) -> Vec<ByteSpan> {
    match mention.place {
        Place::At(span) => vec![span],
        Place::Occurrence(number) => {
            sentence.occurrences(&mention.text).skip(number.saturating_sub(1)).take(1).collect()
        }
        Place::Anywhere => sentence.occurrences(&mention.text).collect(),
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
    fn places_that_are_said_are_taken_at_their_word() {
        let found = spans("PD or PD", &[mention("PD", 0, Place::Occurrence(2))]);
        assert_eq!(found, [(6, "PD".into(), 0)]);
        let found = spans("PD or PD", &[mention("PD", 0, Place::At(ByteSpan::new(6, 8)))]);
        assert_eq!(found, [(6, "PD".into(), 0)]);
        assert!(spans("PD or PD", &[mention("PD", 0, Place::Occurrence(3))]).is_empty());
        assert!(spans("PD", &[mention("AD", 0, Place::Anywhere)]).is_empty());
    }
}
