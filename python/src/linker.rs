//! Vocabularies, loaded.

use std::path::PathBuf;
use std::sync::Arc;

use bioner_command::{Shipped, link};
use pyo3::prelude::*;

use crate::error::raised;

/// The vocabulary that comes with the package, packed by gzip.
pub const VOCABULARY: &[u8] = include_bytes!("../../vocabulary/builtin.vocab.gz");

/// What comes with the package.
pub fn shipped() -> Shipped {
    Shipped { vocabulary: Some(VOCABULARY), ..Shipped::default() }
}

/// Vocabularies in the order in which they are asked: those of the user's files, then the one that comes
/// with the package.
#[pyclass(frozen, module = "bioner._engine")]
pub struct Linker {
    pub inner: Arc<bioner_linking::Linker>,
    /// What is wrong with lines of the files.
    #[pyo3(get)]
    problems: Vec<String>,
}

#[pymethods]
impl Linker {
    #[new]
    fn new(py: Python<'_>, files: Vec<PathBuf>) -> PyResult<Linker> {
        let mut problems = Vec::new();
        let linker = py.detach(|| {
            link::linker(&files, true, &shipped(), &mut |problem| problems.push(problem))
        });
        let inner = Arc::new(linker.map_err(raised)?.unwrap_or_default());
        Ok(Linker { inner, problems })
    }

    #[getter]
    fn sources(&self) -> Vec<(&str, &str, &str, &str)> {
        let sources = self.inner.vocabularies().iter().flat_map(|v| v.sources());
        sources
            .map(|s| (s.name.as_str(), s.version.as_str(), s.license.as_str(), s.credit.as_str()))
            .collect()
    }
}
