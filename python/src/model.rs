//! A model, loaded.

use std::path::PathBuf;

use bioner::Recognizer;
use bioner_command::{Shipped, model};
use pyo3::prelude::*;

use crate::error::raised;
use crate::threads::pool;

/// A model ready to recognize entities.
#[pyclass(frozen, module = "bioner._engine")]
pub struct Model {
    pub inner: Recognizer,
}

#[pymethods]
impl Model {
    #[staticmethod]
    #[pyo3(signature = (path, shipped=None))]
    fn open(py: Python<'_>, path: Option<PathBuf>, shipped: Option<PathBuf>) -> PyResult<Model> {
        let shipped = Shipped { model: shipped, ..Shipped::default() };
        let pool = pool(py, 0).map_err(raised)?;
        let load = || model::load(path.as_deref(), &shipped);
        let inner = py.detach(|| pool.install(load)).map_err(raised)?;
        Ok(Model { inner })
    }

    #[getter]
    fn format(&self) -> &str {
        self.inner.config().format
    }

    #[getter]
    fn name(&self) -> Option<&str> {
        self.inner.description().name.as_deref()
    }
}
