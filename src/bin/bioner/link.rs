//! `--link` and `--vocabulary`: the identifiers of what was found.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_attributes::VocabularyReader;
use bioner_linking::{Link, Linker, Mention, Vocabulary};
use clap::Args;

use crate::stream::Found;

/// The file of the vocabulary that comes with the program.
const BUILT_IN: &str = "vocabulary/builtin.vocab.gz";

#[derive(Args)]
pub struct LinkArgs {
    /// Give each entity an id, and candidates for it, from the vocabulary that comes with the program.
    #[arg(long)]
    pub link: bool,
    /// A vocabulary of your own, which is asked first: lines "id TAB name [TAB type [TAB synonyms]]", an
    /// OBO file or OMOP's CONCEPT.csv, .gz or not. May be given several times. Implies --link.
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Vec<PathBuf>,
}

impl LinkArgs {
    /// The vocabularies, read; none if nobody asked for identifiers.
    pub fn linker(&self) -> Result<Option<Linker>> {
        if !self.link && self.vocabulary.is_empty() {
            return Ok(None);
        }
        let mut linker = Linker::new();
        for path in &self.vocabulary {
            linker.add(load(path)?);
        }
        match built_in() {
            Some(path) => linker.add(load(&path)?),
            None if self.link => {
                return Err(Error::Input(format!(
                    "there is no {BUILT_IN} here or beside the program"
                )));
            }
            None => {}
        }
        Ok(Some(linker))
    }
}

/// The links of a document's entities, in their order.
pub fn links(linker: &Linker, found: &Found) -> Vec<Link> {
    let mention =
        |entity: &bioner::Entity| Mention::new(entity.span, found.types[entity.kind].as_str());
    let mentions: Vec<_> = found.entities.iter().map(mention).collect();
    linker.link(&found.document.text, &mentions)
}

/// Where the vocabulary that comes with the program is.
fn built_in() -> Option<PathBuf> {
    let beside = std::env::current_exe().unwrap_or_default();
    let places = std::iter::once(Path::new(".")).chain(beside.ancestors().skip(1).take(4));
    places.map(|place| place.join(BUILT_IN)).find(|path| path.is_file())
}

/// Reads a vocabulary. What is wrong with its lines is told, and the rest is taken.
fn load(path: &Path) -> Result<Vocabulary> {
    let mut file = File::open(path).map_err(|e| unreadable(path, &e))?;
    let mut reader = VocabularyReader::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => reader.push(&buffer[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                reader.fail(&error);
                break;
            }
        }
    }
    let (report, vocabulary) = reader.finish();
    for problem in &report.problems {
        eprintln!("bioner: {}: {problem} [{}]", path.display(), problem.code);
    }
    let told = report.problems.len();
    if report.count > told {
        eprintln!("bioner: {}: and {} more problems", path.display(), report.count - told);
    }
    vocabulary.map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Input(format!("{}: {error}", path.display()))
}
