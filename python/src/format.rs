//! The output formats.

use bioner::format::{self, Labelled};
use bioner::prompt;
use pyo3::prelude::*;

use crate::align::Mention;
use crate::error::unreadable;
use crate::sentence::Sentence;

/// One output format.
#[pyclass(frozen, module = "bioner.engine")]
pub struct Format(&'static dyn format::Format);

/// The formats, in the order in which they are listed everywhere.
#[pyfunction]
pub fn formats() -> Vec<Format> {
    format::all().iter().map(|&format| Format(format)).collect()
}

#[pymethods]
impl Format {
    #[getter]
    fn name(&self) -> &'static str {
        self.0.name()
    }

    #[getter]
    fn phrase(&self) -> &'static str {
        self.0.phrase()
    }

    fn instruction(&self, types: Vec<String>) -> String {
        prompt::instruction(&types, self.0)
    }

    fn prompt(&self, sentence: &Sentence, types: Vec<String>) -> String {
        prompt::instruction(&types, self.0) + &prompt::question(sentence.inner.view(), self.0)
    }

    fn render(
        &self,
        sentence: &Sentence,
        types: Vec<String>,
        entities: Vec<(usize, usize, usize)>,
    ) -> String {
        let labelled = |(start, end, kind)| {
            let span = sentence.in_view(start, end).filter(|span| span.start <= span.end)?;
            Some(Labelled { span, kind })
        };
        let mut entities: Vec<Labelled> = entities.into_iter().filter_map(labelled).collect();
        entities.sort_unstable();
        prompt::to_wire(&self.0.render(&sentence.inner, &types, &entities), self.0)
    }

    fn parse(
        &self,
        sentence: &Sentence,
        types: Vec<String>,
        answer: &str,
    ) -> PyResult<Vec<Mention>> {
        let mentions = prompt::parse(self.0, &sentence.inner, &types, answer);
        let mentions = mentions.map_err(|error| unreadable(&error, answer))?;
        Ok(mentions.into_iter().map(|mention| Mention::of(mention, sentence)).collect())
    }

    fn __repr__(&self) -> String {
        format!("<Format {}>", self.0.name())
    }
}
