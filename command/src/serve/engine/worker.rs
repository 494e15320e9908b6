//! A thread that has documents read by the model.

use std::collections::VecDeque;
use std::sync::Arc;

use bioner::Recognizer;
use rayon::ThreadPool;

use super::super::metrics::{Metrics, Outcome};
use super::Job;
use super::group::Group;
use super::queue::{Fit, Queue};

/// Documents at work in a group before others have to wait until it has room: enough to fill its passes,
/// and few enough for each to be finished soon.
const DOCUMENTS: usize = 6;

/// The most groups at the same time. Each takes memory for keys and values.
const GROUPS: usize = 4;

/// The most long documents at work at the same time in a worker.
const LONG_DOCUMENTS: usize = 2;

/// From so many bytes on a document is long: a sum of several abstracts.
const LONG: usize = 16 << 10;

/// A thread that has documents read by the model. What is computed runs on the threads of the pool.
pub struct Worker {
    recognizer: Recognizer,
    pool: Arc<ThreadPool>,
    queue: Arc<Queue>,
    metrics: Arc<Metrics>,
    /// They take turns with passes of the model.
    groups: VecDeque<Group>,
}

impl Worker {
    /// A worker without work.
    pub fn new(
        recognizer: Recognizer,
        pool: Arc<ThreadPool>,
        queue: Arc<Queue>,
        metrics: Arc<Metrics>,
    ) -> Self {
        Worker { recognizer, pool, queue, metrics, groups: VecDeque::new() }
    }

    /// Works for ever.
    pub fn run(mut self) {
        loop {
            while let Some(job) = self.queue.take(!self.groups.is_empty(), |job| self.fit(job)) {
                self.begin(job);
            }
            let Some(mut group) = self.groups.pop_front() else { continue };
            if group.step(&self.pool, &self.metrics) {
                self.groups.push_back(group);
            }
        }
    }

    fn fit(&self, job: &Job) -> Fit {
        let long = self.groups.iter().map(Group::long).sum::<usize>();
        match self.groups.iter().find(|group| group.question == job.question) {
            // Those that wait let the groups end, so that every question has its turn.
            None if self.groups.len() == GROUPS => Fit::Blocked,
            _ if is_long(job) && long >= LONG_DOCUMENTS => Fit::Later,
            Some(group) if group.len() >= DOCUMENTS && !group.has_room() => Fit::Later,
            _ => Fit::Now,
        }
    }

    fn begin(&mut self, job: Job) {
        let is_long = is_long(&job);
        if let Some(group) = self.groups.iter_mut().find(|group| group.question == job.question) {
            return group.add(job, is_long, &self.metrics);
        }
        match Group::new(&self.recognizer, job.question.clone()) {
            Ok(mut group) => {
                group.add(job, is_long, &self.metrics);
                self.groups.push_back(group);
            }
            Err(error) => {
                self.metrics.end(Outcome::Failed, job.came.elapsed());
                // Whoever asked may be gone.
                let _ = job.answer.send(Err(error));
            }
        }
    }
}

fn is_long(job: &Job) -> bool {
    job.document.text.len() >= LONG
}
