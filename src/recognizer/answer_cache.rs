//! The answers to one question, so that sentences with the same view are decoded once.

use std::collections::HashMap;
use std::sync::Arc;

use super::document::SentenceId;
use crate::generate::Answer;

/// The most answers that are kept; when there are so many, all are dropped.
const MAX_CACHED_ANSWERS: usize = 4096;

/// The answers to one question by the view of the sentence, and who waits for those being decoded.
#[derive(Default)]
pub(super) struct AnswerCache {
    known: HashMap<Arc<str>, Arc<Answer>>,
    waiting: HashMap<Arc<str>, Vec<SentenceId>>,
}

/// What the cache has for a sentence.
pub(super) enum Lookup {
    /// The answer.
    Known(Arc<Answer>),
    /// A sentence with the same view is being decoded; [`AnswerCache::insert`] will name this one too.
    Waiting,
    /// Nothing: the sentence has to be decoded, and [`AnswerCache::insert`] called with its answer.
    Missing,
}

impl AnswerCache {
    /// Looks up the answer to the sentence `id`, whose view is given.
    pub fn look_up(&mut self, view: &str, id: SentenceId) -> Lookup {
        if let Some(answer) = self.known.get(view) {
            Lookup::Known(answer.clone())
        } else if let Some(waiting) = self.waiting.get_mut(view) {
            waiting.push(id);
            Lookup::Waiting
        } else {
            self.waiting.insert(view.into(), vec![id]);
            Lookup::Missing
        }
    }

    /// Takes the answer to a view. Returns the sentences that wait for it, in the order in which they
    /// were looked up.
    pub fn insert(&mut self, view: &str, answer: Arc<Answer>) -> Vec<SentenceId> {
        let Some((view, waiting)) = self.waiting.remove_entry(view) else { return Vec::new() };
        if self.known.len() >= MAX_CACHED_ANSWERS {
            self.known.clear();
        }
        self.known.insert(view, answer);
        waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> SentenceId {
        SentenceId { document: 0, number }
    }

    #[test]
    fn a_view_is_decoded_once_and_answers_all_who_wait() {
        let mut cache = AnswerCache::default();
        assert!(matches!(cache.look_up("No pain.", id(0)), Lookup::Missing));
        assert!(matches!(cache.look_up("No pain.", id(1)), Lookup::Waiting));
        assert!(matches!(cache.look_up("Pain.", id(2)), Lookup::Missing));
        assert_eq!(cache.insert("No pain.", Arc::default()), [id(0), id(1)]);
        assert!(matches!(cache.look_up("No pain.", id(3)), Lookup::Known(_)));
        assert_eq!(cache.insert("Pain.", Arc::default()), [id(2)]);
        assert!(cache.insert("Pain.", Arc::default()).is_empty(), "nobody waits any more");
    }

    #[test]
    fn only_so_many_answers_are_kept() {
        let mut cache = AnswerCache::default();
        for number in 0..=MAX_CACHED_ANSWERS {
            let view = number.to_string();
            assert!(matches!(cache.look_up(&view, id(number)), Lookup::Missing));
            cache.insert(&view, Arc::default());
        }
        assert!(matches!(cache.look_up("0", id(0)), Lookup::Missing));
        let last = MAX_CACHED_ANSWERS.to_string();
        assert!(matches!(cache.look_up(&last, id(0)), Lookup::Known(_)));
    }
}
