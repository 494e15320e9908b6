//! The answers to one question, so that sentences with the same view are decoded once.

use std::collections::HashMap;
use std::sync::Arc;

use super::document::SentenceId;
use crate::generate::Answer;

/// The most answers that are kept: about a kilobyte each. At least half as many that were needed last
/// are always there.
const MAX_CACHED_ANSWERS: usize = 1024;

/// The answers to one question by the view of the sentence, and who waits for those being decoded.
#[derive(Default)]
pub(super) struct AnswerCache {
    /// The answers that were needed last, at most half of those that are kept.
    recent: HashMap<Arc<str>, Arc<Answer>>,
    /// What was in `recent` before it was full for the last time, and has not been needed since.
    older: HashMap<Arc<str>, Arc<Answer>>,
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
        if let Some(answer) = self.recent.get(view) {
            Lookup::Known(answer.clone())
        } else if let Some((view, answer)) = self.older.remove_entry(view) {
            self.keep(view, answer.clone());
            Lookup::Known(answer)
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
        self.keep(view, answer);
        waiting
    }

    fn keep(&mut self, view: Arc<str>, answer: Arc<Answer>) {
        if self.recent.len() >= MAX_CACHED_ANSWERS / 2 {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(view, answer);
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
    fn only_so_many_answers_are_kept_and_those_needed_last() {
        let mut cache = AnswerCache::default();
        let last = 2 * MAX_CACHED_ANSWERS;
        for number in 0..=last {
            let view = number.to_string();
            assert!(matches!(cache.look_up(&view, id(number)), Lookup::Missing));
            cache.insert(&view, Arc::default());
            assert!(matches!(cache.look_up("0", id(0)), Lookup::Known(_)), "asked again and again");
            assert!(cache.recent.len() + cache.older.len() <= MAX_CACHED_ANSWERS);
        }
        assert!(matches!(cache.look_up("1", id(1)), Lookup::Missing));
        for number in last - MAX_CACHED_ANSWERS / 2 + 2..=last {
            let found = cache.look_up(&number.to_string(), id(number));
            assert!(matches!(found, Lookup::Known(_)), "{number}");
        }
    }
}
