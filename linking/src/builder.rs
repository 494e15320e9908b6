//! Makes a vocabulary out of concepts and names.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::bytes::{put_number, put_string};
use crate::error::{Error, Result};
use crate::normalize::key;
use crate::vocabulary::{BLOCK, Header, MAGIC, NO_KIND, Source, Vocabulary};

/// The most bytes of a name or an identifier.
pub const MAX_NAME: usize = 1000;

/// A concept of a [`Builder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConceptId(u32);

/// Collects concepts with their names, in any order.
#[derive(Default)]
pub struct Builder {
    header: Header,
    concepts: Vec<u8>,
    /// Where each concept begins in `concepts`, by number.
    starts: Vec<u32>,
    /// Numbers of concepts by the hash of the identifier. Two identifiers of one hash are told apart
    /// by what is written.
    by_id: HashMap<u64, u32>,
    /// The keys of the names, one after the other.
    keys: String,
    /// A key's place in `keys`, its length, and the concept.
    names: Vec<(u32, u16, u32)>,
}

/// What a file has: see [`crate::vocabulary`].
struct Parts {
    header: Header,
    concept_count: u32,
    concepts: Vec<u8>,
    name_count: u32,
    names: Vec<u8>,
}

impl Builder {
    /// Begins a vocabulary.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Says where what follows comes from.
    pub fn source(&mut self, source: Source) {
        self.header.sources.push(source);
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Adds a concept with its preferred name, or the name to the concept that has this identifier
    /// already. `kind` is an entity type, and `frequency` says how often texts mean this concept, 0
    /// to 255; both are the first time's.
    ///
    /// # Errors
    /// [`Error::Empty`] and [`Error::TooLong`] refuse this concept only.
    pub fn concept(
        &mut self,
        id: &str,
        name: &str,
        kind: Option<&str>,
        frequency: u8,
    ) -> Result<ConceptId> {
        self.concept_same_as(id, name, kind, frequency, &[])
    }

    /// [`concept`](Builder::concept) with the identifiers that other vocabularies have for it.
    ///
    /// # Errors
    /// As there.
    pub fn concept_same_as(
        &mut self,
        id: &str,
        name: &str,
        kind: Option<&str>,
        frequency: u8,
        same: &[&str],
    ) -> Result<ConceptId> {
        let (id, name) = (id.trim(), name.trim());
        check(id)?;
        check(name)?;
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let hash = hasher.finish();
        let known = self.by_id.get(&hash).copied().filter(|&number| self.id(number) == id);
        let concept = match known {
            Some(number) => ConceptId(number),
            None => {
                let number = self.push(id, name, kind, frequency, same)?;
                self.by_id.insert(hash, number);
                ConceptId(number)
            }
        };
        self.name(concept, name)?;
        Ok(concept)
    }

    /// Adds a name of a concept.
    ///
    /// # Errors
    /// [`Error::Empty`] and [`Error::TooLong`] refuse this name only.
    pub fn name(&mut self, concept: ConceptId, name: &str) -> Result<()> {
        check(name.trim())?;
        let key = key(name);
        let start = u32::try_from(self.keys.len()).map_err(|_| Error::TooLarge)?;
        // Compatibility characters decompose into up to 18.
        let length = u16::try_from(key.len()).map_err(|_| Error::TooLong)?;
        self.keys.push_str(&key);
        self.names.push((start, length, concept.0));
        Ok(())
    }

    fn push(
        &mut self,
        id: &str,
        name: &str,
        kind: Option<&str>,
        frequency: u8,
        same: &[&str],
    ) -> Result<u32> {
        let kind = kind.map_or(NO_KIND, |kind| self.header.kind(kind));
        let number = u32::try_from(self.starts.len()).map_err(|_| Error::TooLarge)?;
        self.starts.push(u32::try_from(self.concepts.len()).map_err(|_| Error::TooLarge)?);
        put_string(&mut self.concepts, id);
        self.concepts.extend_from_slice(&[kind, frequency]);
        put_string(&mut self.concepts, name);
        put_number(&mut self.concepts, same.len() as u32);
        for id in same {
            put_string(&mut self.concepts, id);
        }
        Ok(number)
    }

    fn id(&self, number: u32) -> &str {
        let bytes = self.starts.get(number as usize).map(|&at| &self.concepts[at as usize..]);
        bytes.and_then(|bytes| crate::bytes::Reader(bytes).string()).unwrap_or_default()
    }

    /// The parts of the file; all else is let go.
    fn coded(self) -> Parts {
        let Builder { header, concepts, starts, by_id, keys, mut names } = self;
        drop(by_id);
        let of = |&(start, length, _): &(u32, u16, u32)| {
            &keys[start as usize..start as usize + length as usize]
        };
        names.sort_unstable_by(|a, b| of(a).cmp(of(b)).then(a.2.cmp(&b.2)));
        names.dedup_by(|b, a| a.2 == b.2 && of(a) == of(b));

        let (mut coded, mut count, mut before) = (Vec::new(), 0u32, "");
        for group in names.chunk_by(|a, b| of(a) == of(b)) {
            let key = of(&group[0]);
            let full = (count as usize).is_multiple_of(BLOCK);
            let shared = if full { 0 } else { common(before, key) };
            put_number(&mut coded, shared as u32);
            put_string(&mut coded, &key[shared..]);
            put_number(&mut coded, group.len() as u32);
            for &(_, _, concept) in group {
                put_number(&mut coded, concept);
            }
            (before, count) = (key, count + 1);
        }
        Parts {
            header,
            concept_count: starts.len() as u32,
            concepts,
            name_count: count,
            names: coded,
        }
    }

    /// The vocabulary as a file, which [`Vocabulary::from_bytes`] reads.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn to_bytes(self) -> Result<Vec<u8>> {
        let Parts { header, concept_count, concepts, name_count, names } = self.coded();
        let header = serde_json::to_vec(&header).map_err(|_| Error::File("its header"))?;
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).map_err(|_| Error::TooLarge);
        let mut file = Vec::with_capacity(concepts.len() + names.len() + header.len() + 64);
        file.extend_from_slice(MAGIC);
        file.extend_from_slice(&length(&header)?.to_le_bytes());
        file.extend_from_slice(&header);
        for (count, part) in [(concept_count, &concepts), (name_count, &names)] {
            file.extend_from_slice(&count.to_le_bytes());
            file.extend_from_slice(&length(part)?.to_le_bytes());
            file.extend_from_slice(part);
        }
        Ok(file)
    }

    /// The vocabulary.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn finish(self) -> Result<Vocabulary> {
        let Parts { header, concept_count, concepts, name_count, names } = self.coded();
        if u32::try_from(names.len()).is_err() {
            return Err(Error::TooLarge);
        }
        Vocabulary::new(header, (concept_count, concepts.into()), (name_count, names.into()))
    }
}

fn check(text: &str) -> Result<()> {
    match text.len() {
        0 => Err(Error::Empty),
        1..=MAX_NAME => Ok(()),
        _ => Err(Error::TooLong),
    }
}

/// How many bytes two keys begin with in common, in whole characters.
fn common(a: &str, b: &str) -> usize {
    let equal = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    b.floor_char_boundary(equal)
}
