//! Threads to compute with, which outlive neither a `fork` nor their use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bioner::{Error, Result};
use pyo3::Python;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The pools of the process, by their number of threads.
struct Pools {
    process: u32,
    by_threads: HashMap<usize, Arc<ThreadPool>>,
}

static POOLS: Mutex<Option<Pools>> = Mutex::new(None);

/// A pool of so many threads; 0 for as many as there are cores. A process that was forked gets new ones,
/// since threads are not forked with it.
///
/// The lock is held only while the interpreter is, and so does any `fork` of Python's: no child finds it
/// locked.
///
/// # Errors
/// [`Error::Internal`] if the threads cannot be started.
pub fn pool(_attached: Python<'_>, threads: usize) -> Result<Arc<ThreadPool>> {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if let Some(forked) = pools.take_if(|pools| pools.process != process) {
        // To drop them would wait for threads that are not there.
        std::mem::forget(forked);
    }
    let pools = pools.get_or_insert_with(|| Pools { process, by_threads: HashMap::new() });
    if let Some(pool) = pools.by_threads.get(&threads) {
        return Ok(pool.clone());
    }
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("bioner-{number}"))
        .build()
        .map_err(|e| Error::Internal(format!("no threads could be started: {e}")))?;
    let pool = Arc::new(pool);
    pools.by_threads.insert(threads, pool.clone());
    Ok(pool)
}
