//! What is counted and timed, for Prometheus. Nothing of it comes from a text: labels are the server's own
//! paths, statuses and outcomes.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use bioner::{Error, Result};
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// The media type of [`Metrics::text`].
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Where histograms of seconds have their bounds.
const SECONDS: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0];

/// How work on a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Outcome {
    /// It was answered.
    Found,
    /// It could not be worked on.
    Failed,
    /// Nobody waited for it any more.
    GivenUp,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    path: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    outcome: Outcome,
}

type Seconds = Family<Path, Histogram, fn() -> Histogram>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Path {
    path: &'static str,
}

/// All that is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    request_seconds: Seconds,
    documents: Family<Ended, Counter>,
    document_seconds: Histogram,
    at_work: Gauge,
    waiting: Gauge,
    bytes: Counter,
    entities: Counter,
    tokens: Counter,
    memory: Gauge<f64, AtomicU64>,
}

impl Metrics {
    /// Nothing yet.
    pub fn new() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS);
        let mut metrics = Metrics {
            registry: Registry::default(),
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(histogram),
            documents: Family::default(),
            document_seconds: histogram(),
            at_work: Gauge::default(),
            waiting: Gauge::default(),
            bytes: Counter::default(),
            entities: Counter::default(),
            tokens: Counter::default(),
            memory: Gauge::default(),
        };
        let process = metrics.registry.sub_registry_with_prefix("process");
        let help = "Memory that the process has in use";
        process.register_with_unit("resident_memory", help, Unit::Bytes, metrics.memory.clone());
        let own = metrics.registry.sub_registry_with_prefix("bioner");
        own.register(
            "requests",
            "Requests that ended, by path and status",
            metrics.requests.clone(),
        );
        let help = "Time from the head of a request to the end of its answer";
        own.register_with_unit("request", help, Unit::Seconds, metrics.request_seconds.clone());
        own.register("documents", "Documents that ended, by outcome", metrics.documents.clone());
        let help = "Time from when a document came to when it ended";
        own.register_with_unit("document", help, Unit::Seconds, metrics.document_seconds.clone());
        own.register("documents_at_work", "Documents that are begun", metrics.at_work.clone());
        let help = "Documents that wait to be begun";
        own.register("documents_waiting", help, metrics.waiting.clone());
        let help = "Text of the documents that were begun";
        own.register_with_unit("text", help, Unit::Bytes, metrics.bytes.clone());
        own.register("entities", "Entities that were found", metrics.entities.clone());
        own.register("tokens", "Tokens that the model has read", metrics.tokens.clone());
        metrics
    }

    /// A request ended.
    pub fn request(&self, path: &'static str, status: u16, time: Duration) {
        self.requests.get_or_create(&Answered { path, status }).inc();
        self.request_seconds.get_or_create(&Path { path }).observe(time.as_secs_f64());
    }

    /// A document with so much text was begun.
    pub fn begin(&self, bytes: usize) {
        self.at_work.inc();
        self.bytes.inc_by(bytes as u64);
    }

    /// A document that was begun ended.
    pub fn finish(&self, outcome: Outcome, time: Duration) {
        self.at_work.dec();
        self.end(outcome, time);
    }

    /// A document ended that was not begun.
    pub fn end(&self, outcome: Outcome, time: Duration) {
        self.documents.get_or_create(&Ended { outcome }).inc();
        self.document_seconds.observe(time.as_secs_f64());
    }

    /// So many entities were found.
    pub fn found(&self, entities: usize) {
        self.entities.inc_by(entities as u64);
    }

    /// The model has read so many tokens.
    pub fn read(&self, tokens: u64) {
        self.tokens.inc_by(tokens);
    }

    /// All of it as text, with how many documents wait now.
    ///
    /// # Errors
    /// [`Error::Internal`] if it cannot be written.
    pub fn text(&self, waiting: usize) -> Result<String> {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        if let Some(bytes) = resident_memory() {
            self.memory.set(bytes);
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)
            .map_err(|_| Error::Internal("the metrics cannot be written".into()))?;
        Ok(text)
    }
}

/// The memory that the process has in use, where the system says it as Linux does.
fn resident_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}
