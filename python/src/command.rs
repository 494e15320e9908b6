//! The program `bioner`, run from Python.

use std::ffi::OsString;
use std::path::PathBuf;

use bioner_command::Shipped;
use pyo3::prelude::*;

use crate::linker::shipped;

/// Runs the program with these arguments, of which the first is its name. Returns the exit status.
#[pyfunction]
#[pyo3(signature = (arguments, model=None))]
pub fn command(py: Python<'_>, arguments: Vec<OsString>, model: Option<PathBuf>) -> u8 {
    let shipped = Shipped { model, ..shipped() };
    py.detach(|| bioner_command::run(arguments, &shipped))
}
