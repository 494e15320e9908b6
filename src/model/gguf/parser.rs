//! Reads a GGUF header from bytes that arrive in pieces of any size.
//!
//! Each step takes one item (a pair, an array element, a directory entry) whole or not at all, so
//! that the work is linear however the file is cut, and memory holds what arrived and no more.

use super::header::{self, Header, TensorInfo};
use super::metadata::{Metadata, Strings, Value};
use crate::error::{Error, Result};

const MAGIC: &[u8; 4] = b"GGUF";
/// Real files have some tens of pairs and hundreds of tensors; the largest vocabularies have a
/// quarter of a million tokens and half a million merges.
const MAX_PAIRS: u64 = 4096;
const MAX_TENSORS: u64 = 1 << 16;
const MAX_ELEMENTS: u64 = 1 << 20;
const MAX_STRING: u64 = 1 << 20;
const MAX_HEADER: u64 = 1 << 26;
/// `general.alignment` where the file does not name one.
const DEFAULT_ALIGNMENT: u64 = 32;
const MAX_ALIGNMENT: u64 = 1 << 16;

/// Why a step did not finish.
enum Stop {
    /// The bytes end inside the item: to be tried again when more arrived.
    More,
    Bad(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Bad(error)
    }
}

type Step<T> = std::result::Result<T, Stop>;

fn bad<T>(why: impl Into<String>) -> Step<T> {
    Err(Stop::Bad(Error::ModelFile(why.into())))
}

/// Little-endian reads from what has arrived.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, n: usize) -> Step<&'a [u8]> {
        let end = self.at.checked_add(n).filter(|&end| end <= self.bytes.len());
        let taken = &self.bytes[self.at..end.ok_or(Stop::More)?];
        self.at += n;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        let mut out = [0; N];
        out.copy_from_slice(self.take(N)?);
        Ok(out)
    }

    fn u32(&mut self) -> Step<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Step<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn string(&mut self, what: &str) -> Step<&'a [u8]> {
        let length = self.u64()?;
        if length > MAX_STRING {
            return bad(format!("{what} claims to be {length} bytes long"));
        }
        self.take(length as usize)
    }

    fn text(&mut self, what: &str) -> Step<String> {
        match std::str::from_utf8(self.string(what)?) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => bad(format!("{what} is not UTF-8")),
        }
    }

    /// A value that is not an array, of the given GGUF value type.
    fn scalar(&mut self, kind: u32, key: &str) -> Step<Value> {
        Ok(match kind {
            0 => Value::Integer(self.array().map(u8::from_le_bytes)?.into()),
            1 => Value::Integer(self.array().map(i8::from_le_bytes)?.into()),
            2 => Value::Integer(self.array().map(u16::from_le_bytes)?.into()),
            3 => Value::Integer(self.array().map(i16::from_le_bytes)?.into()),
            4 => Value::Integer(self.array().map(u32::from_le_bytes)?.into()),
            5 => Value::Integer(self.array().map(i32::from_le_bytes)?.into()),
            6 => Value::Float(self.array().map(f32::from_le_bytes)?.into()),
            7 => match self.array::<1>()?[0] {
                0 => Value::Bool(false),
                1 => Value::Bool(true),
                other => return bad(format!("its {key} is the boolean {other}")),
            },
            8 => Value::Text(self.text(key)?),
            10 => Value::Integer(self.array().map(u64::from_le_bytes)?.into()),
            11 => Value::Integer(self.array().map(i64::from_le_bytes)?.into()),
            12 => Value::Float(self.array().map(f64::from_le_bytes)?),
            9 => return bad(format!("its {key} is an array of arrays")),
            other => return bad(format!("its {key} has the unknown value type {other}")),
        })
    }
}

/// Where in the header the parser is.
enum Stage {
    Start,
    Pairs { left: u64 },
    Array { key: String, kind: u32, left: u64, value: Value, pairs_left: u64 },
    Tensors { left: u64 },
    Padding,
    Done,
}

/// The parser: bytes in, a [`Header`] out.
pub(crate) struct HeaderParser {
    pending: Vec<u8>,
    /// Bytes taken from the file and done with.
    consumed: u64,
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
        Self { pending: Vec::new(), consumed: 0, stage: Stage::Start, tensor_count: 0, header }
    }

    /// Takes the next bytes; true once the header is complete.
    ///
    /// # Errors
    /// [`Error::ModelFile`] or [`Error::ModelUnsupported`] as soon as something is wrong.
    pub fn push(&mut self, bytes: &[u8]) -> Result<bool> {
        self.pending.extend_from_slice(bytes);
        let pending = std::mem::take(&mut self.pending);
        let mut at = 0;
        let outcome = loop {
            if matches!(self.stage, Stage::Done) {
                break Ok(true);
            }
            let mut cursor = Cursor { bytes: &pending, at };
            match self.step(&mut cursor) {
                Ok(()) => {
                    self.consumed += (cursor.at - at) as u64;
                    at = cursor.at;
                }
                Err(Stop::More) => break Ok(false),
                Err(Stop::Bad(error)) => break Err(error),
            }
            if self.consumed > MAX_HEADER {
                break Err(Error::ModelFile(format!(
                    "its header is longer than {} MiB",
                    MAX_HEADER >> 20
                )));
            }
        };
        self.pending = pending;
        self.pending.drain(..at);
        outcome
    }

    /// Bytes of the file seen so far.
    pub fn seen(&self) -> u64 {
        self.consumed + self.pending.len() as u64
    }

    /// What was being read, for the message when the bytes end too early.
    fn place(&self) -> &'static str {
        match self.stage {
            Stage::Start => "its first 24 bytes",
            Stage::Pairs { .. } | Stage::Array { .. } => "its metadata",
            Stage::Tensors { .. } => "its list of tensors",
            Stage::Padding | Stage::Done => "its data",
        }
    }

    /// The error if the file has no more bytes than were pushed.
    pub fn ends_early(&self) -> Error {
        Error::ModelFile(format!(
            "it ends after {} bytes, within {}; download it again",
            self.seen(),
            self.place()
        ))
    }

    /// The header, and the bytes of data that had arrived with it.
    pub fn finish(self) -> (Header, Vec<u8>) {
        (self.header, self.pending)
    }

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
                let start = self.consumed.next_multiple_of(self.header.alignment);
                cursor.take((start - self.consumed) as usize)?;
                self.header.data_start = start;
                self.stage = Stage::Done;
            }
            Stage::Done => {}
        }
        Ok(())
    }
}

/// Magic, version, and the numbers of tensors and pairs.
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

/// One directory entry.
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
