//! Whether values are as a schema says: the part of JSON Schema that the description uses. A keyword that is
//! not known here fails.

use serde_json::Value;

/// What is wrong with a value.
pub fn check(description: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("{why}: {value} for {schema}"));
    for (keyword, rule) in schema.as_object().expect("a schema") {
        match keyword.as_str() {
            "description" | "default" | "minItems" => {}
            "$ref" => check(description, referred(description, rule), value)?,
            "type" => {
                let is_so = match rule.as_str().expect("a type") {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    other => panic!("no type {other}"),
                };
                if !is_so {
                    return wrong("another type");
                }
            }
            "enum" if !rule.as_array().expect("values").contains(value) => {
                return wrong("not listed");
            }
            "enum" => {}
            "minimum" if value.as_f64() < rule.as_f64() => return wrong("too small"),
            "maximum" if value.as_f64() > rule.as_f64() => return wrong("too large"),
            "minimum" | "maximum" => {}
            "required" => {
                let mut names = rule.as_array().expect("names").iter().filter_map(Value::as_str);
                if names.any(|name| value.get(name).is_none()) {
                    return wrong("something is missing");
                }
            }
            "properties" => {
                for (name, rule) in rule.as_object().expect("properties") {
                    value.get(name).map_or(Ok(()), |value| check(description, rule, value))?;
                }
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    check(description, rule, item)?;
                }
            }
            "additionalProperties" | "unevaluatedProperties" => {
                assert_eq!(rule, &Value::Bool(false));
                let known = properties(description, schema);
                let mut fields = value.as_object().into_iter().flatten();
                if fields.any(|(name, _)| !known.contains(&name.as_str())) {
                    return wrong("something is too much");
                }
            }
            "allOf" => {
                for schema in rule.as_array().expect("schemas") {
                    check(description, schema, value)?;
                }
            }
            "oneOf" => {
                let schemas = rule.as_array().expect("schemas").iter();
                if schemas.filter(|schema| check(description, schema, value).is_ok()).count() != 1 {
                    return wrong("not one of them");
                }
            }
            other => panic!("no keyword {other}"),
        }
    }
    Ok(())
}

fn referred<'a>(description: &'a Value, reference: &Value) -> &'a Value {
    let reference = reference.as_str().and_then(|reference| reference.strip_prefix('#'));
    description.pointer(reference.expect("a reference")).expect("what is referred to")
}

/// The names that a schema has a rule for.
fn properties<'a>(description: &'a Value, schema: &'a Value) -> Vec<&'a str> {
    let own = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let all = schema["allOf"].as_array().into_iter().flatten();
    let of_all = all.flat_map(|one| properties(description, referred(description, &one["$ref"])));
    own.chain(of_all).collect()
}
