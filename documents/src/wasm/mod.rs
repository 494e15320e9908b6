//! The boundary: the only folder of the crate that knows JavaScript's callers. Offsets are UTF-16 code
//! units here, and problems that end a call become JavaScript errors with a `code` and, where it is known,
//! a `line`.

mod abbreviations;
mod comparison;
mod files;
mod given;
mod types;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::javascript;
use crate::problem::{Problem, code};

type Result<T> = std::result::Result<T, JsValue>;

/// Runs once when the module is instantiated. A panic, which would be a defect, is then written to
/// the console with its place and its stack before the module traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        to_js(Problem::new(code::MISSING, format!("what was given is not as described: {error}")))
    })
}

fn serialize(value: &(impl Serialize + ?Sized)) -> Result<JsValue> {
    javascript::serialize(value)
        .map_err(|error| to_js(Problem::new(code::SYNTAX, error.to_string())))
}

fn to_js(problem: Problem) -> JsValue {
    let line = problem.line.map(|line| ("line", JsValue::from_f64(line as f64)));
    javascript::error(&problem.to_string(), problem.code, line)
}
