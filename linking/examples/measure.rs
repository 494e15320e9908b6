//! Measures linking, for `benches/linking/run.py`.
//!
//! `measure TABLE.tsv DOCUMENTS.jsonl`: a vocabulary as `compile` takes it, and documents
//! `{"set", "text", "mentions": [{"start", "end", "type", "id"}]}` with offsets in bytes, where `id` is null
//! if it is not known. Prints a line of JSON for each set. `measure --own FILE` reads a vocabulary of
//! the user's and prints time and memory.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use bioner_documents::ByteSpan;
use bioner_linking::{Builder, Link, Linker, Mention, read};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Document {
    set: String,
    text: String,
    mentions: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
}

/// Counts of a set.
#[derive(Default, Serialize)]
struct Tally {
    documents: usize,
    mentions: usize,
    in_vocabulary: usize,
    linked: usize,
    right: usize,
    right_among_candidates: usize,
    plain_linked: usize,
    plain_right: usize,
    seconds: f64,
}

/// Looks a name up in small letters: what a dictionary alone gives.
#[derive(Default)]
struct Plain {
    names: HashMap<(String, String), (u8, String)>,
    ids: HashMap<String, String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--own", file] => own(file),
        [table, documents] => measure(table, documents),
        _ => Err("usage: measure TABLE.tsv DOCUMENTS.jsonl | measure --own FILE".into()),
    }
}

fn measure(table: &str, documents: &str) -> Result<(), Box<dyn Error>> {
    let (mut builder, mut plain) = (Builder::new(), Plain::default());
    for line in BufReader::new(std::fs::File::open(table)?).lines() {
        let line = line?;
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, kind, frequency, same, name, names @ ..] = cells.as_slice() else { continue };
        let frequency: u8 = frequency.parse()?;
        let same: Vec<&str> = same.split('|').filter(|id| !id.is_empty()).collect();
        let concept = builder.concept_same_as(id, name, Some(kind), frequency, &same)?;
        for other in same.iter().chain([id]) {
            plain.ids.insert((*other).to_owned(), (*id).to_owned());
        }
        for name in names.iter().chain([name]) {
            builder.name(concept, name)?;
            let key = ((*kind).to_owned(), name.to_lowercase());
            let entry = plain.names.entry(key).or_insert_with(|| (frequency, (*id).to_owned()));
            if entry.0 < frequency {
                *entry = (frequency, (*id).to_owned());
            }
        }
    }
    let mut linker = Linker::new();
    linker.add(builder.finish()?);
    let mut sets: BTreeMap<String, Tally> = BTreeMap::new();
    for line in BufReader::new(std::fs::File::open(documents)?).lines() {
        let document: Document = serde_json::from_str(&line?)?;
        let mentions: Vec<_> = document
            .mentions
            .iter()
            .map(|gold| Mention::new(ByteSpan::new(gold.start, gold.end), &gold.kind))
            .collect();
        let begin = Instant::now();
        let links = linker.link(&document.text, &mentions);
        let tally = sets.entry(document.set).or_default();
        tally.seconds += begin.elapsed().as_secs_f64();
        tally.documents += 1;
        for (gold, link) in document.mentions.iter().zip(&links) {
            tally.count(gold, link, &document.text, &plain);
        }
    }
    println!("{}", serde_json::to_string(&sets)?);
    Ok(())
}

impl Tally {
    fn count(&mut self, gold: &Gold, link: &Link, text: &str, plain: &Plain) {
        let name = text[gold.start..gold.end].to_lowercase();
        let looked_up = plain.names.get(&(gold.kind.clone(), name)).map(|(_, id)| id);
        self.mentions += 1;
        self.linked += usize::from(link.id.is_some());
        self.plain_linked += usize::from(looked_up.is_some());
        // The concept that has the gold identifier, be it as an equivalent one.
        let Some(gold) = gold.id.as_ref().and_then(|id| plain.ids.get(id)) else { return };
        self.in_vocabulary += 1;
        self.right += usize::from(link.id.as_ref() == Some(gold));
        let among = link.candidates.iter().any(|candidate| candidate.id == *gold);
        self.right_among_candidates += usize::from(among);
        self.plain_right += usize::from(looked_up == Some(gold));
    }
}

fn own(file: &str) -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let mut builder = Builder::new();
    let report = read::read(BufReader::new(std::fs::File::open(file)?), &mut builder);
    let vocabulary = builder.finish()?;
    let seconds = begin.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("").trim();
    let line = serde_json::json!({
        "lines": report.lines, "problems": report.count, "concepts": vocabulary.concepts(),
        "names": vocabulary.names(), "seconds": seconds, "memory": vocabulary.memory(), "peak": peak,
    });
    println!("{line}");
    Ok(())
}
