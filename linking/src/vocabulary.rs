//! A vocabulary in memory, and its file.
//!
//! The file has three parts. Numbers are LEB128 unless they are said to have 32 bits, little-endian;
//! a string has its length in bytes before it.
//!
//! 1. `BIONERV1`, the length of the header in 32 bits, and the header: JSON with the sources and the
//!    names of the entity types.
//! 2. The concepts: how many and in how many bytes, 32 bits each; then for each its identifier, its
//!    type (a byte: index into the header's, or 255 for none), its frequency (a byte), its preferred
//!    name, and how many equivalent identifiers follow.
//! 3. The names: how many and in how many bytes; then the [keys](crate::key) in the order of their
//!    bytes, each once: how many bytes it has in common with the one before, the rest as a string,
//!    how many concepts have it, and their numbers. Every 16th key is written in full.
//!
//! In memory parts 2 and 3 are as in the file, with a table of where concepts and full keys begin, so a
//! search is a bisection and a walk over up to 16 keys. The index of n-grams is made on loading.

use serde::{Deserialize, Serialize};

use crate::bytes::Reader;
use crate::error::{Error, Result};
use crate::grams::Grams;
use crate::kinds::canonical;

/// What a file begins with.
pub(crate) const MAGIC: &[u8; 8] = b"BIONERV1";
/// How many keys share one that is written in full.
pub(crate) const BLOCK: usize = 16;
/// The type of a concept that may be of any type.
pub(crate) const NO_KIND: u8 = u8::MAX;

/// Where a part of a vocabulary comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its release.
    pub version: String,
    /// Its licence.
    pub license: String,
    /// Who is to be credited, and where it is found.
    pub credit: String,
}

/// What a vocabulary says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) sources: Vec<Source>,
    pub(crate) kinds: Vec<String>,
}

impl Header {
    /// The index of a type; there are fewer than 255.
    pub(crate) fn kind(&mut self, kind: &str) -> u8 {
        let kind = canonical(kind);
        if let Some(at) = self.kinds.iter().position(|known| known == kind) {
            return at as u8;
        }
        if self.kinds.len() >= usize::from(NO_KIND) {
            return NO_KIND;
        }
        self.kinds.push(kind.to_owned());
        (self.kinds.len() - 1) as u8
    }
}

/// Concepts and their names, ready to be searched.
pub struct Vocabulary {
    header: Header,
    concepts: Box<[u8]>,
    concept_starts: Box<[u32]>,
    names: Box<[u8]>,
    block_starts: Box<[u32]>,
    name_count: u32,
    grams: Grams,
}

/// A concept as it is stored.
#[derive(Clone, Copy)]
pub(crate) struct Concept<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: Option<&'a str>,
    pub(crate) frequency: u8,
    pub(crate) name: &'a str,
    same: Reader<'a>,
}

impl<'a> Concept<'a> {
    /// The identifiers that other vocabularies have for it.
    pub(crate) fn same(&self) -> impl Iterator<Item = &'a str> {
        let mut reader = self.same;
        let count = reader.number().unwrap_or(0);
        (0..count).map_while(move |_| reader.string())
    }
}

impl Vocabulary {
    /// Whether a file that begins with these bytes is one that [`from_bytes`](Self::from_bytes) reads.
    pub fn is_file(start: &[u8]) -> bool {
        start.starts_with(MAGIC)
    }

    /// Reads a file of [`Builder::to_bytes`](crate::Builder::to_bytes).
    ///
    /// # Errors
    /// [`Error::File`] if it is none, or not whole.
    pub fn from_bytes(file: &[u8]) -> Result<Vocabulary> {
        let cut = || Error::File("it ends too soon");
        let mut reader = Reader(file);
        if reader.bytes(MAGIC.len()) != Some(MAGIC) {
            return Err(Error::File("it does not begin as one"));
        }
        let length = reader.u32().ok_or_else(cut)?;
        let header = reader.bytes(length as usize).ok_or_else(cut)?;
        let header = serde_json::from_slice(header).map_err(|_| Error::File("its header"))?;
        let mut part = || {
            let (count, length) = (reader.u32()?, reader.u32()?);
            Some((count, Box::<[u8]>::from(reader.bytes(length as usize)?)))
        };
        let (concepts, names) = (part().ok_or_else(cut)?, part().ok_or_else(cut)?);
        Vocabulary::new(header, concepts, names)
    }

    /// Makes one of its parts, each with how many there are. All of it is checked here.
    pub(crate) fn new(
        header: Header,
        (concept_count, concepts): (u32, Box<[u8]>),
        (name_count, names): (u32, Box<[u8]>),
    ) -> Result<Vocabulary> {
        let concept_starts =
            concept_starts(&concepts, concept_count).ok_or(Error::File("a concept is broken"))?;
        let block_starts = block_starts(&names, name_count, concept_count)
            .ok_or(Error::File("a name is broken"))?;
        let mut vocabulary = Vocabulary {
            header,
            concepts,
            concept_starts,
            names,
            block_starts,
            name_count,
            grams: Grams::default(),
        };
        vocabulary.grams = Grams::new(name_count, |visit| vocabulary.each_key(visit));
        Ok(vocabulary)
    }

    /// Where it comes from.
    pub fn sources(&self) -> &[Source] {
        &self.header.sources
    }

    /// How many concepts it has.
    pub fn concepts(&self) -> usize {
        self.concept_starts.len()
    }

    /// How many names it has; spellings of one name count once.
    pub fn names(&self) -> usize {
        self.name_count as usize
    }

    /// The bytes of memory it takes.
    pub fn memory(&self) -> usize {
        let tables = self.concept_starts.len() + self.block_starts.len();
        self.concepts.len() + self.names.len() + 4 * tables + self.grams.memory()
    }

    /// The identifiers of the concepts that have exactly this name, up to its spelling.
    pub fn find(&self, name: &str) -> Vec<&str> {
        let found = self.exact(&crate::key(name)).unwrap_or_default();
        found.into_iter().filter_map(|number| Some(self.concept(number)?.id)).collect()
    }

    pub(crate) fn grams(&self) -> &Grams {
        &self.grams
    }

    pub(crate) fn concept(&self, number: u32) -> Option<Concept<'_>> {
        let start = *self.concept_starts.get(number as usize)?;
        let mut reader = Reader(self.concepts.get(start as usize..)?);
        let id = reader.string()?;
        let kind = self.header.kinds.get(usize::from(reader.byte()?)).map(String::as_str);
        let (frequency, name) = (reader.byte()?, reader.string()?);
        Some(Concept { id, kind, frequency, name, same: reader })
    }

    /// The numbers of the concepts with this key.
    pub(crate) fn exact(&self, key: &str) -> Option<Vec<u32>> {
        let key = key.as_bytes();
        let after = self.block_starts.partition_point(|&at| full_key(&self.names, at) <= key);
        let block = after.checked_sub(1)?;
        let mut found = None;
        self.walk(block, |_, name, concepts| {
            if name == key {
                found = Some(concepts.collect());
            }
            name < key
        });
        found
    }

    /// A key by its number, and the concepts that have it.
    pub(crate) fn name(&self, number: u32) -> Option<(Vec<u8>, Vec<u32>)> {
        let mut found = None;
        self.walk(number as usize / BLOCK, |at, name, concepts| {
            if at == number {
                found = Some((name.to_vec(), concepts.collect()));
            }
            at < number
        });
        found
    }

    fn each_key(&self, visit: &mut dyn FnMut(u32, &[u8])) {
        for block in 0..self.block_starts.len() {
            self.walk(block, |at, name, _| {
                visit(at, name);
                true
            });
        }
    }

    /// Goes over the keys of a block, until told to stop.
    fn walk(
        &self,
        block: usize,
        mut visit: impl FnMut(u32, &[u8], &mut dyn Iterator<Item = u32>) -> bool,
    ) {
        let Some(&start) = self.block_starts.get(block) else { return };
        let mut reader = Reader(&self.names[start as usize..]);
        let mut key = Vec::new();
        let first = (block * BLOCK) as u32;
        for at in first..self.name_count.min(first + BLOCK as u32) {
            let Some(count) = next_key(&mut reader, &mut key) else { return };
            let mut left = count;
            let mut concepts = std::iter::from_fn(|| {
                left = left.checked_sub(1)?;
                reader.number()
            });
            if !visit(at, &key, &mut concepts) {
                return;
            }
            concepts.by_ref().for_each(drop);
        }
    }
}

/// Reads a key over the one before it; gives how many concepts have it.
fn next_key(reader: &mut Reader, key: &mut Vec<u8>) -> Option<u32> {
    let shared = reader.number()? as usize;
    if shared > key.len() {
        return None;
    }
    key.truncate(shared);
    key.extend_from_slice(reader.string()?.as_bytes());
    reader.number()
}

/// The key at the beginning of a block.
fn full_key(names: &[u8], start: u32) -> &[u8] {
    let mut reader = Reader(names.get(start as usize..).unwrap_or_default());
    let key = reader.number().and_then(|_| reader.string());
    key.unwrap_or_default().as_bytes()
}

fn concept_starts(concepts: &[u8], count: u32) -> Option<Box<[u32]>> {
    let mut reader = Reader(concepts);
    let mut starts = Vec::new();
    for _ in 0..count {
        starts.push((concepts.len() - reader.0.len()) as u32);
        reader.string()?;
        reader.bytes(2)?;
        reader.string()?;
        for _ in 0..reader.number()? {
            reader.string()?;
        }
    }
    reader.0.is_empty().then(|| starts.into())
}

fn block_starts(names: &[u8], count: u32, concepts: u32) -> Option<Box<[u32]>> {
    let mut reader = Reader(names);
    let (mut starts, mut key, mut before) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..count {
        if (at as usize).is_multiple_of(BLOCK) {
            starts.push((names.len() - reader.0.len()) as u32);
            key.clear();
        }
        for _ in 0..next_key(&mut reader, &mut key)? {
            reader.number().filter(|&concept| concept < concepts)?;
        }
        if key <= before {
            return None;
        }
        before.clone_from(&key);
    }
    reader.0.is_empty().then(|| starts.into())
}
