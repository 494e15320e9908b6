//! Documents in, what was found in them out: a queue, and the workers that empty it.
//!
//! A worker reads sentences of several documents in the same passes of the model, whichever requests they
//! come from, if they are asked the same. So many clients with small texts are served as fast as one with
//! many. Documents take turns with their sentences, and few long ones are begun at the same time, so that
//! nobody waits for somebody else's book.

mod group;
mod queue;
mod worker;

use std::sync::Arc;
use std::thread;
use std::time::Instant;

use bioner::{Error, Offsets, Recognizer, Result};
use bioner_documents::Document;
use rayon::ThreadPoolBuilder;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::Limits;
use super::ask::Question;
use super::error::Refusal;
use super::metrics::Metrics;
use crate::Found;
use queue::Queue;
use worker::Worker;

/// The request that a document came with. Each kind has a queue, and workers take from them in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestKind {
    /// A request with a single text: somebody waits for it.
    Single,
    /// A request with many.
    Many,
}

/// A document for a worker.
struct Job {
    document: Document,
    question: Arc<Question>,
    offsets: Offsets,
    came: Instant,
    /// Told when work on it begins.
    begun: oneshot::Sender<Instant>,
    /// Closed when nobody waits for the answer any more.
    answer: oneshot::Sender<Result<Found>>,
    /// Its place among those that may wait or be worked on.
    _place: Place,
}

/// A place for a document that was let in.
pub struct Place {
    _permit: OwnedSemaphorePermit,
    kind: RequestKind,
}

impl Place {
    /// The request that the document came with.
    pub fn kind(&self) -> RequestKind {
        self.kind
    }
}

/// What is heard of a document that was given to the workers.
pub struct Submitted {
    /// When work on it began. Nothing comes if that never happens.
    pub begun: oneshot::Receiver<Instant>,
    /// What was found. If this is dropped, work on the document stops.
    pub found: oneshot::Receiver<Result<Found>>,
}

/// The workers, and what waits for them.
pub struct Engine {
    queue: Arc<Queue>,
    workers: usize,
    places: [Arc<Semaphore>; 2],
}

impl Engine {
    /// Starts the workers, which share the threads: passes of several workers are computed side by side, and
    /// one that is alone is divided among all threads. They run until the process ends.
    ///
    /// # Errors
    /// [`Error::Internal`] if the threads cannot be started.
    pub fn start(
        recognizer: &Recognizer,
        workers: usize,
        threads: usize,
        limits: &Limits,
        metrics: &Arc<Metrics>,
    ) -> Result<Engine> {
        let queue = Arc::new(Queue::new(metrics.clone()));
        let failed = |e: &dyn std::fmt::Display| {
            Error::Internal(format!("no threads could be started: {e}"))
        };
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|thread| format!("bioner-thread-{thread}"))
            .build()
            .map_err(|e| failed(&e))?;
        let pool = Arc::new(pool);
        let workers = workers.max(1);
        for number in 0..workers {
            let worker =
                Worker::new(recognizer.clone(), pool.clone(), queue.clone(), metrics.clone());
            let name = format!("bioner-{number}");
            thread::Builder::new().name(name).spawn(|| worker.run()).map_err(|e| failed(&e))?;
        }
        let places = || Arc::new(Semaphore::new(limits.queue.clamp(1, Semaphore::MAX_PERMITS)));
        Ok(Engine { queue, workers, places: [places(), places()] })
    }

    /// A place for the text of a request with a single one.
    ///
    /// # Errors
    /// [`Refusal::busy`] if there is none.
    pub fn place(&self) -> std::result::Result<Place, Refusal> {
        let places = self.places[RequestKind::Single as usize].clone();
        let permit = places.try_acquire_owned().map_err(|_| Refusal::busy())?;
        Ok(Place { _permit: permit, kind: RequestKind::Single })
    }

    /// A place for a text of a request with many, as soon as there is one.
    pub async fn place_among_many(&self) -> std::result::Result<Place, Refusal> {
        let places = self.places[RequestKind::Many as usize].clone();
        // The semaphore is never closed.
        let permit = places.acquire_owned().await.map_err(|_| Refusal::stopping())?;
        Ok(Place { _permit: permit, kind: RequestKind::Many })
    }

    /// Gives a document to the workers.
    pub fn submit(
        &self,
        place: Place,
        document: Document,
        question: Arc<Question>,
        offsets: Offsets,
    ) -> Submitted {
        let (answer, found) = oneshot::channel();
        let (begins, begun) = oneshot::channel();
        let kind = place.kind;
        let came = Instant::now();
        let job = Job { document, question, offsets, came, begun: begins, answer, _place: place };
        self.queue.put(kind, job);
        Submitted { begun, found }
    }

    /// How many workers there are.
    pub fn workers(&self) -> usize {
        self.workers
    }

    /// How many documents wait to be begun.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }
}
