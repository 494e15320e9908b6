//! Documents in the formats of files.

use bioner_documents::{Format, Options, Problem, Unit, code, json, write};
use pyo3::prelude::*;

use crate::error::broken;

/// The names and contents of the files that hold documents, which are given as JSON, in a format.
#[pyfunction]
pub fn files(
    py: Python<'_>,
    documents: Vec<String>,
    format: &str,
) -> PyResult<Vec<(String, String)>> {
    let write = || -> Result<_, Problem> {
        let format = Format::by_name(format)?;
        let mut read = Vec::with_capacity(documents.len());
        for (number, line) in (1..).zip(&documents) {
            let value = serde_json::from_str(line)
                .map_err(|e| Problem::new(code::SYNTAX, e.to_string()))?;
            let (document, problems) = json::document(value, number);
            if let Some(problem) = problems.into_iter().next() {
                return Err(problem);
            }
            read.extend(document);
        }
        let options = Options { several: true, ..Options::new(Unit::CodePoint) };
        write(format, options, &read)
    };
    let files = py.detach(write).map_err(|problem| broken(&problem))?;
    Ok(files.into_iter().map(|file| (file.name, file.content)).collect())
}
