//! Parses a GGUF header from bytes that arrive in pieces of any size.
//!
//! Each step parses one item (a pair, an array element, a directory entry) if all of its bytes are
//! there, and otherwise consumes nothing. So the work is linear in the size of the header, however
//! the file is cut, and memory holds no more than the bytes that arrived.

use super::cursor::{Cursor, Step, Stop, bad};
use super::header::{self, Header, TensorInfo};
use super::metadata::{Metadata, Strings, Value};
use crate::error::{Error, Result};

pub(crate) const MAGIC: &[u8; 4] = b"GGUF";
// Limits on the numbers that a header may name. Real files have tens of pairs and hundreds of tensors,
// and the largest tokenizers a quarter of a million tokens and half a million merges.
const MAX_PAIRS: u64 = 4096;
const MAX_TENSORS: u64 = 1 << 16;
const MAX_ELEMENTS: u64 = 1 << 20;
const MAX_HEADER: u64 = 1 << 26;
/// The alignment of a file that has no `general.alignment`.
const DEFAULT_ALIGNMENT: u64 = 32;
const MAX_ALIGNMENT: u64 = 1 << 16;

/// The item that the parser expects next.
enum Stage {
    Start,
    Pairs { left: u64 },
    Array { key: String, kind: u32, left: u64, value: Value, pairs_left: u64 },
    Tensors { left: u64 },
    Padding,
    Done,
}

/// Parses a [`Header`] from bytes given piece by piece.
pub(crate) struct HeaderParser {
    /// Bytes that have arrived and are not parsed yet.
    unparsed: Vec<u8>,
    /// Number of bytes parsed.
    parsed: u64,
    stage: Stage,
    tensor_count: u64,
    header: Header,
}

impl HeaderParser {
    pub fn new() -> Self {
        let header = Header {
            version: 0,
            metadata: Metadata::default(),
            tensors: Vec::new(),
            data_start: 0,
            alignment: DEFAULT_ALIGNMENT,
        };
        Self { unparsed: Vec::new(), parsed: 0, stage: Stage::Start, tensor_count: 0, header }
    }

    /// Takes the next bytes. Returns whether the header is complete.
    ///
    /// # Errors
    /// [`Error::ModelFile`] or [`Error::ModelUnsupported`] as soon as the bytes are not a valid header.
    pub fn push(&mut self, bytes: &[u8]) -> Result<bool> {
        self.unparsed.extend_from_slice(bytes);
        let unparsed = std::mem::take(&mut self.unparsed);
        let mut at = 0;
        let outcome = loop {
            if matches!(self.stage, Stage::Done) {
                break Ok(true);
            }
            let mut cursor = Cursor { bytes: &unparsed, at };
            match self.step(&mut cursor) {
                Ok(()) => {
                    self.parsed += (cursor.at - at) as u64;
                    at = cursor.at;
                }
                Err(Stop::More) => break Ok(false),
                Err(Stop::Bad(error)) => break Err(error),
            }
            if self.parsed > MAX_HEADER {
                break Err(Error::ModelFile(format!(
                    "its header is longer than {} MiB",
                    MAX_HEADER >> 20
                )));
            }
        };
        self.unparsed = unparsed;
        self.unparsed.drain(..at);
        outcome
    }

    /// Number of bytes taken so far.
    pub fn seen(&self) -> u64 {
        self.parsed + self.unparsed.len() as u64
    }

    /// The name of the current stage, for the error message.
    fn stage_name(&self) -> &'static str {
        match self.stage {
            Stage::Start => "its first 24 bytes",
            Stage::Pairs { .. } | Stage::Array { .. } => "its metadata",
            Stage::Tensors { .. } => "its list of tensors",
            Stage::Padding | Stage::Done => "its data",
        }
    }

    /// The error for a file that ends after the bytes taken so far.
    pub fn ends_early(&self) -> Error {
        Error::ModelFile(format!(
            "it ends after {} bytes, within {}; download it again",
            self.seen(),
            self.stage_name()
        ))
    }

    /// The header, and the bytes of data that were taken with it.
    pub fn finish(self) -> (Header, Vec<u8>) {
        (self.header, self.unparsed)
    }

    /// Parses the next item.
    fn step(&mut self, cursor: &mut Cursor<'_>) -> Step<()> {
        match &mut self.stage {
            Stage::Start => {
                let (version, tensors, pairs) = start(cursor)?;
                self.header.version = version;
                self.tensor_count = tensors;
                self.stage = Stage::Pairs { left: pairs };
            }
            Stage::Pairs { left: 0 } => {
                self.header.alignment = alignment(&self.header.metadata)?;
                self.stage = Stage::Tensors { left: self.tensor_count };
            }
            Stage::Pairs { left } => {
                let key = cursor.text("a metadata key")?;
                if self.header.metadata.0.contains_key(&key) {
                    return bad(format!("its metadata has {key:?} twice"));
                }
                let kind = cursor.u32()?;
                let pairs_left = *left - 1;
                if kind == 9 {
                    let (kind, count) = (cursor.u32()?, cursor.u64()?);
                    if count > MAX_ELEMENTS {
                        return bad(format!("its {key} claims {count} elements"));
                    }
                    let value = match kind {
                        4 | 5 => Value::Integers(Vec::new()),
                        8 => Value::Texts(Strings::default()),
                        _ => Value::Skipped,
                    };
                    self.stage = Stage::Array { key, kind, left: count, value, pairs_left };
                } else {
                    let value = cursor.scalar(kind, &key)?;
                    self.header.metadata.0.insert(key, value);
                    *left = pairs_left;
                }
            }
            Stage::Array { key, left: 0, value, pairs_left, .. } => {
                let value = std::mem::replace(value, Value::Skipped);
                self.header.metadata.0.insert(std::mem::take(key), value);
                self.stage = Stage::Pairs { left: *pairs_left };
            }
            Stage::Array { key, kind, left, value, .. } => {
                match value {
                    Value::Texts(texts) => texts.push(cursor.string(key)?),
                    Value::Integers(numbers) if *kind == 4 => numbers.push(cursor.u32()?.into()),
                    Value::Integers(numbers) => {
                        numbers.push(cursor.array().map(i32::from_le_bytes)?.into())
                    }
                    _ => drop(cursor.scalar(*kind, key)?),
                }
                *left -= 1;
            }
            Stage::Tensors { left: 0 } => {
                header::check_layout(&self.header.tensors, self.header.alignment)?;
                self.stage = Stage::Padding;
            }
            Stage::Tensors { left } => {
                let tensor = tensor(cursor)?;
                self.header.tensors.push(tensor);
                *left -= 1;
            }
            Stage::Padding => {
                let start = self.parsed.next_multiple_of(self.header.alignment);
                cursor.take((start - self.parsed) as usize)?;
                self.header.data_start = start;
                self.stage = Stage::Done;
            }
            Stage::Done => {}
        }
        Ok(())
    }
}

/// Parses the magic and the version. Returns the version, and the numbers of tensors and pairs.
fn start(cursor: &mut Cursor<'_>) -> Step<(u32, u64, u64)> {
    let magic = cursor.array::<4>()?;
    if &magic != MAGIC {
        return bad(format!(
            "it is not GGUF (it begins with \"{}\"); choose a .gguf file",
            magic.escape_ascii()
        ));
    }
    let unsupported = |why: String| Err(Stop::Bad(Error::ModelUnsupported(why)));
    let version = cursor.u32()?;
    match version {
        2 | 3 => {}
        1 => return unsupported("it is GGUF version 1; convert it again to version 3".into()),
        v if matches!(v.swap_bytes(), 1..=3) => {
            return unsupported("it is big-endian GGUF; convert it to little-endian".into());
        }
        v => return unsupported(format!("it is GGUF version {v}; versions 2 and 3 are read")),
    }
    let (tensors, pairs) = (cursor.u64()?, cursor.u64()?);
    if tensors > MAX_TENSORS {
        return bad(format!("it claims {tensors} tensors"));
    }
    if pairs > MAX_PAIRS {
        return bad(format!("it claims {pairs} metadata pairs"));
    }
    Ok((version, tensors, pairs))
}

fn alignment(metadata: &Metadata) -> Result<u64> {
    let alignment = metadata.unsigned("general.alignment")?.unwrap_or(DEFAULT_ALIGNMENT);
    if !alignment.is_power_of_two() || !(8..=MAX_ALIGNMENT).contains(&alignment) {
        return Err(Error::ModelFile(format!("its alignment is {alignment}")));
    }
    Ok(alignment)
}

/// Parses one directory entry.
fn tensor(cursor: &mut Cursor<'_>) -> Step<TensorInfo> {
    let name = cursor.text("a tensor's name")?;
    let count = cursor.u32()?;
    if count > 4 {
        return bad(format!("tensor {name:?} has {count} dimensions"));
    }
    let mut dims = [0u64; 4];
    for dim in &mut dims[..count as usize] {
        *dim = cursor.u64()?;
    }
    let (type_id, offset) = (cursor.u32()?, cursor.u64()?);
    Ok(TensorInfo::new(name, &dims[..count as usize], type_id, offset)?)
}
