//! `bioner extract`: texts in, entities out.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::Duration;

use bioner::{Error, LARGEST_DOCUMENT, Result};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ExtractArgs;
use crate::documents::{self, BadLine};
use crate::model;
use crate::stream::{Finished, Found, Stream};

/// An entity as the command line gives it: offsets in code points of the given text.
#[derive(Serialize)]
struct EntityJson<'a> {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'a str,
    text: &'a str,
    score: f64,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    text: String,
}

/// Extracts. The exit status is 1 if any line failed.
pub fn run(args: &ExtractArgs) -> Result<ExitCode> {
    // What was asked for is checked before anything large is loaded.
    let types = bioner::check_types(&args.types)?;
    if let Some(format) = &args.engine.format {
        bioner::format::by_name(format)?;
    }
    let standard_input = args.file.as_os_str() == "-";
    let mut input: BufReader<Box<dyn Read>> = if standard_input {
        BufReader::new(Box::new(std::io::stdin()))
    } else {
        let file = File::open(&args.file)
            .map_err(|e| Error::Input(format!("{}: {e}", args.file.display())))?;
        BufReader::new(Box::new(file))
    };
    let lines = match args.file.extension().and_then(|extension| extension.to_str()) {
        Some("jsonl" | "ndjson") => true,
        _ if standard_input => looks_like_lines(&mut input)?,
        _ => false,
    };
    let loaded = model::load(&args.engine)?;
    let format = args.engine.format.clone().or(loaded.format);
    let format = format.unwrap_or_else(|| bioner::format::DEFAULT.to_owned());
    let mut stream = Stream::new(loaded.recognizer, format, args.engine.together);
    let mut out = std::io::stdout().lock();
    let progress = progress();
    let mut failed = false;
    let mut sink = |finished: Finished<Value>| {
        progress.inc(1);
        failed |= finished.outcome.is_err();
        let line = to_json(&finished, args.raw)?;
        progress.suspend(|| writeln!(out, "{line}").and_then(|()| out.flush()))?;
        Ok(())
    };
    if lines {
        while let Some(line) = documents::next_line(&mut input)? {
            let (id, text) = match line.and_then(|line| documents::parse::<Line>(&line)) {
                Ok(line) => (line.id, Ok(line.text)),
                Err(BadLine { id, error }) => (id, Err(error)),
            };
            stream.add(id, text, &types, &mut sink)?;
        }
    } else {
        let id = if standard_input {
            Value::Null
        } else {
            args.file.file_stem().map_or(Value::Null, |stem| json!(stem.to_string_lossy()))
        };
        stream.add(id, read_text(&mut input), &types, &mut sink)?;
    }
    stream.finish(&mut sink)?;
    progress.finish_and_clear();
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Whether standard input holds lines of JSON rather than a text.
fn looks_like_lines(input: &mut impl BufRead) -> Result<bool> {
    let start = input.fill_buf()?.trim_ascii_start();
    let after = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    Ok(after.is_some_and(|after| after.starts_with(b"\"")))
}

fn read_text(input: &mut impl Read) -> Result<String> {
    let mut bytes = Vec::new();
    input.take(LARGEST_DOCUMENT as u64 + 1).read_to_end(&mut bytes)?;
    String::from_utf8(bytes)
        .map_err(|e| Error::Input(format!("it is not UTF-8 ({})", e.utf8_error())))
}

/// A line of the output: the entities of a document, or why there are none.
#[derive(Serialize)]
struct Output<'a> {
    id: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<Vec<EntityJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<Vec<RawJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson>,
}

#[derive(Serialize)]
struct RawJson<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct ErrorJson {
    code: &'static str,
    message: String,
}

fn to_json(finished: &Finished<Value>, with_raw: bool) -> Result<String> {
    let found = finished.outcome.as_ref();
    let output = Output {
        id: &finished.attached,
        entities: found.ok().map(entities),
        raw: found.ok().filter(|_| with_raw).map(raw),
        error: found.err().map(|e| ErrorJson { code: e.code(), message: e.to_string() }),
    };
    serde_json::to_string(&output)
        .map_err(|e| Error::Internal(format!("a result cannot be printed: {e}")))
}

fn entities(found: &Found) -> Vec<EntityJson<'_>> {
    found
        .entities
        .iter()
        .map(|entity| EntityJson {
            start: found.offsets.of(entity.span.start),
            end: found.offsets.of(entity.span.end),
            kind: &found.types[entity.kind],
            text: entity.span.slice(&found.text),
            // Four digits are more than a score can mean.
            score: (f64::from(entity.score) * 1e4).round() / 1e4,
        })
        .collect()
}

fn raw(found: &Found) -> Vec<RawJson<'_>> {
    let of = |byte| found.offsets.of(byte);
    let raw = found.raw.iter();
    raw.map(|raw| RawJson { start: of(raw.span.start), end: of(raw.span.end), text: &raw.text })
        .collect()
}

/// A count of documents on standard error, where someone sees it.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) =
        ProgressStyle::with_template("{spinner} {pos} documents, {elapsed}, {per_sec}")
    {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
