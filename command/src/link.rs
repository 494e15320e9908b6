//! `--link` and `--vocabulary`: vocabularies, and the identifiers of what was found.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_attributes::VocabularyReader;
use bioner_linking::{Link, Linker, Mention, Vocabulary};
use clap::Args;

use crate::{Found, Shipped};

/// The file of the vocabulary that comes with the program.
const BUILT_IN: &str = "vocabulary/builtin.vocab.gz";

#[derive(Args)]
pub(crate) struct LinkArgs {
    /// Give each entity an id, and candidates for it, from the vocabulary that comes with the program.
    #[arg(long)]
    pub link: bool,
    /// A vocabulary of your own, which is asked first: lines "id TAB name [TAB type [TAB synonyms]]" or with
    /// commas and a first line "id,name", an OBO file or OMOP's CONCEPT.csv, .gz or not. May be given
    /// several times. Implies --link.
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Vec<PathBuf>,
}

impl LinkArgs {
    /// The vocabularies, read; none if nobody asked for identifiers.
    pub(crate) fn linker(&self, shipped: &Shipped) -> Result<Option<Linker>> {
        let tell = &mut |problem: String| eprintln!("bioner: {problem}");
        linker(&self.vocabulary, self.link, shipped, tell)
    }
}

/// The vocabularies of these files, and after them the one that comes with the program; none if there is
/// no file and `link` does not ask for the one that comes. What is wrong with lines of the files goes to
/// `tell`, and the rest is taken.
///
/// # Errors
/// [`Error::Input`] if a file cannot be read or has no concept, or if the vocabulary that comes with the
/// program is asked for and not there.
pub fn linker(
    own: &[PathBuf],
    link: bool,
    shipped: &Shipped,
    tell: &mut dyn FnMut(String),
) -> Result<Option<Linker>> {
    if !link && own.is_empty() {
        return Ok(None);
    }
    let mut linker = Linker::new();
    for path in own {
        linker.add(open(path, tell)?);
    }
    match built_in(shipped, tell)? {
        Some(vocabulary) => linker.add(vocabulary),
        None if link => {
            return Err(Error::Input(format!("there is no {BUILT_IN} here or beside the program")));
        }
        None => {}
    }
    Ok(Some(linker))
}

/// The links of a document's entities, in their order.
pub fn links(linker: &Linker, found: &Found) -> Vec<Link> {
    let mention =
        |entity: &bioner::Entity| Mention::new(entity.span, found.types[entity.kind].as_str());
    let mentions: Vec<_> = found.entities.iter().map(mention).collect();
    linker.link(&found.document.text, &mentions)
}

/// The vocabulary that comes with the program.
fn built_in(shipped: &Shipped, tell: &mut dyn FnMut(String)) -> Result<Option<Vocabulary>> {
    if let Some(file) = shipped.vocabulary {
        return load(file, Path::new(BUILT_IN), tell).map(Some);
    }
    let beside = std::env::current_exe().unwrap_or_default();
    let places = std::iter::once(Path::new(".")).chain(beside.ancestors().skip(1).take(4));
    let path = places.map(|place| place.join(BUILT_IN)).find(|path| path.is_file());
    path.map(|path| open(&path, tell)).transpose()
}

fn open(path: &Path, tell: &mut dyn FnMut(String)) -> Result<Vocabulary> {
    let file = File::open(path).map_err(|e| unreadable(path, &e))?;
    load(file, path, tell)
}

/// Reads a vocabulary, which is called `path`. What is wrong with its lines is told, and the rest is taken.
fn load(mut file: impl Read, path: &Path, tell: &mut dyn FnMut(String)) -> Result<Vocabulary> {
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
        tell(format!("{}: {problem} [{}]", path.display(), problem.code));
    }
    let told = report.problems.len();
    if report.count > told {
        tell(format!("{}: and {} more problems", path.display(), report.count - told));
    }
    vocabulary.map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Input(format!("{}: {error}", path.display()))
}
