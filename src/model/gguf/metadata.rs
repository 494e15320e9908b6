//! The metadata of a GGUF file: key-value pairs, whose types are checked when they are read.

use std::collections::BTreeMap;

use crate::error::{Error, Result};

/// Many strings in one allocation, as the file has them: they need not be UTF-8.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Strings {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    pub fn push(&mut self, string: &[u8]) {
        self.bytes.extend_from_slice(string);
        self.ends.push(self.bytes.len());
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, i: usize) -> Option<&[u8]> {
        let end = *self.ends.get(i)?;
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        Some(&self.bytes[start..end])
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|i| self.get(i))
    }
}

/// A metadata value. Integers and floats are widened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Integer(i128),
    Float(f64),
    Bool(bool),
    Text(String),
    Texts(Strings),
    Integers(Vec<i64>),
    /// An array of a kind that nothing reads.
    Skipped,
}

impl Value {
    fn kind(&self) -> &'static str {
        match self {
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a float",
            Value::Bool(_) => "a boolean",
            Value::Text(_) => "a string",
            Value::Texts(_) => "an array of strings",
            Value::Integers(_) => "an array of integers",
            Value::Skipped => "an array",
        }
    }
}

/// The metadata, by key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata(pub BTreeMap<String, Value>);

impl Metadata {
    fn mismatch<T>(key: &str, value: &Value, wanted: &str) -> Result<T> {
        Err(Error::ModelFile(format!("its {key} is {}, not {wanted}", value.kind())))
    }

    /// A non-negative integer; `None` if there is no such key.
    pub fn unsigned(&self, key: &str) -> Result<Option<u64>> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::Integer(n)) => u64::try_from(*n).map(Some).map_err(|_| {
                Error::ModelFile(format!("its {key} is {n}, where a count is expected"))
            }),
            Some(other) => Self::mismatch(key, other, "an integer"),
        }
    }

    /// A number; `None` if there is no such key.
    pub fn float(&self, key: &str) -> Result<Option<f64>> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::Float(x)) => Ok(Some(*x)),
            Some(Value::Integer(n)) => Ok(Some(*n as f64)),
            Some(other) => Self::mismatch(key, other, "a number"),
        }
    }

    /// A boolean; `None` if there is no such key.
    pub fn bool(&self, key: &str) -> Result<Option<bool>> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::Bool(b)) => Ok(Some(*b)),
            Some(other) => Self::mismatch(key, other, "a boolean"),
        }
    }

    /// A string; `None` if there is no such key.
    pub fn text(&self, key: &str) -> Result<Option<&str>> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(other) => Self::mismatch(key, other, "a string"),
        }
    }

    /// Takes out an array of strings, which can be large.
    pub fn take_texts(&mut self, key: &str) -> Result<Option<Strings>> {
        match self.0.remove(key) {
            None => Ok(None),
            Some(Value::Texts(texts)) => Ok(Some(texts)),
            Some(other) => Self::mismatch(key, &other, "an array of strings"),
        }
    }

    /// Takes out an array of integers.
    pub fn take_integers(&mut self, key: &str) -> Result<Option<Vec<i64>>> {
        match self.0.remove(key) {
            None => Ok(None),
            Some(Value::Integers(numbers)) => Ok(Some(numbers)),
            Some(other) => Self::mismatch(key, &other, "an array of integers"),
        }
    }
}
