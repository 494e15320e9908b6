//! `bioner serve`: the engine behind HTTP, for those who want one inside their walls.
//!
//! ```text
//!              ┌─► one text ────────┐                ┌─► worker ─┐
//! connection ──┼─► a line a text ───┼─► Engine ──────┼─► worker ─┼──► found ─► JSON
//!  (listen)    └─► a file ──────────┘   (two queues) └─► worker ─┘
//! ```
//!
//! Requests run on tokio and compute nothing large. They hand documents to the [engine](engine::Engine),
//! whose workers share one pool of threads and one set of weights; sentences of different requests are
//! read in the same passes of the model.

mod answer;
mod ask;
mod documents;
mod engine;
mod error;
mod guard;
mod info;
mod lines;
mod listen;
mod log;
mod metrics;
mod one;
mod reader;
mod routes;
mod stop;
mod unpack;
mod watch;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bioner::{Error, Result};
use bioner_linking::Linker;
use clap::Args;
use tokio::sync::Semaphore;

use crate::stream::MAX_SESSIONS;
use crate::{Shipped, link, model};
use engine::Engine;
use log::Level;
use metrics::Metrics;
use stop::Stop;

/// Threads that talk to clients. They compute little, and the engine has its own.
const TALKING_THREADS: usize = 2;

/// Threads that write results, and find identifiers for them.
const WRITING_THREADS: usize = 8;

#[derive(Args)]
pub(crate) struct ServeArgs {
    /// The address and port to listen on. Port 0 takes a free one, which is told on standard error.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8077")]
    listen: SocketAddr,
    /// A name by which clients may call the server, besides localhost and IP addresses: that of the
    /// reverse proxy. May be given several times.
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// An origin whose pages may ask, such as https://notes.example. May be given several times.
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// The model: a GGUF file, a manifest.json, or a folder with one [default: models/default, looked for
    /// here and beside the program; or the environment's BIONER_MODEL].
    #[arg(long)]
    model: Option<std::path::PathBuf>,
    #[command(flatten)]
    link: link::LinkArgs,
    /// Threads to compute with, in all [default: as many as there are cores].
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Workers: each reads sentences of several documents at a time. They share the weights and the
    /// threads. One for each thread unless given, and eight at most then.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    workers: Option<u16>,
    #[command(flatten)]
    limits: Limits,
    /// What is told on standard error: nothing but what goes wrong with the server, a line a request, or
    /// also each connection. No text is told in any of them.
    #[arg(long, value_enum, default_value_t = Level::Requests)]
    log: Level,
}

/// What a client may ask of the server, at most.
#[derive(Args, Debug, Clone)]
struct Limits {
    /// The most bytes of a text, as it comes: of a request with one text or a file, of a line of many;
    /// also when it is unpacked.
    #[arg(long, value_name = "BYTES", default_value_t = 4 << 20)]
    max_bytes: usize,
    /// The most requests for extraction at the same time.
    #[arg(long, value_name = "N", default_value_t = 256)]
    max_requests: usize,
    /// The most open connections. Others wait to be accepted.
    #[arg(long, value_name = "N", default_value_t = 1024)]
    max_connections: usize,
    /// The most texts of single requests that wait or are worked on, and as many of requests with many.
    #[arg(long, value_name = "N", default_value_t = 256)]
    queue: usize,
    /// Seconds until a text must be finished: from when it came, or if it is one of many or of a file,
    /// from when work on it begins.
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    timeout: Duration,
    /// Seconds for a client to send the head of a request, and the body of one with a single text or a
    /// file; between two parts of a body with many; and to take what is sent to it.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    client_timeout: Duration,
    /// Seconds for what has begun when the server is told to stop.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    grace: Duration,
}

/// A positive number of seconds.
fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "no number of seconds".to_owned())?;
    let time = Duration::try_from_secs_f64(number).ok().filter(|time| !time.is_zero());
    time.filter(|time| time.as_secs() < 1 << 32).ok_or_else(|| "no number of seconds".to_owned())
}

/// What all requests share.
struct App {
    engine: Engine,
    linker: Option<Arc<Linker>>,
    model: Option<String>,
    limits: Limits,
    /// The names of [`ServeArgs::allow_host`], in lower case.
    hosts: Vec<String>,
    origins: Vec<String>,
    requests: Arc<Semaphore>,
    metrics: Arc<Metrics>,
    stop: Stop,
    level: Level,
}

/// Serves until it is told to stop. The exit status is 0 then.
pub(crate) fn run(args: &ServeArgs, shipped: &Shipped) -> Result<u8> {
    log::hide_texts_of_panics();
    let threads = match args.threads {
        Some(threads) => usize::from(threads),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    };
    let linker = args.link.linker(shipped)?.map(Arc::new);
    let recognizer = model::load(args.model.as_deref(), shipped)?;
    let metrics = Arc::new(Metrics::new());
    let workers = args.workers.map_or(threads.min(MAX_SESSIONS), usize::from);
    let limits = args.limits.clone();
    let app = App {
        model: recognizer.description().name.clone(),
        engine: Engine::start(&recognizer, workers, threads, &limits, &metrics)?,
        linker,
        hosts: args.allow_host.iter().map(|name| name.to_ascii_lowercase()).collect(),
        origins: args.allow_origin.iter().map(|o| o.trim_end_matches('/').to_owned()).collect(),
        requests: Arc::new(Semaphore::new(limits.max_requests.min(Semaphore::MAX_PERMITS))),
        metrics,
        stop: Stop::new(limits.grace),
        level: args.log,
        limits,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(TALKING_THREADS)
        .max_blocking_threads(WRITING_THREADS)
        .enable_all()
        .build()
        .map_err(|e| Error::Internal(format!("no threads could be started: {e}")))?;
    let outcome = runtime.block_on(listen::serve(args.listen, Arc::new(app)));
    // What still runs has nobody to answer.
    runtime.shutdown_background();
    outcome.map(|()| 0)
}
