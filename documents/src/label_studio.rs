//! Label Studio's tasks: `{"data": {"text": …}, "predictions": [{"result": […]}]}`, in an array.
//!
//! Offsets count UTF-16 code units, as its editor does. The data are the document as JSON has it, without
//! its entities. A mention is a region of the tag `<Labels name="label" toName="text">`; what is said of it
//! are results of tags with `perRegion="true"`: `<Choices>` named `assertion`, `temporality` and
//! `experiencer`, `<TextArea>` named `section` and `identifier`. The score of a task is that of its most
//! doubtful mention, so that tasks can be sorted by it.
//!
//! Its JSON export is read: of several annotations of a task the one that is marked as the truth, or else
//! the first that was not skipped; of a task without any, the first prediction. So is JSON-MIN, where a
//! task's regions are a field of the data.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use serde_json::{Map, Value, json};

use crate::document::check_stated;
use crate::json::{Style, located};
use crate::json_stream::Objects;
use crate::problem::{Problem, code};
use crate::text::rounded;
use crate::{Attributes, Document, Entity, Offsets, Unit, json as plain_json};

/// The tag of the text, and of the labels.
const TEXT: &str = "text";
const LABEL: &str = "label";
/// The tag of the id in a vocabulary.
const IDENTIFIER: &str = "identifier";

/// Writes a document as a task, on one line.
pub(crate) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mut data = plain_json::value(document, Style { unit: Unit::Utf16, text: true });
    data.shift_remove("entities");
    let offsets = Offsets::new(&document.text, Unit::Utf16);
    let mut result = Vec::new();
    for (index, entity) in document.entities.iter().enumerate() {
        let id = format!("entity-{}", index + 1);
        let (start, end) = (offsets.of(entity.span.start), offsets.of(entity.span.end));
        let mut push = |name: &str, kind: &str, key: &str, value: Value| {
            let mut region = json!({
                "id": id,
                "from_name": name,
                "to_name": TEXT,
                "type": kind,
                "value": {"start": start, "end": end, "text": entity.span.slice(&document.text)},
            });
            region["value"][key] = value;
            if let Some(score) = entity.score {
                region["score"] = json!(rounded(score));
            }
            result.push(region);
        };
        push(LABEL, "labels", "labels", json!([entity.kind]));
        for (name, value) in entity.attributes.known() {
            match name {
                "section" => push(name, "textarea", "text", json!([value])),
                _ => push(name, "choices", "choices", json!([value])),
            }
        }
        if let Some(id) = &entity.id {
            push(IDENTIFIER, "textarea", "text", json!([id]));
        }
    }
    let model = document.field("model").unwrap_or("bioner");
    let mut prediction = json!({"model_version": model, "result": result});
    let scores = document.entities.iter().filter_map(|entity| entity.score);
    if let Some(lowest) = scores.reduce(f64::min) {
        prediction["score"] = json!(rounded(lowest));
    }
    serde_json::to_writer(out, &json!({"data": data, "predictions": [prediction]}))?;
    Ok(())
}

/// The documents of a file, one after the other.
pub(crate) fn read<R: BufRead>(input: R) -> impl Iterator<Item = Result<Document, Problem>> {
    Objects::new(input).enumerate().flat_map(|(index, value)| match value {
        Ok((line, task)) => located(document(task, index + 1), Some(line)),
        Err(problem) => vec![Err(problem)],
    })
}

/// Whether a file begins as those of Label Studio do.
pub(crate) fn looks_like(content: &str) -> bool {
    let has = |name: &str| content.contains(&format!("\"{name}\""));
    has("data") && ["annotations", "predictions", "completions"].into_iter().any(has)
}

fn document(task: Value, number: usize) -> (Option<Document>, Vec<Problem>) {
    let Value::Object(mut task) = task else {
        let message = format!("task {number} is no object");
        return (None, vec![Problem::new(code::MISSING, message)]);
    };
    let mut bad = Vec::new();
    let found = regions(&mut task, &mut bad);
    let mut data = match task.shift_remove("data") {
        Some(Value::Object(data)) => data,
        _ => task.clone(),
    };
    if !data.contains_key("id") {
        let id = task.get("id").cloned().unwrap_or_else(|| json!(number));
        data.insert("id".into(), id);
    }
    let found = found.or_else(|| minimal(&mut data)).unwrap_or_default();
    name_text(&mut data);
    data.insert("offsets".into(), json!("utf-16"));
    let (document, mut problems) = plain_json::document(Value::Object(data), number);
    let Some(mut document) = document else {
        let message = format!("task {number} has no text");
        return (None, vec![Problem::new(code::MISSING, message)]);
    };
    for name in bad {
        let message = format!("document {:?}: {name:?} is no array", document.id);
        problems.push(Problem::new(code::SYNTAX, message));
    }
    add(&mut document, found, &mut problems);
    (Some(document), problems)
}

/// The results of the annotation that counts, or of the prediction. `None` if the task has neither. `bad`
/// gets the names of what should be an array and is none.
fn regions(task: &mut Map<String, Value>, bad: &mut Vec<&'static str>) -> Option<Vec<Value>> {
    let mut list = |name: &'static str| match task.shift_remove(name) {
        Some(Value::Array(list)) => list,
        None | Some(Value::Null) => Vec::new(),
        Some(_) => {
            bad.push(name);
            Vec::new()
        }
    };
    let mut annotations = list("annotations");
    annotations.extend(list("completions"));
    let predictions = list("predictions");
    let is = |annotation: &Value, name: &str| annotation.get(name) == Some(&Value::Bool(true));
    annotations.retain(|annotation| annotation.is_object() && !is(annotation, "was_cancelled"));
    let truth = annotations.iter().position(|annotation| is(annotation, "ground_truth"));
    let counts = match annotations.is_empty() {
        false => Some(annotations.swap_remove(truth.unwrap_or(0))),
        true => predictions.into_iter().find(Value::is_object),
    };
    match counts?.get_mut("result").map(Value::take) {
        Some(Value::Array(result)) => Some(result),
        None | Some(Value::Null) => Some(Vec::new()),
        Some(_) => {
            bad.push("result");
            Some(Vec::new())
        }
    }
}

/// The regions of JSON-MIN, a list in the data, as results.
fn minimal(data: &mut Map<String, Value>) -> Option<Vec<Value>> {
    let is_regions = |value: &Value| {
        let regions = value.as_array().filter(|regions| !regions.is_empty());
        regions.is_some_and(|all| all.iter().all(|region| region.get("labels").is_some()))
    };
    let (name, _) = data.iter().find(|(_, value)| is_regions(value))?;
    let name = name.clone();
    let Some(Value::Array(regions)) = data.shift_remove(&name) else { return None };
    Some(regions.into_iter().map(|value| json!({"value": value})).collect())
}

/// Calls the text `text`: where no field of the data has that name, it is the longest.
fn name_text(data: &mut Map<String, Value>) {
    if data.get(TEXT).is_some_and(Value::is_string) {
        return;
    }
    let texts = data.iter().filter(|(name, _)| *name != "id");
    let texts = texts.filter_map(|(name, value)| Some((value.as_str()?.len(), name.clone())));
    if let Some((_, name)) = texts.max()
        && let Some(text) = data.shift_remove(&name)
    {
        data.insert(TEXT.into(), text);
    }
}

/// Adds the mentions of results, and what other results say of them.
fn add(document: &mut Document, results: Vec<Value>, problems: &mut Vec<Problem>) {
    let offsets = Offsets::new(&document.text, Unit::Utf16);
    let mut by_region: HashMap<String, Vec<usize>> = HashMap::new();
    let name_of =
        |region: &Value| plain_json::id_text(region.get("id").cloned()).unwrap_or_default();
    for region in &results {
        for kind in labels(region) {
            let read = plain_json::entity(&document.text, &offsets, entity(region, kind));
            match read.and_then(|entity| checked(region, &document.text, entity)) {
                Ok(entity) => {
                    by_region.entry(name_of(region)).or_default().push(document.entities.len());
                    document.entities.push(entity);
                }
                Err(problem) => {
                    let message = format!(
                        "document {:?}: region {:?}: {}",
                        document.id,
                        name_of(region),
                        problem.message
                    );
                    problems.push(Problem { message, ..problem });
                }
            }
        }
    }
    for result in &results {
        let name = result.get("from_name").and_then(Value::as_str).unwrap_or_default();
        let Some(value) = said(result) else { continue };
        for &index in by_region.get(&name_of(result)).into_iter().flatten() {
            let entity = &mut document.entities[index];
            if name == IDENTIFIER {
                entity.id = Some(value.to_owned());
            } else if Attributes::NAMES.contains(&name) {
                entity.attributes.set(name, value);
            }
        }
    }
    document.entities.sort_by_key(|entity| (entity.span.start, entity.span.end));
}

/// The labels of a region; none if it is something else.
fn labels(region: &Value) -> impl Iterator<Item = &str> {
    let value = region.get("value");
    let kind = region.get("type").and_then(Value::as_str).unwrap_or("labels");
    let labels = value.filter(|_| kind.ends_with("labels")).and_then(|value| value.get(kind));
    labels.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// A region as JSON has entities.
fn entity(region: &Value, kind: &str) -> Value {
    let value = region.get("value").unwrap_or(&Value::Null);
    // In marked-up texts `start` is a path, and the offsets are beside it.
    let places = value.get("globalOffsets").unwrap_or(value);
    let mut entity = json!({"type": kind});
    for name in ["start", "end"] {
        entity[name] = places.get(name).cloned().unwrap_or_default();
    }
    if let Some(score) = region.get("score") {
        entity["score"] = score.clone();
    }
    entity
}

/// The entity, if its words are those that the region states. Label Studio's editor writes each line break
/// in them as a backslash and an n, which other texts may hold too.
fn checked(region: &Value, text: &str, entity: Entity) -> Result<Entity, Problem> {
    let stated = region.get("value").and_then(|value| value.get("text")).and_then(Value::as_str);
    let Some(stated) = stated else { return Ok(entity) };
    let found = entity.span.slice(text);
    if check_stated(found, &stated.replace("\\n", "\n")).is_err() {
        check_stated(found, stated)?;
    }
    Ok(entity)
}

/// What a choice or a text field says.
fn said(result: &Value) -> Option<&str> {
    let value = result.get("value")?;
    let kind = result.get("type").and_then(Value::as_str)?;
    let said = match kind {
        "choices" => value.get("choices")?,
        "textarea" => value.get("text")?,
        _ => return None,
    };
    said.as_str().or_else(|| said.get(0)?.as_str())
}
