//! `bioner extract`: texts in, entities out.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use bioner::{Error, Result};
use bioner_documents::{Document, Entity, Format, rounded};
use bioner_linking::Link;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::Value;

use crate::input::{self, Bad};
use crate::link;
use crate::model;
use crate::output::{self, Output};
use crate::stream::{Finished, Found, Stream};
use crate::{ExtractArgs, tell};

/// An entity as the command line gives it: offsets in code points of the given text.
#[derive(Serialize)]
struct EntityJson<'a> {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'a str,
    text: &'a str,
    score: f64,
    /// `id` and `candidates`.
    #[serde(flatten)]
    link: Option<&'a Link>,
}

/// Extracts. The exit status is 1 if any document failed.
pub fn run(args: &ExtractArgs) -> Result<ExitCode> {
    // What was asked for is checked before anything large is loaded.
    let types = match &args.preset {
        Some(preset) => bioner::preset_types(preset)?,
        None => bioner::check_types(&args.types)?,
    };
    if let Some(format) = &args.engine.format {
        bioner::format::by_name(format)?;
    }
    let written = output::format(&args.output_format)?;
    if args.raw && written != Format::Json {
        return Err(Error::Input("--raw goes with --output-format json alone".into()));
    }
    output::beside(&args.file, args.output.as_deref())?;
    let input = input::open(&args.file, args.input.input_format.as_deref())?;
    let several = input.format != Format::Text;
    let linker = args.link.linker()?;
    let mut results = match written {
        Format::Json => Results::Lines(output::out(args.output.as_deref())?),
        format => Results::Documents(Output::new(format, args.output.as_deref(), several)?),
    };
    let mut stream = Stream::new(model::load(&args.engine)?, &args.engine);
    let progress = progress();
    let mut failed = false;
    let mut sink = |finished: Finished<Value>| {
        progress.inc(1);
        failed |= finished.outcome.is_err();
        let links = match (&linker, &finished.outcome) {
            (Some(linker), Ok(found)) => link::links(linker, found),
            _ => Vec::new(),
        };
        progress.suspend(|| results.take(finished, &links, args.raw))
    };
    let mut unreadable = false;
    for read in input.documents {
        match read {
            Ok(given) => stream.add(given.id, Ok(given.document), &types, &mut sink)?,
            Err(Bad { id, error, whole: true }) => stream.add(id, Err(error), &types, &mut sink)?,
            Err(Bad { error, .. }) => {
                unreadable = true;
                progress.suspend(|| tell(&error));
            }
        }
    }
    stream.finish(&mut sink)?;
    progress.finish_and_clear();
    results.finish()?;
    Ok(if failed || unreadable { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Where the results go.
enum Results {
    /// The command line's own JSON: a line a document, also for one that failed.
    Lines(Box<dyn Write>),
    /// Another format, which has no place for what failed: that is told on standard error.
    Documents(Output),
}

impl Results {
    fn take(&mut self, finished: Finished<Value>, links: &[Link], raw: bool) -> Result<()> {
        match self {
            Results::Lines(out) => {
                let line = to_json(&finished, links, raw)?;
                writeln!(out, "{line}")?;
                out.flush()?;
                Ok(())
            }
            Results::Documents(output) => match finished.outcome {
                Ok(found) => output.document(&annotated(found, links)),
                Err(error) => {
                    tell(&error);
                    Ok(())
                }
            },
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Results::Lines(_) => Ok(()),
            Results::Documents(output) => output.finish(),
        }
    }
}

/// The document with what was found in it instead of what it came with.
fn annotated(found: Found, links: &[Link]) -> Document {
    let Found { mut document, types, entities, .. } = found;
    let entities = entities.into_iter().enumerate().map(|(at, entity)| Entity {
        score: Some(f64::from(entity.score)),
        id: links.get(at).and_then(|link| link.id.clone()),
        ..Entity::new(entity.span, &types[entity.kind])
    });
    document.entities = entities.collect();
    document
}

/// A line of the output: the entities of a document, or why there are none.
#[derive(Serialize)]
struct Line<'a> {
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

fn to_json(finished: &Finished<Value>, links: &[Link], with_raw: bool) -> Result<String> {
    let found = finished.outcome.as_ref();
    let line = Line {
        id: &finished.attached,
        entities: found.ok().map(|found| entities(found, links)),
        raw: found.ok().filter(|_| with_raw).map(raw),
        error: found.err().map(|e| ErrorJson { code: e.code(), message: e.to_string() }),
    };
    serde_json::to_string(&line)
        .map_err(|e| Error::Internal(format!("a result cannot be printed: {e}")))
}

fn entities<'a>(found: &'a Found, links: &'a [Link]) -> Vec<EntityJson<'a>> {
    found
        .entities
        .iter()
        .enumerate()
        .map(|(at, entity)| EntityJson {
            start: found.offsets.of(entity.span.start),
            end: found.offsets.of(entity.span.end),
            kind: &found.types[entity.kind],
            text: entity.span.slice(&found.document.text),
            score: rounded(entity.score.into()),
            link: links.get(at),
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
