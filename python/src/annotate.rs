//! The optional fields of entities that are there already.

use bioner_attributes::{Context, Wanted};
use bioner_documents::ByteSpan;
use bioner_linking::{Link, Mention};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::raised;
use crate::linker::Linker;
use crate::points::Points;

#[derive(Serialize)]
struct Fields<'a> {
    #[serde(flatten)]
    context: Context,
    #[serde(flatten)]
    link: Option<&'a Link>,
}

/// What a text says of its mentions, and what they are, as a list in JSON: an object for each mention.
#[pyfunction]
#[pyo3(signature = (text, mentions, *, assertion=false, sections=false, linker=None))]
pub fn annotate(
    py: Python<'_>,
    text: String,
    mentions: Vec<(usize, usize, String)>,
    assertion: bool,
    sections: bool,
    linker: Option<&Linker>,
) -> PyResult<String> {
    let points = Points::new(&text);
    let span = |(start, end, _): &(usize, usize, String)| {
        let span = ByteSpan::new(points.byte(*start)?, points.byte(*end)?);
        (span.start < span.end).then_some(span)
    };
    let spans: Option<Vec<ByteSpan>> = mentions.iter().map(span).collect();
    let spans = spans.ok_or_else(|| {
        raised(bioner::Error::Input("the offsets of an entity do not fit the text".into()))
    })?;
    let annotate = || {
        let contexts = Wanted { assertion, sections }.of(&text, &spans);
        let named = spans.iter().zip(&mentions);
        let named: Vec<_> = named.map(|(&span, (.., kind))| Mention::new(span, kind)).collect();
        let links = linker.map(|linker| linker.inner.link(&text, &named)).unwrap_or_default();
        let fields = contexts.into_iter().enumerate();
        let fields: Vec<Fields> =
            fields.map(|(at, context)| Fields { context, link: links.get(at) }).collect();
        serde_json::to_string(&fields)
    };
    py.detach(annotate)
        .map_err(|e| raised(bioner::Error::Internal(format!("a result cannot be printed: {e}"))))
}
