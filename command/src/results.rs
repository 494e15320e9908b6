//! What was found in a document, as a line of JSON.

use bioner::{Error, Result};
use bioner_attributes::{Context, Wanted};
use bioner_documents::{ByteSpan, rounded};
use bioner_linking::Link;
use serde::Serialize;
use serde_json::Value;

use crate::{Finished, Found};

/// What is given beside the entities.
#[derive(Clone, Copy, Default)]
pub struct Asked {
    /// What the model wrote for each sentence.
    pub raw: bool,
    /// The optional fields of entities.
    pub context: Wanted,
}

/// The preset whose texts deny and doubt what they name.
const NOTES: &str = "note";

/// Whether a preset asserts by itself.
pub fn asserts(preset: Option<&str>) -> bool {
    preset == Some(NOTES)
}

/// An entity as the command line gives it: offsets in code points of the given text.
#[derive(Serialize)]
struct EntityJson<'a> {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'a str,
    text: &'a str,
    score: f64,
    #[serde(flatten)]
    context: Context,
    /// `id` and `candidates`.
    #[serde(flatten)]
    link: Option<&'a Link>,
}

/// A line of the output: the entities of a document, or why there are none.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<Vec<EntityJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<Vec<RawJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson>,
}

#[derive(Serialize)]
struct RawJson<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct ErrorJson {
    code: &'static str,
    message: String,
}

/// The line of a document: its entities, with a link for each where identifiers are asked for; or why
/// there are none.
///
/// # Errors
/// [`Error::Internal`] if it cannot be written as JSON.
pub fn line(finished: &Finished<Value>, links: &[Link], asked: Asked) -> Result<String> {
    let found = finished.outcome.as_ref();
    let line = Line {
        id: &finished.attached,
        entities: found.ok().map(|found| entities(found, links, asked.context)),
        raw: found.ok().filter(|_| asked.raw).map(raw),
        error: found.err().map(|e| ErrorJson { code: e.code(), message: e.to_string() }),
    };
    serde_json::to_string(&line)
        .map_err(|e| Error::Internal(format!("a result cannot be printed: {e}")))
}

fn entities<'a>(found: &'a Found, links: &'a [Link], wanted: Wanted) -> Vec<EntityJson<'a>> {
    let entities = found.entities.iter().zip(contexts(found, wanted)).enumerate();
    entities
        .map(|(at, (entity, context))| EntityJson {
            start: found.offsets.of(entity.span.start),
            end: found.offsets.of(entity.span.end),
            kind: &found.types[entity.kind],
            text: entity.span.slice(&found.document.text),
            score: rounded(entity.score.into()),
            context,
            link: links.get(at),
        })
        .collect()
}

fn raw(found: &Found) -> Vec<RawJson<'_>> {
    let of = |byte| found.offsets.of(byte);
    let raw = found.raw.iter();
    raw.map(|raw| RawJson { start: of(raw.span.start), end: of(raw.span.end), text: &raw.text })
        .collect()
}

/// The optional fields of what was found.
pub(crate) fn contexts(found: &Found, wanted: Wanted) -> Vec<Context> {
    let spans: Vec<ByteSpan> = found.entities.iter().map(|entity| entity.span).collect();
    wanted.of(&found.document.text, &spans)
}
