//! The engine as a Python extension module, `bioner._engine`.
//!
//! Nothing is decided here: each function calls the engine and translates what it takes and gives.
//! Offsets are code points in Python and bytes in the engine. What the module holds is documented for
//! its users in `package/bioner/_engine.pyi`.

mod align;
mod annotate;
mod command;
mod error;
mod files;
mod format;
mod linker;
mod model;
mod points;
mod sentence;
mod stream;
mod threads;
mod tokenizer;

use pyo3::prelude::*;

/// The module.
#[pymodule]
mod _engine {
    #[pymodule_export]
    use super::align::{Mention, align};
    #[pymodule_export]
    use super::annotate::annotate;
    #[pymodule_export]
    use super::command::command;
    #[pymodule_export]
    use super::error::{BionerError, ParseError};
    #[pymodule_export]
    use super::files::files;
    #[pymodule_export]
    use super::format::{Format, formats};
    #[pymodule_export]
    use super::linker::Linker;
    #[pymodule_export]
    use super::model::Model;
    #[pymodule_export]
    use super::sentence::{Piece, Sentence, sentences};
    #[pymodule_export]
    use super::stream::Stream;
    #[pymodule_export]
    use super::tokenizer::Tokenizer;
    use super::*;

    #[pymodule_export]
    const DEFAULT_FORMAT: &str = bioner::format::DEFAULT;

    #[pymodule_export]
    const INVENTORY_JSON: &str = bioner::INVENTORY_JSON;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("MARKERS", bioner::format::markers())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }

    /// The names of types as the engine takes them: trimmed, and none that cannot be written.
    #[pyfunction]
    fn check_types(types: Vec<String>) -> PyResult<Vec<String>> {
        bioner::check_types(&types).map_err(super::error::raised)
    }

    /// The types of a preset, in its order.
    #[pyfunction]
    fn preset_types(name: &str) -> PyResult<Vec<String>> {
        bioner::preset_types(name).map_err(super::error::raised)
    }

    /// Checks the name of an output format.
    #[pyfunction]
    fn check_format(name: &str) -> PyResult<()> {
        bioner::format::by_name(name).map(|_| ()).map_err(super::error::raised)
    }

    /// Whether a preset asserts by itself.
    #[pyfunction]
    #[pyo3(signature = (preset=None))]
    fn asserts(preset: Option<&str>) -> bool {
        bioner_command::results::asserts(preset)
    }
}
