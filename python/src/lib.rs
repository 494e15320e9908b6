//! The engine as a Python extension module, `bioner._engine`.

use pyo3::prelude::*;

/// The module.
#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
