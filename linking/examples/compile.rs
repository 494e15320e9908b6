//! Compiles tab-separated concepts into a vocabulary file, for `vocabulary/build.py`.
//!
//! `compile SOURCES.json CONCEPTS.tsv OUT`: a line of the table is identifier, type, frequency,
//! equivalent identifiers separated by `|`, the preferred name, and further names, with tabs between.

use std::error::Error;
use std::io::{BufRead, BufReader};

use bioner_linking::{Builder, Source};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [sources, concepts, out] = arguments.as_slice() else {
        return Err("usage: compile SOURCES.json CONCEPTS.tsv OUT".into());
    };
    let mut builder = Builder::new();
    let sources: Vec<Source> = serde_json::from_str(&std::fs::read_to_string(sources)?)?;
    for source in sources {
        builder.source(source);
    }
    for line in BufReader::new(std::fs::File::open(concepts)?).lines() {
        let line = line?;
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, kind, frequency, same, name, names @ ..] = cells.as_slice() else {
            return Err(format!("too few columns: {line}").into());
        };
        let same: Vec<&str> = same.split('|').filter(|id| !id.is_empty()).collect();
        let frequency = frequency.parse()?;
        let concept = builder.concept_same_as(id, name, Some(kind), frequency, &same)?;
        for name in names {
            builder.name(concept, name)?;
        }
    }
    let bytes = builder.to_bytes()?;
    let vocabulary = bioner_linking::Vocabulary::from_bytes(&bytes)?;
    println!(
        "{} concepts, {} names, {} bytes, {} bytes in memory",
        vocabulary.concepts(),
        vocabulary.names(),
        bytes.len(),
        vocabulary.memory()
    );
    std::fs::write(out, bytes)?;
    Ok(())
}
