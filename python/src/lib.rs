//! The engine as a Python extension module, `bioner._engine`.
//!
//! Nothing is decided here: each function calls the engine and translates what it takes and gives.
//! Offsets are code points in Python and bytes in the engine. What the module holds is documented for
//! its users in `package/bioner/_engine.pyi`.

mod align;
mod error;
mod format;
mod points;
mod sentence;
mod tokenizer;

use pyo3::prelude::*;

/// The module.
#[pymodule]
mod _engine {
    #[pymodule_export]
    use super::align::{Mention, align};
    #[pymodule_export]
    use super::error::{BionerError, ParseError};
    #[pymodule_export]
    use super::format::{Format, formats};
    #[pymodule_export]
    use super::sentence::{Piece, Sentence, sentences};
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
}
