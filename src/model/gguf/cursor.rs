//! Reads single values of a GGUF header.

use super::metadata::Value;
use crate::error::Error;

/// The longest string, in bytes.
const MAX_STRING: u64 = 1 << 20;

/// Why an item could not be parsed.
pub(super) enum Stop {
    /// Its bytes have not all arrived: try again when there are more.
    More,
    /// The file is invalid.
    Bad(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Bad(error)
    }
}

/// The outcome of parsing one item.
pub(super) type Step<T> = std::result::Result<T, Stop>;

pub(super) fn bad<T>(why: impl Into<String>) -> Step<T> {
    Err(Stop::Bad(Error::ModelFile(why.into())))
}

/// Reads little-endian values from the bytes that have arrived.
pub(super) struct Cursor<'a> {
    pub bytes: &'a [u8],
    /// Index of the next byte.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn take(&mut self, n: usize) -> Step<&'a [u8]> {
        let end = self.at.checked_add(n).filter(|&end| end <= self.bytes.len());
        let taken = &self.bytes[self.at..end.ok_or(Stop::More)?];
        self.at += n;
        Ok(taken)
    }

    pub fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        let mut out = [0; N];
        out.copy_from_slice(self.take(N)?);
        Ok(out)
    }

    pub fn u32(&mut self) -> Step<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Step<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn string(&mut self, what: &str) -> Step<&'a [u8]> {
        let length = self.u64()?;
        if length > MAX_STRING {
            return bad(format!("{what} claims to be {length} bytes long"));
        }
        self.take(length as usize)
    }

    pub fn text(&mut self, what: &str) -> Step<String> {
        match std::str::from_utf8(self.string(what)?) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => bad(format!("{what} is not UTF-8")),
        }
    }

    /// A metadata value that is not an array. `kind` is the number of its type.
    pub fn scalar(&mut self, kind: u32, key: &str) -> Step<Value> {
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
