//! What a model file is, told before anything is run.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Serialize;

use super::config::Config;
use super::gguf::{Header, read_header};
use super::weights;
use crate::error::{Error, Result};

/// What a model file says of itself, and whether this engine runs it.
#[derive(Debug, Clone, Serialize)]
pub struct Description {
    /// `general.architecture`.
    pub architecture: Option<String>,
    /// `general.name`.
    pub name: Option<String>,
    /// `general.license`.
    pub licence: Option<String>,
    /// Version of the GGUF container.
    pub gguf_version: u32,
    /// Number of weights.
    pub parameters: u64,
    /// Bytes the file has when complete, without padding at its end.
    pub bytes: u64,
    /// How many tensors there are of each type.
    pub tensors: BTreeMap<String, usize>,
    /// Sizes and constants, where the model is of a kind that is run.
    pub config: Option<Config>,
    /// Why the model is not run; absent if it is.
    pub unsupported: Option<String>,
}

impl Description {
    pub(super) fn of(header: &Header, config: std::result::Result<&Config, String>) -> Self {
        let text = |key| header.metadata.text(key).ok().flatten().map(str::to_owned);
        let mut tensors = BTreeMap::new();
        for tensor in &header.tensors {
            *tensors.entry(format!("{:?}", tensor.dtype)).or_default() += 1;
        }
        let elements = |dims: &[usize]| dims.iter().map(|&d| d as u64).product::<u64>();
        Self {
            architecture: text("general.architecture"),
            name: text("general.name"),
            licence: text("general.license"),
            gguf_version: header.version,
            parameters: header.tensors.iter().map(|t| elements(&t.dims)).sum(),
            bytes: header.file_bytes(),
            tensors,
            unsupported: config.as_ref().err().cloned(),
            config: config.ok().cloned(),
        }
    }
}

/// Reads a GGUF file, of which only the header is kept, and says what it is. A sound file of a kind
/// that is not run is
/// described with the reason in [`Description::unsupported`].
///
/// # Errors
/// [`Error::ModelFile`] if it is not GGUF or is truncated, [`Error::ModelUnsupported`] if it is GGUF
/// of a version or with tensors that cannot even be listed, [`Error::Io`] if reading fails.
pub fn inspect(mut reader: impl Read) -> Result<Description> {
    let (header, seen) = read_header(&mut reader)?;
    let size = seen + std::io::copy(&mut reader, &mut std::io::sink())?;
    let expected = header.file_bytes();
    if size < expected {
        return Err(Error::ModelFile(format!(
            "it has {size} of {expected} bytes; download it again"
        )));
    }
    let config = Config::from_header(&header)
        .and_then(|config| weights::plan(&config, &header).map(|_| config));
    Ok(Description::of(&header, config.as_ref().map_err(ToString::to_string)))
}
