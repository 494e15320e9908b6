//! `bioner assert`: documents with entities in, the same with what the text says of each out.

use std::io::Write;

use bioner::{Error, Offsets, Result, Unit};
use bioner_attributes::Wanted;
use bioner_documents::{Problem, code, json};
use serde_json::{Value, json as value};

use crate::input::{self, Bad};
use crate::{AssertArgs, tell};

/// Asserts. The exit status is 1 if a line or an entity could not be used.
pub fn run(args: &AssertArgs) -> Result<u8> {
    let mut lines = input::json_lines(&args.file)?;
    let mut out = std::io::stdout().lock();
    let mut failed = false;
    while let Some(line) = lines.value() {
        let line = match line
            .and_then(|line| asserted(line).map_err(|(id, why)| lines.bad(id, why)))
        {
            Ok((line, problems)) => {
                failed |= !problems.is_empty();
                for problem in problems {
                    tell(&input::error(&Problem { line: Some(lines.number), ..problem }));
                }
                line
            }
            // The file cannot be read on.
            Err(Bad { error, whole: false, .. }) => return Err(error),
            Err(Bad { id, error, .. }) => {
                failed = true;
                value!({"id": id, "error": {"code": error.code(), "message": error.to_string()}})
            }
        };
        let line = serde_json::to_string(&line)
            .map_err(|e| Error::Internal(format!("a result cannot be printed: {e}")))?;
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(if failed { 1 } else { 0 })
}

/// A line with the fields of each entity, and the entities that could not be used, which stay as they
/// were; or the line's id, and why nothing of it can be used.
fn asserted(mut line: Value) -> std::result::Result<(Value, Vec<Problem>), (Value, &'static str)> {
    let id = line.get("id").cloned().unwrap_or(Value::Null);
    let Some(text) = line.get("text").and_then(Value::as_str).map(str::to_owned) else {
        return Err((id, "there is no \"text\""));
    };
    let unit = match line.get("offsets").and_then(Value::as_str) {
        Some("utf-16") => Unit::Utf16,
        _ => Unit::CodePoint,
    };
    let Some(entities) = line.get_mut("entities").and_then(Value::as_array_mut) else {
        return Err((id, "there are no \"entities\""));
    };
    let offsets = Offsets::new(&text, unit);
    let mut problems = Vec::new();
    let mut usable = Vec::new();
    let mut spans = Vec::new();
    for (number, entity) in entities.iter_mut().enumerate() {
        let read = json::entity(&text, &offsets, entity.clone());
        match (read, entity) {
            (Ok(read), Value::Object(fields)) => {
                spans.push(read.span);
                usable.push(fields);
            }
            (Ok(_), _) => problems.push(Problem::new(code::MISSING, "an entity is no object")),
            (Err(problem), _) => {
                let message = format!("entity {}: {}", number + 1, problem.message);
                problems.push(Problem { message, ..problem });
            }
        }
    }
    let wanted = Wanted { assertion: true, sections: false };
    for (fields, context) in usable.into_iter().zip(wanted.of(&text, &spans)) {
        context.put_into(fields);
    }
    Ok((line, problems))
}
