//! `bioner eval`: strict scores on a corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Write};
use std::time::Instant;

use bioner::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::EvalArgs;
use crate::documents;
use crate::model;
use crate::reliability::{self, Reliability};
use crate::stream::{Finished, Stream};

#[derive(Deserialize)]
struct Line {
    text: String,
    types: Vec<String>,
    entities: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// A span in code points and a type: what must agree wholly.
type Strict = (usize, usize, String);

/// Found, in the corpus, and both.
#[derive(Default, Clone, Copy)]
struct Counts {
    found: usize,
    gold: usize,
    both: usize,
}

#[derive(Serialize)]
struct Scores {
    precision: f64,
    recall: f64,
    f1: f64,
    found: usize,
    gold: usize,
    correct: usize,
}

#[derive(Serialize)]
struct Report {
    micro: Scores,
    by_type: BTreeMap<String, Scores>,
    documents: usize,
    seconds: f64,
    tokens_per_second: f64,
    format: String,
    /// Whether scores mean what they say.
    scores: reliability::Report,
}

impl Counts {
    fn scores(self) -> Scores {
        let share = |of: usize| if of == 0 { 0.0 } else { self.both as f64 / of as f64 };
        let (precision, recall) = (share(self.found), share(self.gold));
        let sum = precision + recall;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
        Scores { precision, recall, f1, found: self.found, gold: self.gold, correct: self.both }
    }
}

/// Scores the model on a corpus and prints the report.
pub fn run(args: &EvalArgs) -> Result<()> {
    if let Some(format) = &args.engine.format {
        bioner::format::by_name(format)?;
    }
    let file = File::open(&args.corpus)
        .map_err(|e| Error::Input(format!("{}: {e}", args.corpus.display())))?;
    let mut input = BufReader::new(file);
    let loaded = model::load(&args.engine)?;
    let format = args.engine.format.clone().or(loaded.format);
    let format = format.unwrap_or_else(|| bioner::format::DEFAULT.to_owned());
    let mut stream = Stream::new(loaded.recognizer, format.clone(), args.engine.together);
    let mut by_type: BTreeMap<String, Counts> = BTreeMap::new();
    let mut reliability = Reliability::default();
    let mut documents = 0;
    let mut sink = |finished: Finished<BTreeSet<Strict>>| {
        let found = finished.outcome?;
        let gold = finished.attached;
        documents += 1;
        let found: BTreeMap<Strict, f32> = found
            .entities
            .iter()
            .map(|entity| {
                let span = entity.span;
                let kind = found.types[entity.kind].clone();
                ((found.offsets.of(span.start), found.offsets.of(span.end), kind), entity.score)
            })
            .collect();
        for (_, _, kind) in &gold {
            by_type.entry(kind.clone()).or_default().gold += 1;
        }
        for (entity, score) in &found {
            let counts = by_type.entry(entity.2.clone()).or_default();
            let right = gold.contains(entity);
            counts.found += 1;
            counts.both += usize::from(right);
            reliability.add(*score, right);
        }
        Ok(())
    };
    let start = Instant::now();
    let mut number = 0;
    while args.limit.is_none_or(|limit| number < limit)
        && let Some(line) = documents::next_line(&mut input)?
    {
        number += 1;
        let line: Line = line.and_then(|line| documents::parse(&line)).map_err(|bad| {
            Error::Input(format!("{}, document {number}: {}", args.corpus.display(), bad.error))
        })?;
        let gold = line.entities.into_iter().map(|gold| (gold.start, gold.end, gold.kind));
        stream.add(gold.collect(), Ok(line.text), &line.types, &mut sink)?;
    }
    stream.finish(&mut sink)?;
    let seconds = start.elapsed().as_secs_f64();
    let micro = by_type.values().fold(Counts::default(), |sum, counts| Counts {
        found: sum.found + counts.found,
        gold: sum.gold + counts.gold,
        both: sum.both + counts.both,
    });
    let report = Report {
        micro: micro.scores(),
        by_type: by_type.into_iter().map(|(kind, counts)| (kind, counts.scores())).collect(),
        documents,
        seconds,
        tokens_per_second: stream.tokens() as f64 / seconds,
        format,
        scores: reliability.report(),
    };
    let text = serde_json::to_string_pretty(&report)
        .map_err(|e| Error::Internal(format!("the report cannot be printed: {e}")))?;
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
