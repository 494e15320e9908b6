//! Which fields of a document are its id, its title and its text: those that have the names of
//! [`crate::names`], whatever their case.

use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::Document;
use crate::names::{IDS, IDS_OR_TEXTS, TEXTS, TITLES, plain};

/// The longest id, in bytes, under a name that may as well be that of a text.
const MAX_NAME: usize = 100;

/// The id of a document, as its line has it: that of the first name that has one, as in tables.
pub fn id_of(document: &Value) -> Option<&Value> {
    let fields = document.as_object()?;
    id_name(fields).and_then(|name| fields.get(name))
}

/// The name of the field with the id.
pub(super) fn id_name(fields: &Map<String, Value>) -> Option<&str> {
    named(fields, &IDS, |name, value| match value {
        Value::String(id) if IDS_OR_TEXTS.contains(&name) => {
            (1..=MAX_NAME).contains(&id.trim().len()) && !id.contains('\n')
        }
        Value::String(_) | Value::Number(_) => true,
        Value::Null => false,
        _ => name == "id",
    })
}

/// Takes title and text out of the fields. Where a text is called so, the title is only kept.
pub(super) fn take_text(id: String, fields: &mut Map<String, Value>) -> Option<Document> {
    let is_text = |_: &str, value: &Value| value.is_string();
    let text = named(fields, &TEXTS, is_text).map(str::to_owned);
    let name = text.as_deref().map(plain).unwrap_or_default();
    let title = match name.as_str() {
        "text" => None,
        _ => named(fields, &TITLES, is_text).map(str::to_owned),
    };
    let mut take = |name: Option<&String>| match fields.shift_remove(name?) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    if title.is_none() && name != "abstract" {
        return Some(Document::new(id, take(text.as_ref())?));
    }
    let (title, rest) = (take(title.as_ref()), take(text.as_ref()));
    Some(Document::titled(id, &title.unwrap_or_default(), &rest.unwrap_or_default()))
}

/// The name of the field that has the first of the names and is `fit`.
fn named<'a>(
    fields: &'a Map<String, Value>,
    wanted: &[&str],
    fit: impl Fn(&str, &Value) -> bool,
) -> Option<&'a str> {
    // What most have.
    let first = wanted.first()?;
    if let Some((name, value)) = fields.get_key_value(*first)
        && fit(first, value)
    {
        return Some(name);
    }
    let names: Vec<(String, &String, &Value)> =
        fields.iter().map(|(name, value)| (plain(name), name, value)).collect();
    wanted.iter().find_map(|wanted| {
        let mut found =
            names.iter().filter(|(plain, _, value)| plain == wanted && fit(plain, value));
        found.next().map(|(_, name, _)| name.as_str())
    })
}

/// Parses a document. An id that is an integer of more than 64 bits becomes the text that it is written as;
/// as a number it would be another.
///
/// # Errors
/// If it is no JSON.
pub fn parse(text: &str) -> serde_json::Result<Value> {
    let mut value = serde_json::from_str(text)?;
    if let Value::Object(fields) = &mut value
        && let Some(name) = id_name(fields).map(str::to_owned)
        && fields[&name].is_f64()
    {
        let raw: HashMap<String, &RawValue> = serde_json::from_str(text)?;
        if let Some(written) = raw.get(&name).map(|raw| raw.get())
            && is_integer(written)
        {
            fields[&name] = written.into();
        }
    }
    Ok(value)
}

/// Whether a number is written without a fraction and an exponent.
pub(crate) fn is_integer(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
