//! A document, cut into sentences.

use std::collections::HashSet;
use std::sync::Arc;

use bioner_documents::ByteSpan;
use bioner_documents::abbreviation::{Definition, find_definitions};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::segment;
use crate::sentence::{Context, Sentence};

/// The most bytes a document may have: a book of 600,000 words. On more than that a model works for hours,
/// so it is refused at once.
pub const MAX_DOCUMENT_BYTES: usize = 4 << 20;

/// How many sentences are kept from being asked about to being assembled, in either place, at most;
/// the [`Sentence`]s of others are built again. Few documents come near: that takes very many
/// sentences that are answered while an earlier one is not.
pub(super) const MAX_KEPT_SENTENCES: usize = 1024;

/// What a sentence costs beside the tokens of its text, in bytes of text: what stands around it in the
/// prompt and in the answer. About nine tokens.
const BYTES_AROUND_SENTENCE: usize = 40;

/// Which of a document's sentences are answered here. The others are answered elsewhere. All shares
/// have about as much to read, and each has sentences from the beginning of the document to its end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Share {
    /// The number of the share, from 0.
    pub number: usize,
    /// How many shares there are; 0 counts as 1.
    pub of: usize,
    /// Sentences that are left out, because their answers are known.
    #[serde(default)]
    pub answered: Vec<usize>,
}

impl Share {
    /// All sentences.
    pub const WHOLE: Share = Share { number: 0, of: 1, answered: Vec::new() };
}

/// Names a sentence of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SentenceId {
    /// The number of the document in its session.
    pub document: usize,
    /// The number of the sentence in its document.
    pub number: usize,
}

/// A document, the places of its sentences, and what it says that all of them need.
pub(super) struct Document {
    pub text: Arc<str>,
    /// The sentences, in bytes of the text.
    pub spans: Vec<ByteSpan>,
    /// The abbreviations it defines, in the order of the text.
    pub definitions: Vec<Definition>,
    context: Context,
}

impl Document {
    /// # Errors
    /// [`Error::TextTooLarge`] if the text has more than [`MAX_DOCUMENT_BYTES`].
    pub fn new(text: Arc<str>) -> Result<Self> {
        if text.len() > MAX_DOCUMENT_BYTES {
            return Err(Error::TextTooLarge(format!(
                "it has more than {} MB; split it into several documents, as the lines of a .jsonl file",
                MAX_DOCUMENT_BYTES >> 20
            )));
        }
        let spans = segment::sentences(&text);
        let definitions = find_definitions(&text);
        let context = Context::new(&text, &definitions);
        Ok(Document { text, spans, definitions, context })
    }

    /// The numbers of the sentences in a share, ascending. Sentence after sentence belongs to the share
    /// that has the least to read so far.
    pub fn in_share(&self, share: &Share) -> Vec<usize> {
        // More shares than sentences stay empty.
        let mut costs = vec![0; share.of.clamp(1, self.spans.len().max(1))];
        let answered: HashSet<usize> = share.answered.iter().copied().collect();
        let mut numbers = Vec::new();
        for (number, span) in self.spans.iter().enumerate() {
            let Some(least) = (0..costs.len()).min_by_key(|&at| costs[at]) else { break };
            costs[least] += span.end - span.start + BYTES_AROUND_SENTENCE;
            if least == share.number && !answered.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// Builds a sentence; `None` if there is none of that number.
    pub fn sentence(&self, number: usize) -> Option<Arc<Sentence>> {
        let span = *self.spans.get(number)?;
        Some(Arc::new(Sentence::in_document(&self.text, span, &self.context)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a sentence is taken to cost.
    fn cost(document: &Document, number: usize) -> usize {
        let span = document.spans[number];
        span.end - span.start + BYTES_AROUND_SENTENCE
    }

    #[test]
    fn shares_hold_each_sentence_once_and_are_about_equal() {
        let long =
            "Aspirin was given to all of the patients who had a headache on the second day. ";
        let text = ["It rained. ", long, "No. ", long, long].concat().repeat(9);
        let document = Document::new(text.into()).expect("a small text");
        let count = document.spans.len();
        let longest = (0..count).map(|number| cost(&document, number)).max();
        for of in [0, 1, 2, 3, 8, count, count + 1, usize::MAX] {
            let shares: Vec<Vec<usize>> = (0..of.clamp(1, count + 2))
                .map(|number| document.in_share(&Share { number, of, answered: Vec::new() }))
                .collect();
            let mut all = shares.concat();
            all.sort_unstable();
            assert_eq!(all, Vec::from_iter(0..count), "{of} shares");
            let costs =
                shares.iter().map(|share| share.iter().map(|&at| cost(&document, at)).sum());
            let costs: Vec<usize> = costs.collect();
            let spread =
                costs.iter().max().zip(costs.iter().min()).map(|(most, least)| most - least);
            assert!(spread <= longest, "{of} shares: {costs:?}");
        }
    }

    #[test]
    fn what_is_answered_is_left_out_of_its_share() {
        let document = Document::new("One. Two. Three. Four. Five.".into()).expect("a small text");
        let share = |answered| document.in_share(&Share { number: 0, of: 2, answered });
        let whole = share(Vec::new());
        assert!(whole.len() >= 2);
        assert_eq!(share(vec![whole[0]]), whole[1..]);
        assert_eq!(share(vec![1, 99, usize::MAX]), whole, "another share's, or nobody's");
    }
}
