//! Many documents through one model, step by step.

use std::sync::Arc;

use bioner_command::results::{self, Asked};
use bioner_command::{Finished, Wanted, link};
use bioner_documents::Document;
use pyo3::prelude::*;
use rayon::ThreadPool;
use serde_json::Value;

use crate::error::raised;
use crate::linker::Linker;
use crate::model::Model;
use crate::threads::pool;

/// Documents at work. Between steps Python can react to signals.
#[pyclass(module = "bioner._engine")]
pub struct Stream {
    inner: bioner_command::Stream<Value>,
    types: Vec<String>,
    asked: Asked,
    linker: Option<Arc<bioner_linking::Linker>>,
    threads: usize,
}

#[pymethods]
impl Stream {
    #[new]
    #[pyo3(signature = (model, types, *, format=None, together=false, raw=false, assertion=false,
                        sections=false, linker=None, threads=0))]
    #[allow(clippy::too_many_arguments)] // they are named in Python
    fn new(
        py: Python<'_>,
        model: &Model,
        types: Vec<String>,
        format: Option<String>,
        together: bool,
        raw: bool,
        assertion: bool,
        sections: bool,
        linker: Option<&Linker>,
        threads: usize,
    ) -> PyResult<Self> {
        let width = pool(py, threads).map_err(raised)?.current_num_threads();
        Ok(Stream {
            inner: bioner_command::Stream::new(model.inner.clone(), format, together, width),
            types,
            asked: Asked { raw, context: Wanted { assertion, sections } },
            linker: linker.map(|linker| linker.inner.clone()),
            threads,
        })
    }

    /// Adds a document behind the others.
    fn add(&mut self, py: Python<'_>, text: String) -> PyResult<()> {
        let Stream { inner, types, .. } = self;
        let add = || {
            // All documents have the same types, so that none has to be finished first.
            inner.enqueue(Value::Null, Ok(Document::new("", text)), types, &mut |_| Ok(()))
        };
        py.detach(add).map_err(raised)
    }

    /// Whether the next document should wait until a step has made room.
    #[getter]
    fn is_full(&self) -> bool {
        self.inner.is_full()
    }

    /// How many documents were added and not given out.
    fn __len__(&self) -> usize {
        self.inner.waiting()
    }

    /// One pass of the model. Returns the documents that are finished, in the order in which they were
    /// added, as lines of JSON.
    fn step(&mut self, py: Python<'_>) -> PyResult<Vec<String>> {
        let pool: Arc<ThreadPool> = pool(py, self.threads).map_err(raised)?;
        let Stream { inner, asked, linker, .. } = self;
        let mut lines = Vec::new();
        let step = || {
            inner.step(&mut |finished: Finished<Value>| {
                let links = match (&*linker, &finished.outcome) {
                    (Some(linker), Ok(found)) => link::links(linker, found),
                    _ => Vec::new(),
                };
                lines.push(results::line(&finished, &links, *asked)?);
                Ok(())
            })
        };
        py.detach(|| pool.install(step)).map_err(raised)?;
        py.check_signals()?;
        Ok(lines)
    }
}
