//! Describes a model file without loading its weights.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Serialize;

use super::config::Config;
use super::gguf::{Header, MAGIC, read_header};
use super::tensors;
use crate::error::{Error, Result};

/// What a model file contains, and whether this engine can run it.
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
    /// Size of the complete file in bytes, without padding at its end.
    pub bytes: u64,
    /// Number of tensors of each type.
    pub tensors: BTreeMap<String, usize>,
    /// Sizes and constants; absent if the model cannot be run.
    pub config: Option<Config>,
    /// Why the model cannot be run; absent if it can.
    pub unsupported: Option<String>,
}

impl Description {
    /// The description of a file with this header. `config` is the reason if the model cannot be run.
    pub(super) fn new(header: &Header, config: std::result::Result<&Config, String>) -> Self {
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

    /// Adds the file of the adapters to the description of the model.
    pub(super) fn add_adapters(&mut self, header: &Header, config: &Config) {
        let adapters = Description::new(header, Ok(config));
        self.parameters += adapters.parameters;
        self.bytes += adapters.bytes;
        for (dtype, count) in adapters.tensors {
            *self.tensors.entry(dtype).or_default() += count;
        }
        self.config = adapters.config;
    }
}

/// Reads a GGUF file to its end and describes it, and the file of the model's adapters if that follows. Only
/// headers are kept in memory. For a valid file of a model that cannot be run, [`Description::unsupported`]
/// gives the reason.
///
/// # Errors
/// [`Error::ModelFile`] if the file is not GGUF or is truncated; [`Error::ModelUnsupported`] if its
/// GGUF version or a type of its tensors is unknown, or its adapters are not known here; [`Error::Io`] if
/// reading fails.
pub fn inspect(mut reader: impl Read) -> Result<Description> {
    let (header, mut rest) = read_file(&mut reader)?;
    let config = Config::from_header(&header)
        .and_then(|config| tensors::identify(&config, &header).map(|_| config));
    let mut description = Description::new(&header, config.as_ref().map_err(ToString::to_string));
    reader.by_ref().take(MAGIC.len() as u64).read_to_end(&mut rest)?;
    if let Ok(mut config) = config
        && !rest.is_empty()
    {
        let (header, _) = read_file(&mut rest.as_slice().chain(&mut reader))?;
        config.adapt(&header)?;
        description.add_adapters(&header, &config);
    }
    std::io::copy(&mut reader, &mut std::io::sink())?;
    Ok(description)
}

/// Reads a GGUF file to its end, padding included. Returns its header, and the bytes that were read after it.
fn read_file(reader: &mut impl Read) -> Result<(Header, Vec<u8>)> {
    let (header, mut read) = read_header(reader)?;
    let expected = header.file_bytes();
    let data = expected.next_multiple_of(header.alignment) - header.data_start;
    let inside = usize::try_from(data).map_or(read.len(), |data| data.min(read.len()));
    let rest = read.split_off(inside);
    let left = data - inside as u64;
    let size = header.data_start
        + inside as u64
        + std::io::copy(&mut reader.take(left), &mut std::io::sink())?;
    if size < expected {
        return Err(Error::ModelFile(format!(
            "it has {size} of {expected} bytes; download it again"
        )));
    }
    Ok((header, rest))
}
