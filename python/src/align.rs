//! Mentions, and their places in a sentence.

use bioner::format::Place;
use pyo3::prelude::*;

use crate::sentence::{Sentence, Span};

/// Where an answer says that a mention stands: the number of the occurrence, or the span in the view.
#[derive(Clone, Copy, Debug, FromPyObject, IntoPyObject)]
pub enum Said {
    Occurrence(usize),
    At(Span),
}

/// A mention read from an answer.
#[pyclass(frozen, get_all, module = "bioner.engine")]
pub struct Mention {
    text: String,
    kind: usize,
    place: Option<Said>,
}

#[pymethods]
impl Mention {
    #[new]
    #[pyo3(signature = (text, kind, place=None))]
    fn new(text: String, kind: usize, place: Option<Said>) -> Self {
        Mention { text, kind, place }
    }

    fn __repr__(&self) -> String {
        let place = match self.place {
            None => "None".to_owned(),
            Some(Said::Occurrence(number)) => number.to_string(),
            Some(Said::At(span)) => format!("{span:?}"),
        };
        format!("Mention(text={:?}, kind={}, place={place})", self.text, self.kind)
    }
}

impl Mention {
    /// The engine's mention of the sentence, for Python.
    pub fn of(mention: bioner::format::Mention, sentence: &Sentence) -> Self {
        let place = match mention.place {
            Place::Anywhere => None,
            Place::Occurrence(number) => Some(Said::Occurrence(number)),
            Place::At(span) => Some(Said::At(sentence.view_span(span))),
        };
        Mention { text: mention.text, kind: mention.kind, place }
    }

    /// The engine's mention; `None` if the view has no such place.
    fn inner(&self, sentence: &Sentence) -> Option<bioner::format::Mention> {
        let place = match self.place {
            None => Place::Anywhere,
            Some(Said::Occurrence(number)) => Place::Occurrence(number),
            Some(Said::At((start, end))) => Place::At(sentence.in_view(start, end)?),
        };
        let (text, kind) = (self.text.clone(), self.kind);
        Some(bioner::format::Mention { text, kind, place, written: 0..0 })
    }
}

/// The places of mentions in the view: start, end, and the type, sorted.
#[pyfunction]
pub fn align(sentence: &Sentence, mentions: Vec<PyRef<'_, Mention>>) -> Vec<(usize, usize, usize)> {
    let mentions: Vec<_> = mentions.iter().filter_map(|m| m.inner(sentence)).collect();
    bioner::align::align(&sentence.inner, &mentions)
        .into_iter()
        .map(|aligned| {
            let (start, end) = sentence.view_span(aligned.span);
            (start, end, mentions[aligned.mention].kind)
        })
        .collect()
}
