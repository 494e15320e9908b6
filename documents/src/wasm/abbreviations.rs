//! Abbreviations found, and what they add to entities.

use serde::{Deserialize, Serialize};
use serde_json::json;
use wasm_bindgen::prelude::*;

use super::{Result, from_js, serialize, to_js};
use crate::problem::{Problem, code};
use crate::{ByteSpan, Offsets, Unit, abbreviation};

/// A place, in UTF-16 code units.
#[derive(Clone, Copy, Deserialize, Serialize)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn new(offsets: &Offsets, span: ByteSpan) -> Span {
        Span { start: offsets.of(span.start), end: offsets.of(span.end) }
    }

    fn bytes(self, text: &str, offsets: &Offsets) -> std::result::Result<ByteSpan, Problem> {
        match (offsets.byte(text, self.start), offsets.byte(text, self.end)) {
            (Some(start), Some(end)) if start <= end => Ok(ByteSpan::new(start, end)),
            _ => {
                let message =
                    format!("the offsets {} to {} do not fit the text", self.start, self.end);
                Err(Problem::new(code::OFFSETS, message))
            }
        }
    }
}

/// An abbreviation and its definition, as JavaScript has it.
#[derive(Deserialize, Serialize)]
struct Definition {
    short: String,
    at: Span,
    long: Span,
}

/// Every abbreviation that a text defines, in order.
#[wasm_bindgen(js_name = findDefinitions)]
pub fn find_definitions(text: &str) -> Result<JsValue> {
    let offsets = Offsets::new(text, Unit::Utf16);
    let found = abbreviation::find_definitions(text).into_iter().map(|found| Definition {
        at: Span::new(&offsets, found.at),
        long: Span::new(&offsets, found.long),
        short: found.short,
    });
    serialize(&found.collect::<Vec<_>>())
}

/// The entities that abbreviations add to `entities`, which are sorted by start: they have the type and
/// the score of their long form.
#[wasm_bindgen]
pub fn derive(text: &str, definitions: JsValue, entities: JsValue) -> Result<JsValue> {
    let offsets = Offsets::new(text, Unit::Utf16);
    let (definitions, spans) = abbreviations(text, &offsets, definitions, &entities)?;
    let types: Vec<Type> = from_js(entities)?;
    let derived = abbreviation::derive(text, &definitions, &spans);
    let added = derived.iter().map(|derived| {
        let Span { start, end } = Span::new(&offsets, derived.span);
        let source = &types[derived.of];
        let mut entity = json!({
            "start": start,
            "end": end,
            "type": source.kind,
            "text": derived.span.slice(text),
        });
        if let Some(score) = source.score {
            entity["score"] = json!(score);
        }
        entity["origin"] = json!("abbreviation");
        entity
    });
    serialize(&added.collect::<Vec<_>>())
}

/// For each definition the index of the entity that is its long form, or null.
#[wasm_bindgen]
pub fn named(text: &str, definitions: JsValue, entities: JsValue) -> Result<JsValue> {
    let offsets = Offsets::new(text, Unit::Utf16);
    let (definitions, spans) = abbreviations(text, &offsets, definitions, &entities)?;
    serialize(&abbreviation::named(text, &definitions, &spans))
}

#[derive(Deserialize)]
struct Type {
    #[serde(rename = "type")]
    kind: String,
    score: Option<f64>,
}

/// Definitions and entities in bytes.
fn abbreviations(
    text: &str,
    offsets: &Offsets,
    definitions: JsValue,
    entities: &JsValue,
) -> Result<(Vec<abbreviation::Definition>, Vec<ByteSpan>)> {
    let definitions = from_js::<Vec<Definition>>(definitions)?.into_iter().map(|definition| {
        Ok(abbreviation::Definition {
            at: definition.at.bytes(text, offsets)?,
            long: definition.long.bytes(text, offsets)?,
            short: definition.short,
        })
    });
    let definitions = definitions.collect::<std::result::Result<_, _>>().map_err(to_js)?;
    let spans = from_js::<Vec<Span>>(entities.clone())?;
    let spans = spans.into_iter().map(|span| span.bytes(text, offsets));
    Ok((definitions, spans.collect::<std::result::Result<_, _>>().map_err(to_js)?))
}
