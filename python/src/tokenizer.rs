//! The tokenizer of a model file.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use bioner::model::TokenTable;
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::error::{not_opened, raised};
use crate::threads::pool;

/// The tokenizer that a model file carries.
#[pyclass(frozen, module = "bioner.engine")]
pub struct Tokenizer {
    inner: bioner::Tokenizer,
    len: usize,
    end: Option<u32>,
}

impl Tokenizer {
    fn read(py: Python<'_>, reader: impl Read + Send) -> PyResult<Self> {
        py.detach(|| {
            let table = TokenTable::read(reader)?;
            let inner = bioner::Tokenizer::new(&table)?;
            Ok(Tokenizer { inner, len: table.len(), end: table.eos() })
        })
        .map_err(raised)
    }
}

#[pymethods]
impl Tokenizer {
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let file = File::open(&path).map_err(|error| not_opened(&error, path))?;
        Self::read(py, file)
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        Self::read(py, data)
    }

    #[getter]
    fn end(&self) -> Option<u32> {
        self.end
    }

    fn __len__(&self) -> usize {
        self.len
    }

    fn encode(&self, py: Python<'_>, text: &str) -> PyResult<Vec<u32>> {
        py.detach(|| self.inner.encode(text)).map_err(raised)
    }

    fn encode_batch(&self, py: Python<'_>, texts: Vec<String>) -> PyResult<Vec<Vec<u32>>> {
        let pool = pool(py, 0).map_err(raised)?;
        let encode = || texts.par_iter().map(|text| self.inner.encode(text)).collect();
        let encoded: bioner::Result<_> = py.detach(|| pool.install(encode));
        encoded.map_err(raised)
    }

    fn decode(&self, tokens: Vec<u32>) -> PyResult<String> {
        self.inner.decode(&tokens).map_err(raised)
    }

    fn __repr__(&self) -> String {
        format!("<Tokenizer of {} tokens>", self.len)
    }
}
