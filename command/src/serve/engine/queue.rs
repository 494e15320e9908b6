//! The documents that wait.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::super::metrics::{Metrics, Outcome};
use super::{Job, RequestKind};

/// The documents that wait, in two queues that take turns.
pub struct Queue {
    waiting: Mutex<Waiting>,
    more: Condvar,
    metrics: Arc<Metrics>,
}

#[derive(Default)]
struct Waiting {
    queues: [VecDeque<Job>; 2],
    /// The queue whose turn it is.
    turn: usize,
}

/// What a worker says of a document that waits.
pub enum Fit {
    /// It can be begun.
    Now,
    /// It has to wait, and those behind it may overtake it.
    Later,
    /// It has to wait, and so has everything else until something that is at work has ended.
    Blocked,
}

impl Queue {
    /// An empty queue.
    pub fn new(metrics: Arc<Metrics>) -> Self {
        Queue { waiting: Mutex::default(), more: Condvar::new(), metrics }
    }

    /// Puts a document at the end of its queue.
    pub fn put(&self, kind: RequestKind, job: Job) {
        self.lock().queues[kind as usize].push_back(job);
        self.more.notify_one();
    }

    /// Takes a document that fits. If there is none and the worker `has_work`, `None`; otherwise waits.
    /// Documents that nobody waits for any more are dropped, and counted.
    pub fn take(&self, has_work: bool, fit: impl Fn(&Job) -> Fit) -> Option<Job> {
        let mut waiting = self.lock();
        loop {
            waiting.give_up(&self.metrics);
            if let Some(job) = waiting.take(&fit) {
                return Some(job);
            }
            if has_work {
                return None;
            }
            waiting = self.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// How many documents wait.
    pub fn len(&self) -> usize {
        self.lock().queues.iter().map(VecDeque::len).sum()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn give_up(&mut self, metrics: &Metrics) {
        for queue in &mut self.queues {
            queue.retain(|job| {
                let goes_on = !job.answer.is_closed();
                if !goes_on {
                    metrics.end(Outcome::GivenUp, job.came.elapsed());
                }
                goes_on
            });
        }
    }

    fn take(&mut self, fit: &impl Fn(&Job) -> Fit) -> Option<Job> {
        let mut found = [None; 2];
        for (queue, found) in self.queues.iter().zip(&mut found) {
            for (at, job) in queue.iter().enumerate() {
                match fit(job) {
                    Fit::Now => {
                        *found = Some(at);
                        break;
                    }
                    Fit::Later => {}
                    Fit::Blocked => return None,
                }
            }
        }
        let turns = [self.turn, 1 - self.turn];
        let queue = turns.into_iter().find(|&queue| found[queue].is_some())?;
        self.turn = 1 - queue;
        self.queues[queue].remove(found[queue]?)
    }
}
