//! The project's own JSON: a document is `{"id", "text", "entities": [{"start", "end", "type", "text",
//! "score"}]}`. A file is an array of documents, or `{"documents": […]}`; JSON Lines has one a line.
//!
//! Offsets count code points, unless the document says `"offsets": "utf-16"`. Instead of `text` a document
//! may have `title` and `abstract`; id and text may have the names that they have in tables. Fields that are
//! not known are kept. What doccano writes is read too.

mod names;
mod write;

use std::io::BufRead;

use serde_json::Value;

use crate::doccano;
use crate::document::{check_stated, in_order, passage_span_of, span_of};
use crate::json_stream::Objects;
use crate::lines::Lines;
use crate::problem::{Problem, code};
use crate::{Attributes, ByteSpan, Document, Entity, Offsets, Passage, Unit};

pub(crate) use names::is_integer;
pub use names::{id_of, parse};
pub use write::{Style, entity_value, id_value, value, write_line, write_object};

/// The documents of an array, or of `{"documents": […]}`, one after the other.
pub fn read<R: BufRead>(input: R) -> impl Iterator<Item = Result<Document, Problem>> {
    Objects::new(input).enumerate().flat_map(|(index, value)| match value {
        Ok((line, value)) => located(document(value, index + 1), Some(line)),
        Err(problem) => vec![Err(problem)],
    })
}

/// The documents of JSON Lines, one after the other. A line that is broken is told, and the rest is read.
pub fn read_lines<R: BufRead>(input: R) -> impl Iterator<Item = Result<Document, Problem>> {
    let lines = Lines::new(input)
        .filter(|line| !line.as_ref().is_ok_and(|line| line.text.trim().is_empty()));
    lines.flat_map(|line| {
        let line = match line {
            Ok(line) => line,
            Err(problem) => return vec![Err(problem)],
        };
        match parse(&line.text) {
            Ok(value) => located(document(value, line.number), Some(line.number)),
            Err(error) => {
                // The only line that the parser has seen is no place in the file.
                let error = error.to_string().replace(" at line 1 column ", " at column ");
                let message = format!("the line is no JSON: {error}");
                vec![Err(Problem::at(line.number, code::SYNTAX, message))]
            }
        }
    })
}

/// Whether a document says what its entities are, though there may be none.
pub fn is_annotated(document: &Value) -> bool {
    document.get("entities").is_some_and(Value::is_array)
        || document.as_object().is_some_and(doccano::is_annotated)
}

type Read = (Option<Document>, Vec<Problem>);

/// A document and its problems, in a row.
pub(crate) fn located(
    (document, problems): Read,
    line: Option<usize>,
) -> Vec<Result<Document, Problem>> {
    let text_is_whole = document.is_some();
    let problems = problems
        .into_iter()
        .map(|problem| Err(Problem { line: problem.line.or(line), text_is_whole, ..problem }));
    document.map(Ok).into_iter().chain(problems).collect()
}

/// Reads a document; one without an id is called by its number.
pub fn document(value: Value, number: usize) -> Read {
    let refuse = |message: String| (None, vec![Problem::new(code::MISSING, message)]);
    let Value::Object(mut fields) = value else {
        return refuse(format!("document {number} is no object"));
    };
    doccano::adapt(&mut fields);
    let id = names::id_name(&fields).map(str::to_owned);
    let id = id.and_then(|name| match name.as_str() {
        "id" => fields.shift_remove("id"),
        // Whoever gave it that name finds it there.
        name => fields.get(name).cloned(),
    });
    // A null.
    fields.shift_remove("id");
    let id_is_number = id.as_ref().is_some_and(Value::is_number);
    let id = id_text(id).unwrap_or_else(|| number.to_string());
    let Some(mut document) = names::take_text(id.clone(), &mut fields) else {
        return refuse(format!("document {id:?} has no \"text\""));
    };
    document.id_is_number = id_is_number;
    let unit = match fields.shift_remove("offsets") {
        Some(Value::String(unit)) if unit == "utf-16" => Unit::Utf16,
        _ => Unit::CodePoint,
    };
    let offsets = Offsets::new(&document.text, unit);
    let mut problems = Vec::new();
    if let Some(end) = fields.shift_remove("titleEnd").as_ref().and_then(number_of) {
        document.title_end = offsets.byte(&document.text, end);
    }
    for passage in array(fields.shift_remove("passages")) {
        match read_passage(&document.text, &offsets, &passage) {
            Ok(passage) => document.passages.push(passage),
            Err(problem) => problems.push(problem),
        }
    }
    let entities = fields.shift_remove("entities");
    if entities.as_ref().is_some_and(|value| !value.is_array() && !value.is_null()) {
        problems.push(Problem::new(code::SYNTAX, "\"entities\" is no array"));
    }
    for (index, value) in array(entities).into_iter().enumerate() {
        match entity(&document.text, &offsets, value) {
            Ok(entity) => document.entities.push(entity),
            Err(problem) => problems.push(Problem {
                message: format!("entity {}: {}", index + 1, problem.message),
                ..problem
            }),
        }
    }
    document.extra = fields;
    // Several documents may stand on one line.
    for problem in &mut problems {
        problem.message = format!("document {:?}: {}", document.id, problem.message);
    }
    (Some(document), problems)
}

/// An id as text: that of a number is as it is written. A null is none.
pub fn id_text(id: Option<Value>) -> Option<String> {
    match id? {
        Value::Null => None,
        Value::String(id) => Some(id),
        other => Some(other.to_string()),
    }
}

fn array(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    }
}

/// A number of characters; JavaScript may write it as `5.0`.
fn number_of(value: &Value) -> Option<usize> {
    let float = || value.as_f64().filter(|x| *x >= 0.0 && x.fract() == 0.0 && *x < 1e15);
    value.as_u64().map(|n| n as usize).or_else(|| float().map(|n| n as usize))
}

/// The offsets that a value gives as `start` and `end`.
fn read_offsets(value: &Value) -> Result<(usize, usize), Problem> {
    let number = |name: &str| {
        value
            .get(name)
            .and_then(number_of)
            .ok_or_else(|| Problem::new(code::OFFSETS, format!("{name:?} is missing or no offset")))
    };
    Ok((number("start")?, number("end")?))
}

fn read_span(text: &str, offsets: &Offsets, value: &Value) -> Result<ByteSpan, Problem> {
    let (start, end) = read_offsets(value)?;
    span_of(text, offsets, start, end)
}

fn read_passage(text: &str, offsets: &Offsets, value: &Value) -> Result<Passage, Problem> {
    let (start, end) = read_offsets(value)?;
    let span = passage_span_of(text, offsets, start, end)?;
    let kind = value.get("type").and_then(Value::as_str).unwrap_or("text");
    Ok(Passage { span, kind: kind.to_owned() })
}

/// Reads an entity of a text, with its offsets in the unit of `offsets`.
///
/// # Errors
/// If a field is missing, the offsets do not fit the text, or it states another text than stands there.
pub fn entity(text: &str, offsets: &Offsets, value: Value) -> Result<Entity, Problem> {
    let span = read_span(text, offsets, &value)?;
    let Value::Object(mut fields) = value else {
        return Err(Problem::new(code::MISSING, "the entity is no object"));
    };
    if let Some(Value::String(stated)) = fields.shift_remove("text") {
        check_stated(span.slice(text), &stated)?;
    }
    let Some(Value::String(kind)) = fields.shift_remove("type") else {
        return Err(Problem::new(code::MISSING, "the entity has no \"type\""));
    };
    if kind.trim().is_empty() {
        return Err(Problem::new(code::MISSING, "the entity has no \"type\""));
    }
    let mut entity = Entity::new(span, kind);
    let fragments = array(fields.shift_remove("fragments"));
    let fragments = fragments.iter().map(|fragment| read_span(text, offsets, fragment));
    entity.fragments = in_order(fragments.collect::<Result<_, _>>()?);
    entity.score = fields.shift_remove("score").and_then(|score| score.as_f64());
    entity.id = id_text(fields.shift_remove("id"));
    entity.attributes = Attributes::take(&mut fields);
    for name in ["start", "end"] {
        fields.shift_remove(name);
    }
    fields.retain(|_, value| !value.is_null());
    entity.extra = fields;
    Ok(entity)
}
