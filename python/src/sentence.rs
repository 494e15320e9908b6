//! Sentences and their views.

use bioner::{ByteSpan, PieceKind};
use pyo3::prelude::*;

use crate::points::Points;

/// A place in Python: start and end in code points, end exclusive.
pub type Span = (usize, usize);

/// The sentences of a text, in order.
#[pyfunction]
pub fn sentences(text: &str) -> Vec<Span> {
    let points = Points::new(text);
    let spans = bioner::segment::sentences(text);
    spans.into_iter().map(|span| (points.of(span.start), points.of(span.end))).collect()
}

/// A piece of a sentence.
#[pyclass(frozen, get_all, module = "bioner.engine")]
pub struct Piece {
    kind: &'static str,
    start: usize,
    end: usize,
    source_start: usize,
    source_end: usize,
}

#[pymethods]
impl Piece {
    fn __repr__(&self) -> String {
        let Piece { kind, start, end, source_start, source_end } = self;
        format!(
            "Piece(kind={kind:?}, start={start}, end={end}, source_start={source_start}, source_end={source_end})"
        )
    }
}

/// The view of a text that is one sentence.
#[pyclass(frozen, module = "bioner.engine")]
pub struct Sentence {
    pub inner: bioner::Sentence,
    source: Points,
    view: Points,
}

impl Sentence {
    /// A span of the view in code points; a place that the view does not have is `None`.
    pub fn in_view(&self, start: usize, end: usize) -> Option<ByteSpan> {
        Some(ByteSpan::new(self.view.byte(start)?, self.view.byte(end)?))
    }

    /// A span of the view, for Python.
    pub fn view_span(&self, span: ByteSpan) -> Span {
        (self.view.of(span.start), self.view.of(span.end))
    }

    fn source_span(&self, span: ByteSpan) -> Span {
        (self.source.of(span.start), self.source.of(span.end))
    }
}

#[pymethods]
impl Sentence {
    #[new]
    fn new(text: &str) -> Self {
        let inner = bioner::Sentence::whole(text);
        let view = Points::new(inner.view());
        Sentence { source: Points::new(text), view, inner }
    }

    #[getter]
    fn view(&self) -> &str {
        self.inner.view()
    }

    #[getter]
    fn pieces(&self) -> Vec<Piece> {
        let piece = |piece: &bioner::Piece| {
            let (start, end) = self.view_span(piece.view);
            let (source_start, source_end) = self.source_span(piece.source);
            let kind = match piece.kind {
                PieceKind::Word => "word",
                PieceKind::Symbol => "symbol",
                PieceKind::Space => "space",
            };
            Piece { kind, start, end, source_start, source_end }
        };
        self.inner.pieces().iter().map(piece).collect()
    }

    fn starts_at(&self, at: usize) -> bool {
        self.view.byte(at).is_some_and(|at| self.inner.starts_at(at))
    }

    fn ends_at(&self, at: usize) -> bool {
        self.view.byte(at).is_some_and(|at| self.inner.ends_at(at))
    }

    fn to_source(&self, start: usize, end: usize) -> Option<Span> {
        Some(self.source_span(self.inner.to_source(self.in_view(start, end)?)?))
    }

    fn to_view(&self, start: usize, end: usize) -> Option<Span> {
        let span = ByteSpan::new(self.source.byte(start)?, self.source.byte(end)?);
        Some(self.view_span(self.inner.to_view(span)?))
    }

    fn occurrences(&self, mention: &str) -> Vec<Span> {
        self.inner.occurrences(mention).map(|span| self.view_span(span)).collect()
    }

    fn __repr__(&self) -> String {
        format!("Sentence({:?})", self.inner.view())
    }
}
