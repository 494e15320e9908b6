//! `bioner extract`: texts in, entities out.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use bioner::{Error, Result};
use bioner_attributes::Context;
use bioner_documents::json::{self, Style};
use bioner_documents::{Document, Entity, Format, Unit};
use bioner_linking::Link;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value};

use crate::feed::{Feed, Next};
use crate::input::{self, Bad};
use crate::link;
use crate::model;
use crate::output::{self, Output};
use crate::results::{self, Asked, asserts};
use crate::resume::{self, Record};
use crate::{ExtractArgs, Finished, Found, Shipped, Wanted, of_document, tell};

/// Extracts. The exit status is 1 if any document failed.
pub fn run(args: &ExtractArgs, shipped: &Shipped) -> Result<u8> {
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
    let path = args.output.as_deref();
    if args.resume {
        resume::check(written, path)?;
    }
    output::beside(&args.file, path)?;
    let input = input::open(&args.file, args.input.input_format.as_deref())?;
    let several = input.format != Format::Text;
    let linker = args.link.linker(shipped)?;
    let notes = asserts(args.preset.as_deref());
    let asked = Asked {
        raw: args.raw,
        context: Wanted {
            assertion: args.assertion || notes && !args.no_assertion,
            sections: args.sections,
        },
    };
    let mut documents = args.shard.unwrap_or_default().of(input.documents);
    let mut failed = false;
    let file = match path.filter(|_| resume::is_lines(written)) {
        Some(path) => {
            let record = Record::new(args, &types, asked, shipped)?;
            if args.resume {
                let resumed = resume::resume(path, &record, written, &mut documents)?;
                failed = resumed.failed;
                Some(resumed.file)
            } else {
                resume::begin(path, &record)?
            }
        }
        None => None,
    };
    let begun = path.filter(|_| file.is_some() && !args.resume);
    let fields = asked.context.fields(linker.is_some());
    let mut results = match (written, file) {
        (Format::Json | Format::JsonLines, file) => {
            let out = match file {
                Some(file) => Box::new(file),
                None => output::out(path)?,
            };
            Results::Lines { out, texts: written == Format::JsonLines }
        }
        (format, _) => Results::Documents(Output::new(format, path, several, fields)?),
    };
    let mut stream = args.engine.stream(model::load_for(&args.engine, shipped)?);
    let progress = progress();
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
    let mut feed = Feed::new(documents)?;
    loop {
        match feed.next(stream.waiting() > 0)? {
            Next::Here(Ok(given)) => {
                stream.add(given.id, Ok(given.document), &types, &mut sink)?;
            }
            Next::Here(Err(Bad { id, error, whole: true })) => {
                stream.add(id, Err(error), &types, &mut sink)?;
            }
            Next::Here(Err(Bad { error, .. })) => {
                unreadable = true;
                progress.suspend(|| tell(&error));
            }
            // Whoever sends no more may wait for the results.
            Next::Awaited => stream.step(&mut sink)?,
            Next::End => break,
        }
    }
    stream.finish(&mut sink)?;
    progress.finish_and_clear();
    results.finish()?;
    if let Some(path) = begun {
        resume::end(path);
    }
    Ok(if failed || unreadable { 1 } else { 0 })
}

/// Where the results go.
enum Results {
    /// A line of JSON a document, also for one that failed; with the texts, or the entities alone.
    Lines { out: Box<dyn Write>, texts: bool },
    /// Another format, which has no place for what failed: that is told on standard error.
    Documents(Output),
}

impl Results {
    fn take(&mut self, finished: Finished<Value>, links: &[Link], asked: Asked) -> Result<()> {
        match self {
            Results::Lines { out, texts } => {
                let line = match finished {
                    Finished { outcome: Ok(found), .. } if *texts => {
                        let mut line = Vec::new();
                        let style = Style { unit: Unit::CodePoint, text: true };
                        json::write_line(
                            &annotated(found, links, asked.context),
                            style,
                            &mut line,
                        )?;
                        line
                    }
                    finished => (results::line(&finished, links, asked)? + "\n").into_bytes(),
                };
                out.write_all(&line)?;
                out.flush()?;
                Ok(())
            }
            Results::Documents(output) => match finished.outcome {
                Ok(found) => output.document(&annotated(found, links, asked.context)),
                Err(error) => {
                    // What has no id names its line.
                    tell(&match json::id_text(Some(finished.attached)) {
                        Some(id) => of_document(&id, error),
                        None => error,
                    });
                    Ok(())
                }
            },
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Results::Lines { .. } => Ok(()),
            Results::Documents(output) => output.finish(),
        }
    }
}

/// The document with what was found in it instead of what it came with.
pub(crate) fn annotated(found: Found, links: &[Link], wanted: Wanted) -> Document {
    let contexts = results::contexts(&found, wanted);
    let Found { mut document, types, entities, .. } = found;
    let entities = entities.into_iter().zip(contexts).enumerate();
    let entities = entities.map(|(at, (entity, context))| {
        let link = links.get(at);
        Entity {
            score: Some(f64::from(entity.score)),
            id: link.and_then(|link| link.id.clone()),
            extra: objects(&context, link),
            attributes: context.into_attributes(),
            ..Entity::new(entity.span, &types[entity.kind])
        }
    });
    document.entities = entities.collect();
    document
}

/// What JSON alone has a place for: a section with its code, and the candidates for an identifier.
fn objects(context: &Context, link: Option<&Link>) -> Map<String, Value> {
    let candidates = link.map(|link| &link.candidates).filter(|candidates| !candidates.is_empty());
    let known = [
        ("section", context.section.as_ref().map(serde_json::to_value)),
        ("candidates", candidates.map(serde_json::to_value)),
    ];
    let known = known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.ok()?)));
    known.collect()
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
