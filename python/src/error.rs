//! The engine's errors as Python exceptions.

use std::path::PathBuf;

use pyo3::exceptions::{PyException, PyOSError};
use pyo3::prelude::*;
use pyo3::{PyTypeInfo, create_exception};

use crate::points::Points;

create_exception!(
    bioner,
    BionerError,
    PyException,
    "Something that the engine refuses or cannot do; `code` says which, and never changes its name."
);
create_exception!(
    bioner.engine,
    ParseError,
    BionerError,
    "An answer that cannot be read; `at` is the place in the answer, in code points."
);

/// What stands for an error of the engine in Python: [`BionerError`] with its code, or `OSError` where
/// a file cannot be read.
pub fn raised(error: bioner::Error) -> PyErr {
    match error {
        bioner::Error::Io(error) => error.into(),
        error => with_code::<BionerError>(error.to_string(), error.code(), None),
    }
}

/// What stands for a problem with documents.
pub fn broken(problem: &bioner_documents::Problem) -> PyErr {
    with_code::<BionerError>(problem.to_string(), problem.code, None)
}

/// What stands for an answer that cannot be read.
pub fn unreadable(error: &bioner::format::ParseError, answer: &str) -> PyErr {
    let at = Points::new(answer).of(error.at);
    let message = format!("{} at {at} of the answer", error.message);
    with_code::<ParseError>(message, "answer", Some(at))
}

/// `FileNotFoundError` or another `OSError`, as Python's own `open` raises it.
pub fn not_opened(error: &std::io::Error, path: PathBuf) -> PyErr {
    PyOSError::new_err((error.raw_os_error(), error.to_string(), path))
}

fn with_code<T: PyTypeInfo>(message: String, code: &'static str, at: Option<usize>) -> PyErr {
    Python::attach(|py| {
        let error = PyErr::from_type(T::type_object(py), message);
        let value = error.value(py);
        let set = value.setattr("code", code).and_then(|()| match at {
            Some(at) => value.setattr("at", at),
            None => Ok(()),
        });
        set.err().unwrap_or(error)
    })
}
