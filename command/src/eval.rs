//! `bioner eval`: strict scores on a corpus.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Instant;

use bioner::{Error, Result, inventory};
use bioner_documents::compare::{self, Both, Counts, Mention, Scores};
use bioner_documents::{Format, plain_type_name};
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
    /// What each type that is asked for is called in the report; `None` if it is not scored.
    names: Vec<Option<String>>,
}

#[derive(Serialize)]
struct Report {
    micro: Scores,
    /// Where a mention that overlaps one of its type counts as right.
    partial: Scores,
    by_type: BTreeMap<String, Scores>,
    /// How many annotations are of types that were not asked for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    not_scored: BTreeMap<String, usize>,
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
        // What comes only once need not be kept to know what is asked for.
        _ if asked.is_some() && !args.corpus.exists() => None,
        _ => {
            let mut kinds = BTreeMap::new();
            let most = args.limit.unwrap_or(usize::MAX);
            input = input.look_ahead(&args.corpus, open, most, |document| {
                for entity in &document.entities {
                    *kinds.entry(entity.kind.clone()).or_default() += 1;
                }
            })?;
            let mut scored = kinds.keys().filter(|kind| {
                let asked = preset.as_ref().or(asked.as_ref());
                asked.is_none_or(|asked| scored_as(kind, asked).is_some())
            });
            if scored.next().is_none() {
                return Err(nothing_to_score(&kinds, args));
            }
            Some(types_of(kinds.into_keys()))
        }
    };
    if let (None, None, Some(own)) = (&preset, &asked, &own) {
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
        let Gold { id, entities: gold, names } = finished.attached;
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
                let name = names[entity.kind].clone()?;
                Some(((entity.span.start, entity.span.end, name), entity.score))
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
    let mut scored = 0;
    let mut not_scored: BTreeMap<String, usize> = BTreeMap::new();
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
            let message = match given.document.entities.is_empty() {
                true => format!("document {id:?} needs \"types\" and \"entities\""),
                false => format!("document {id:?} needs \"types\"; or name them with --types"),
            };
            tell(&Error::Input(message));
            continue;
        };
        let names: Vec<Option<String>> = match &preset {
            // What its own types have is scored, by the name that it has there.
            Some(preset) => preset.iter().map(|kind| own_name(kind, &types)).collect(),
            None => types.iter().cloned().map(Some).collect(),
        };
        if names.iter().all(Option::is_none) {
            continue;
        }
        let types = preset.as_ref().unwrap_or(&types);
        let mut gold = BTreeSet::new();
        for entity in &given.document.entities {
            let name = match scored_as(&entity.kind, types) {
                Some(index) => names[index].clone(),
                // A line that names other types than it has.
                None => Some(entity.kind.clone()).filter(|_| asked.is_none() && preset.is_none()),
            };
            match name {
                Some(name) => _ = gold.insert((entity.span.start, entity.span.end, name)),
                // What was not asked for is not missed.
                None => *not_scored.entry(entity.kind.clone()).or_default() += 1,
            }
        }
        scored += gold.len();
        let plan = config.plan(types, args.engine.format.as_deref(), args.engine.together)?;
        let gold = Gold { id: id.clone(), entities: gold, names };
        formats.extend(plan.iter().map(|question| question.format.name()));
        stream.add(gold, Ok(given.document), types, &mut sink)?;
    }
    stream.finish(&mut sink)?;
    if documents == 0 && (failed.get() || preset.is_some()) {
        let message = format!("nothing in {} could be scored", args.corpus.display());
        return Err(Error::Input(message));
    }
    if scored == 0 && (asked.is_some() || preset.is_some()) {
        return Err(nothing_to_score(&not_scored, args));
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
        not_scored,
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

/// The one of `types` that an annotation of this type is scored as: of that name, or else of another
/// spelling or a synonym of it.
fn scored_as(kind: &str, types: &[String]) -> Option<usize> {
    let plain = plain_type_name(kind);
    let known = inventory().find(kind);
    let spelled = || types.iter().position(|own| plain_type_name(own) == plain);
    let synonym = || types.iter().position(|own| known.is_some() && inventory().find(own) == known);
    types.iter().position(|own| own == kind).or_else(spelled).or_else(synonym)
}

/// What a type of a preset is called among a document's own types.
fn own_name(kind: &str, types: &[String]) -> Option<String> {
    Some(types[scored_as(kind, types)?].clone())
}

/// The types of annotations, in their order, each in one spelling.
fn types_of(kinds: impl Iterator<Item = String>) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    for kind in kinds {
        let plain = plain_type_name(&kind);
        if plain.is_empty() || !types.iter().any(|known| plain_type_name(known) == plain) {
            types.push(kind);
        }
    }
    types
}

/// That a corpus has no annotation of what was asked for, and what it has.
fn nothing_to_score(kinds: &BTreeMap<String, usize>, args: &EvalArgs) -> Error {
    let file = args.corpus.display();
    let has: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
    Error::Input(match has.is_empty() {
        true => format!("{file} has no annotations"),
        false => format!("{file} has no annotation of those types; it has {}", has.join(", ")),
    })
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
