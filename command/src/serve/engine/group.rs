//! Documents that are asked the same, at work together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use bioner::{Error, Part, Recognizer, Result, Session};
use rayon::ThreadPool;

use super::super::ask::Question;
use super::super::metrics::{Metrics, Outcome};
use super::{Job, Place};
use crate::Found;
use tokio::sync::oneshot;

/// Documents that are asked the same. It ends with its last document, and what it knows of their texts
/// with it.
pub struct Group {
    pub question: Arc<Question>,
    session: Session,
    open: Vec<Open>,
    tokens: u64,
}

/// A document at work.
struct Open {
    number: usize,
    is_long: bool,
    came: Instant,
    found: Found,
    answer: oneshot::Sender<Result<Found>>,
    _place: Place,
}

impl Group {
    /// A group without documents.
    ///
    /// # Errors
    /// Those of [`Recognizer::session`].
    pub fn new(recognizer: &Recognizer, question: Arc<Question>) -> Result<Group> {
        let options = bioner::Options {
            format: question.format.clone(),
            together: question.together,
            ..bioner::Options::new(&question.types)
        };
        let session = recognizer.session(&options)?.in_turns();
        Ok(Group { question, session, open: Vec::new(), tokens: 0 })
    }

    /// How many documents are at work.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// How many of them are long.
    pub fn long(&self) -> usize {
        self.open.iter().filter(|open| open.is_long).count()
    }

    /// Whether another document would be begun without delaying any.
    pub fn has_room(&self) -> bool {
        self.session.has_room()
    }

    /// Begins a document.
    pub fn add(&mut self, job: Job, is_long: bool, metrics: &Metrics) {
        let Job { document, offsets, came, begun, answer, _place, .. } = job;
        let bytes = document.text.len();
        match self.session.add(document.text.as_str()) {
            Ok(number) => {
                metrics.begin(bytes);
                // Whoever asked may be gone.
                let _ = begun.send(Instant::now());
                let types = self.session.types().to_vec();
                let found =
                    Found { document, offsets, types, entities: Vec::new(), raw: Vec::new() };
                self.open.push(Open { number, is_long, came, found, answer, _place });
            }
            Err(error) => {
                metrics.end(Outcome::Failed, came.elapsed());
                let _ = answer.send(Err(error));
            }
        }
    }

    /// One pass of the model. Gives up the documents that nobody waits for any more, and answers those that
    /// are finished. A group whose pass fails cannot go on: its documents are told so, and `false` is
    /// returned. Without documents too.
    pub fn step(&mut self, pool: &ThreadPool, metrics: &Metrics) -> bool {
        let session = &mut self.session;
        self.open.retain(|open| {
            let goes_on = !open.answer.is_closed();
            if !goes_on {
                session.cancel(open.number);
                metrics.finish(Outcome::GivenUp, open.came.elapsed());
            }
            goes_on
        });
        if self.open.is_empty() {
            return false;
        }
        let stepped = catch_unwind(AssertUnwindSafe(|| pool.install(|| session.step())));
        let tokens = self.session.tokens();
        metrics.read(tokens - self.tokens);
        self.tokens = tokens;
        match stepped {
            Ok(Ok(parts)) => {
                parts.into_iter().for_each(|part| self.take(part, metrics));
                !self.open.is_empty()
            }
            Ok(Err(error)) => {
                self.fail(&error.to_string(), metrics);
                false
            }
            Err(_) => {
                self.fail("the engine stopped in the middle of a text", metrics);
                false
            }
        }
    }

    fn take(&mut self, part: Part, metrics: &Metrics) {
        let Some(at) = self.open.iter().position(|open| open.number == part.document) else {
            return;
        };
        let is_last = part.is_last();
        let found = &mut self.open[at].found;
        found.entities.extend(part.entities);
        found.raw.extend(part.raw);
        if is_last {
            let Open { came, found, answer, .. } = self.open.swap_remove(at);
            let entities = found.entities.len();
            let outcome = match answer.send(Ok(found)) {
                Ok(()) => Outcome::Found,
                Err(_) => Outcome::GivenUp,
            };
            metrics.found(entities);
            metrics.finish(outcome, came.elapsed());
        }
    }

    fn fail(&mut self, why: &str, metrics: &Metrics) {
        for open in self.open.drain(..) {
            metrics.finish(Outcome::Failed, open.came.elapsed());
            let _ = open.answer.send(Err(Error::Internal(why.to_owned())));
        }
    }
}
