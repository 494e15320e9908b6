//! What the boundaries of this crate and of the engine to JavaScript share: objects, and the one kind of
//! error.

use js_sys::{Error, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::TypesError;

/// A JavaScript `Error` with the message, the stable code in `code`, and one more property, if any.
pub fn error(message: &str, code: &str, property: Option<(&str, JsValue)>) -> JsValue {
    let error = Error::new(message);
    for (name, value) in [("code", code.into())].into_iter().chain(property) {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&error, &name.into(), &value);
    }
    error.into()
}

/// The error of types that cannot be asked for: its code is `types`, and `problem` says why.
pub fn types_error(refused: &TypesError) -> JsValue {
    let problem = serialize(refused).ok().map(|problem| ("problem", problem));
    error(&refused.to_string(), "types", problem)
}

/// The value as JavaScript has it: maps are objects.
///
/// # Errors
/// Where the value's own `Serialize` fails.
pub fn serialize<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, serde_wasm_bindgen::Error> {
    value.serialize(&Serializer::json_compatible())
}
