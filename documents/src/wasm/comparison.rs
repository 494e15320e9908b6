//! Entities compared with those that are taken for right.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::{Result, from_js, serialize};
use crate::compare;

/// How entities that were found compare with those that are taken for right.
#[wasm_bindgen(js_name = compare)]
pub fn compare_entities(gold: JsValue, found: JsValue) -> Result<JsValue> {
    let (gold, found): (Vec<Mention>, Vec<Mention>) = (from_js(gold)?, from_js(found)?);
    let [gold, found] = [&gold, &found].map(|mentions| {
        let mentions = mentions.iter();
        mentions.map(Mention::compared).collect::<Vec<_>>()
    });
    serialize(&compare::compare(&gold, &found))
}

/// The scores of several comparisons together, strict and partial.
#[wasm_bindgen(js_name = sumScores)]
pub fn sum_scores(all: JsValue) -> Result<JsValue> {
    let all: Vec<compare::Both> = from_js(all)?;
    serialize(&compare::Both::sum(all))
}

#[derive(Deserialize)]
struct Mention {
    start: f64,
    end: f64,
    #[serde(rename = "type")]
    kind: String,
}

impl Mention {
    fn compared(&self) -> compare::Mention<'_> {
        compare::Mention { start: self.start as usize, end: self.end as usize, kind: &self.kind }
    }
}
