//! The names of types, and the inventory.

use wasm_bindgen::prelude::*;

use super::{Result, serialize};
use crate::{inventory as types_and_presets, javascript, type_name};

/// The names of types that are to be asked for, as the engine takes them. If it does not, the error has the
/// code `types`, and says in `problem` why: see [`TypesError`](crate::TypesError).
#[wasm_bindgen(js_name = checkTypes)]
pub fn check_types(types: Vec<String>) -> Result<Vec<String>> {
    type_name::check_types(&types).map_err(|refused| javascript::types_error(&refused))
}

/// Equal for two names of types that count as the same.
#[wasm_bindgen(js_name = typeKey)]
pub fn type_key(name: &str) -> String {
    type_name::type_key(name)
}

/// Equal for two spellings of the name of a known type, such as `Cell type` and `cell_type`.
#[wasm_bindgen(js_name = plainTypeName)]
pub fn plain_name(name: &str) -> String {
    crate::plain_type_name(name)
}

/// The types that models are tuned for, and the presets: `{types, presets}`, as `types.json` has them.
#[wasm_bindgen]
pub fn inventory() -> Result<JsValue> {
    serialize(types_and_presets())
}

/// The name in the inventory of the type that has this name or synonym; undefined if there is none.
#[wasm_bindgen(js_name = findType)]
pub fn find_type(name: &str) -> Option<String> {
    let inventory = types_and_presets();
    Some(inventory.types[inventory.find(name)?].name.clone())
}
