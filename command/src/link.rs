//! `--link` and `--vocabulary`: vocabularies, and the identifiers of what was found.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_linking::{Builder, Link, Linker, Mention, Vocabulary, read};
use clap::Args;
use flate2::bufread::MultiGzDecoder;

use crate::{Found, Shipped};

/// The file of the vocabulary that comes with the program.
const BUILT_IN: &str = "vocabulary/builtin.vocab.gz";

#[derive(Args)]
pub(crate) struct LinkArgs {
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
        linker.add(read_own(path, tell)?);
    }
    match built_in(shipped)? {
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
fn built_in(shipped: &Shipped) -> Result<Option<Vocabulary>> {
    if let Some(file) = shipped.vocabulary {
        return vocabulary(MultiGzDecoder::new(file), Path::new(BUILT_IN)).map(Some);
    }
    let beside = std::env::current_exe().unwrap_or_default();
    let places = std::iter::once(Path::new(".")).chain(beside.ancestors().skip(1).take(4));
    let path = places.map(|place| place.join(BUILT_IN)).find(|path| path.is_file());
    path.map(|path| vocabulary(open(&path)?, &path)).transpose()
}

/// Reads a file of this program's; `path` is what it is called.
fn vocabulary(mut file: impl Read, path: &Path) -> Result<Vocabulary> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|e| unreadable(path, &e))?;
    Vocabulary::from_bytes(&bytes).map_err(|e| unreadable(path, &e))
}

/// Reads a vocabulary of the user's, or a file of this program's. What is wrong with its lines is told,
/// and the rest is taken.
fn read_own(path: &Path, tell: &mut dyn FnMut(String)) -> Result<Vocabulary> {
    let mut file = open(path)?;
    if Vocabulary::is_file(file.fill_buf().map_err(|e| unreadable(path, &e))?) {
        return vocabulary(file, path);
    }
    let mut builder = Builder::new();
    let report = read::read(file, &mut builder);
    for problem in &report.problems {
        tell(format!("{}: {problem} [{}]", path.display(), problem.code));
    }
    let told = report.problems.len();
    if report.count > told {
        tell(format!("{}: and {} more problems", path.display(), report.count - told));
    }
    if builder.is_empty() {
        return Err(Error::Input(format!("{}: there is no concept in this file", path.display())));
    }
    builder.finish().map_err(|e| unreadable(path, &e))
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let file = File::open(path).map_err(|e| unreadable(path, &e))?;
    let mut file = BufReader::with_capacity(1 << 16, file);
    let packed = file.fill_buf().map_err(|e| unreadable(path, &e))?.starts_with(&[0x1f, 0x8b]);
    Ok(if packed { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(file) })
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Input(format!("{}: {error}", path.display()))
}
