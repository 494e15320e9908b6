//! `bioner eval`: strict scores on a corpus.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Instant;

use bioner::{Error, Result, inventory};
use bioner_documents::Format;
use bioner_documents::compare::{self, Both, Counts, Mention, Scores};
use serde::Serialize;

use crate::input;
use crate::model;
use crate::reliability::{self, Reliability};
use crate::stream::Finished;
use crate::{EvalArgs, Shipped, of_document};

/// A span in bytes and a type: what must agree wholly.
type Strict = (usize, usize, String);

/// What a document is scored by.
struct Gold {
    /// The document's id.
    id: String,
    entities: BTreeSet<Strict>,
    /// For each type of the preset, the document's own type that it is scored as, if there is one. Without
    /// a preset, types are scored as they are asked for.
    kinds: Option<Vec<Option<String>>>,
}

#[derive(Serialize)]
struct Report {
    micro: Scores,
    /// Where a mention that overlaps one of its type counts as right.
    partial: Scores,
    by_type: BTreeMap<String, Scores>,
    documents: usize,
    seconds: f64,
    tokens_per_second: f64,
    /// The output formats of the answers.
    format: String,
    /// Whether scores mean what they say.
    scores: reliability::Report,
}

/// Scores the model on a corpus and prints the report. What cannot be read is told and left out, and the
/// exit status is then 1.
pub fn run(args: &EvalArgs, shipped: &Shipped) -> Result<u8> {
    if let Some(format) = &args.engine.format {
        bioner::format::by_name(format)?;
    }
    let preset = args.preset.as_deref().map(bioner::preset_types).transpose()?;
    let open = || input::open(&args.corpus, args.input.input_format.as_deref());
    let mut input = open()?;
    let asked = args.types.as_ref().map(|types| bioner::check_types(types)).transpose()?;
    // Lines name their own types; elsewhere they are those of all annotations.
    let own = match input.format {
        Format::JsonLines => None,
        _ if asked.is_some() => None,
        _ => {
            let mut kinds = BTreeSet::new();
            let most = args.limit.unwrap_or(usize::MAX);
            input = input.look_ahead(&args.corpus, open, most, |document| {
                kinds.extend(document.entities.iter().map(|entity| entity.kind.clone()));
            })?;
            Some(types_of(kinds, args)?)
        }
    };
    if let (None, Some(own)) = (&preset, &own) {
        check_own(own, args)?;
    }
    let recognizer = model::load_for(&args.engine, shipped)?;
    let config = recognizer.config().clone();
    let mut formats = BTreeSet::new();
    let mut stream = args.engine.stream(recognizer);
    let mut by_type: BTreeMap<String, Counts> = BTreeMap::new();
    let mut reliability = Reliability::default();
    let mut documents = 0;
    let failed = Cell::new(false);
    let tell = |error: &Error| {
        failed.set(true);
        crate::tell(error);
    };
    let mut sink = |finished: Finished<Gold>| {
        let Gold { id, entities: gold, kinds } = finished.attached;
        let found = match finished.outcome {
            Ok(found) => found,
            Err(error) => {
                tell(&of_document(&id, error));
                return Ok(());
            }
        };
        documents += 1;
        let found: BTreeMap<Strict, f32> = found
            .entities
            .iter()
            .filter_map(|entity| {
                let kind = match &kinds {
                    Some(kinds) => kinds[entity.kind].clone()?,
                    None => found.types[entity.kind].clone(),
                };
                Some(((entity.span.start, entity.span.end, kind), entity.score))
            })
            .collect();
        for (entity, score) in &found {
            reliability.add(*score, gold.contains(entity));
        }
        let gold: Vec<Mention> = gold.iter().map(mention).collect();
        let found: Vec<Mention> = found.keys().map(mention).collect();
        for (kind, counts) in compare::count(&gold, &found, &compare::pairs(&gold, &found)) {
            by_type.entry(kind.to_owned()).or_default().add(counts);
        }
        Ok(())
    };
    let start = Instant::now();
    let mut number = 0;
    for read in input.documents {
        if args.limit.is_some_and(|limit| number >= limit) {
            break;
        }
        let given = match read {
            Ok(given) => given,
            Err(bad) => {
                tell(&bad.error);
                continue;
            }
        };
        number += 1;
        for problem in &given.problems {
            tell(&input::error(problem));
        }
        let id = &given.document.id;
        let named = given.types.filter(|_| asked.is_none()).map(serde_json::from_value);
        let named: Option<Vec<String>> = match named.transpose() {
            Ok(named) => named,
            Err(error) => {
                tell(&of_document(id, Error::Input(format!("\"types\": {error}"))));
                continue;
            }
        };
        let types = asked.clone().or(named).or(own.clone()).filter(|_| given.annotated);
        let Some(types) = types else {
            let message = format!("document {id:?} needs \"types\" and \"entities\"");
            tell(&Error::Input(message));
            continue;
        };
        let kinds = preset.as_ref().map(|preset| scored_as(preset, &types));
        if kinds.as_ref().is_some_and(|kinds| kinds.iter().all(Option::is_none)) {
            continue;
        }
        let is_scored = |kind: &String| match &kinds {
            Some(kinds) => kinds.iter().flatten().any(|scored| scored == kind),
            None => args.types.is_none() || types.contains(kind),
        };
        let gold = given.document.entities.iter();
        // What was not asked for is not missed.
        let gold = gold.filter(|gold| is_scored(&gold.kind));
        let gold = gold.map(|gold| (gold.span.start, gold.span.end, gold.kind.clone()));
        let types = preset.as_ref().unwrap_or(&types);
        let plan = config.plan(types, args.engine.format.as_deref(), args.engine.together)?;
        let gold = Gold { id: given.document.id.clone(), entities: gold.collect(), kinds };
        formats.extend(plan.iter().map(|question| question.format.name()));
        stream.add(gold, Ok(given.document), types, &mut sink)?;
    }
    stream.finish(&mut sink)?;
    if documents == 0 && (failed.get() || preset.is_some()) {
        let message = format!("nothing in {} could be scored", args.corpus.display());
        return Err(Error::Input(message));
    }
    let seconds = start.elapsed().as_secs_f64();
    let mut all = Counts::default();
    for counts in by_type.values() {
        all.add(*counts);
    }
    let Both { strict: micro, partial } = all.scores();
    let by_type = by_type.into_iter().map(|(kind, counts)| (kind, counts.scores().strict));
    let report = Report {
        micro,
        partial,
        by_type: by_type.collect(),
        documents,
        seconds,
        tokens_per_second: stream.tokens() as f64 / seconds,
        format: formats.into_iter().collect::<Vec<_>>().join(", "),
        scores: reliability.report(),
    };
    let text = serde_json::to_string_pretty(&report)
        .map_err(|e| Error::Internal(format!("the report cannot be printed: {e}")))?;
    writeln!(std::io::stdout(), "{text}")?;
    Ok(if failed.get() { 1 } else { 0 })
}

fn mention(entity: &Strict) -> Mention<'_> {
    Mention { start: entity.0, end: entity.1, kind: &entity.2 }
}

/// For each type of a preset, the one of `types` that is the same, or a synonym.
fn scored_as(preset: &[String], types: &[String]) -> Vec<Option<String>> {
    let same = |asked: &String| {
        let index = inventory().find(asked);
        let synonym =
            || types.iter().find(|&own| index.is_some() && inventory().find(own) == index);
        types.iter().find(|&own| own == asked).or_else(synonym).cloned()
    };
    preset.iter().map(same).collect()
}

/// The types of all annotations, in the order of the alphabet.
///
/// # Errors
/// If there is none.
fn types_of(kinds: BTreeSet<String>, args: &EvalArgs) -> Result<Vec<String>> {
    if kinds.is_empty() {
        let message = format!("{} has no annotations", args.corpus.display());
        return Err(Error::Input(message));
    }
    Ok(kinds.into_iter().collect())
}

/// Refuses types of a file that cannot be asked for: they can have any name.
fn check_own(types: &[String], args: &EvalArgs) -> Result<()> {
    bioner::check_types(types).map(|_| ()).map_err(|error| {
        let file = args.corpus.display();
        Error::Input(format!(
            "{file} has annotations of types that cannot be asked for: {error}; \
             name the types to ask for with --types"
        ))
    })
}
