//! `bioner extract`: texts in, entities out.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use bioner::{Error, Result};
use bioner_attributes::{Context, Wanted};
use bioner_documents::{ByteSpan, Document, Entity, Format, rounded};
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
    #[serde(flatten)]
    context: Context,
    /// `id` and `candidates`.
    #[serde(flatten)]
    link: Option<&'a Link>,
}

/// The preset whose texts deny and doubt what they name.
const NOTES: &str = "note";

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
    let notes = args.preset.as_deref() == Some(NOTES);
    let asked = Asked {
        raw: args.raw,
        context: Wanted {
            assertion: args.assertion || notes && !args.no_assertion,
            sections: args.sections,
        },
    };
    let mut results = match written {
        Format::Json => Results::Lines(output::out(args.output.as_deref())?),
        format => {
            let fields = asked.context.fields(linker.is_some());
            let path = args.output.as_deref();
            Results::Documents(Output::new(format, path, several, fields)?)
        }
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
        progress.suspend(|| results.take(finished, &links, asked))
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

/// What is given beside the entities.
#[derive(Clone, Copy)]
struct Asked {
    raw: bool,
    context: Wanted,
}

/// Where the results go.
enum Results {
    /// The command line's own JSON: a line a document, also for one that failed.
    Lines(Box<dyn Write>),
    /// Another format, which has no place for what failed: that is told on standard error.
    Documents(Output),
}

impl Results {
    fn take(&mut self, finished: Finished<Value>, links: &[Link], asked: Asked) -> Result<()> {
        match self {
            Results::Lines(out) => {
                let line = to_json(&finished, links, asked)?;
                writeln!(out, "{line}")?;
                out.flush()?;
                Ok(())
            }
            Results::Documents(output) => match finished.outcome {
                Ok(found) => output.document(&annotated(found, links, asked.context)),
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
fn annotated(found: Found, links: &[Link], wanted: Wanted) -> Document {
    let contexts = contexts(&found, wanted);
    let Found { mut document, types, entities, .. } = found;
    let entities = entities.into_iter().zip(contexts).enumerate();
    let entities = entities.map(|(at, (entity, context))| Entity {
        score: Some(f64::from(entity.score)),
        attributes: context.into_attributes(),
        id: links.get(at).and_then(|link| link.id.clone()),
        ..Entity::new(entity.span, &types[entity.kind])
    });
    document.entities = entities.collect();
    document
}

fn contexts(found: &Found, wanted: Wanted) -> Vec<Context> {
    let spans: Vec<ByteSpan> = found.entities.iter().map(|entity| entity.span).collect();
    wanted.of(&found.document.text, &spans)
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

fn to_json(finished: &Finished<Value>, links: &[Link], asked: Asked) -> Result<String> {
    let found = finished.outcome.as_ref();
    let line = Line {
        id: &finished.attached,
        entities: found.ok().map(|found| entities(found, links, asked.context)),
        raw: found.ok().filter(|_| asked.raw).map(raw),
        error: found.err().map(|e| ErrorJson { code: e.code(), message: e.to_string() }),
    };
    serde_json::to_string(&line)
        .map_err(|e| Error::Internal(format!("a result cannot be printed: {e}")))
}

fn entities<'a>(found: &'a Found, links: &'a [Link], wanted: Wanted) -> Vec<EntityJson<'a>> {
    let entities = found.entities.iter().zip(contexts(found, wanted)).enumerate();
    entities
        .map(|(at, (entity, context))| EntityJson {
            start: found.offsets.of(entity.span.start),
            end: found.offsets.of(entity.span.end),
            kind: &found.types[entity.kind],
            text: entity.span.slice(&found.document.text),
            score: rounded(entity.score.into()),
            context,
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
