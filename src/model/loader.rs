//! Loads a model while its file arrives. Each tensor is packed when its last byte is there, and its
//! raw bytes are dropped, so that the file and the weights are never in memory together.

use bioner_kernels::{PackedMatrix, RowMatrix, Variant};

use super::Model;
use super::config::Config;
use super::describe::Description;
use super::gguf::{Header, HeaderParser, TensorInfo};
use super::requantize;
use super::tensors::{self, BlockTensor, Shape, TensorId};
use super::token_table::TokenTable;
use super::weights::{LoadedTensor, LoadedTensors};
use crate::error::{Error, Result};

/// The most memory reserved for a tensor before its bytes arrive. A larger tensor grows as they do.
const MAX_RESERVE: usize = 64 << 20;
/// A tensor that is converted is converted in steps of about this many bytes.
const CONVERSION_BYTES: usize = 1 << 18;

/// Loads a model from the bytes of a GGUF file, given in order and in pieces of any size.
pub struct Loader {
    stage: Stage,
}

/// What the loader reads next.
enum Stage {
    Header(HeaderParser),
    Tensors(Box<TensorLoader>),
    /// Nothing: an earlier piece was refused.
    Failed,
}

impl Default for Loader {
    fn default() -> Self {
        Self::new()
    }
}

impl Loader {
    /// A loader at the start of a file.
    pub fn new() -> Self {
        Self { stage: Stage::Header(HeaderParser::new()) }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// [`Error::ModelFile`] or [`Error::ModelUnsupported`] as soon as the bytes show that the model
    /// cannot be run. Every later call fails too.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Header(mut parser) => {
                self.stage = if parser.push(bytes)? {
                    let (header, rest) = parser.finish();
                    let mut tensors = Box::new(TensorLoader::new(header)?);
                    tensors.push(&rest)?;
                    Stage::Tensors(tensors)
                } else {
                    Stage::Header(parser)
                };
            }
            Stage::Tensors(mut tensors) => {
                tensors.push(bytes)?;
                self.stage = Stage::Tensors(tensors);
            }
            Stage::Failed => {
                return Err(Error::ModelFile("loading it has already failed".into()));
            }
        }
        Ok(())
    }

    /// The model, once the whole file has been pushed.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if the file ended too early.
    pub fn finish(self) -> Result<Model> {
        match self.stage {
            Stage::Header(parser) => Err(parser.ends_early()),
            Stage::Tensors(tensors) => tensors.finish(),
            Stage::Failed => Err(Error::ModelFile("loading it has already failed".into())),
        }
    }
}

/// Loads the tensors, which follow the header.
struct TensorLoader {
    header: Header,
    config: Config,
    token_table: TokenTable,
    description: Description,
    /// Identifies each tensor of the header.
    ids: Vec<TensorId>,
    /// The kernel that linear layers are packed for.
    variant: Variant,
    loaded: LoadedTensors,
    /// Index of the tensor being read.
    current: usize,
    /// Bytes read since the start of the data.
    position: u64,
    /// Bytes of the current tensor that have not been converted.
    raw: Vec<u8>,
    /// The bytes already converted, as Q8_0.
    converted: Vec<u8>,
}

impl TensorLoader {
    fn new(mut header: Header) -> Result<Self> {
        let config = Config::from_header(&header)?;
        let ids = tensors::identify(&config, &header)?;
        let variant = tensors::variant(&config, &header, &ids);
        let description = Description::new(&header, Ok(&config));
        let token_table = TokenTable::take(&mut header.metadata, Some(config.vocabulary_size))?;
        header.metadata = Default::default();
        Ok(Self {
            header,
            config,
            token_table,
            description,
            ids,
            variant,
            loaded: LoadedTensors::default(),
            current: 0,
            position: 0,
            raw: Vec::new(),
            converted: Vec::new(),
        })
    }

    fn push(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let Some(tensor) = self.header.tensors.get(self.current) else {
                return self.skip_trailing(bytes);
            };
            // There may be padding before the tensor.
            let inside = self.position >= tensor.offset;
            let end = if inside { tensor.offset + tensor.bytes } else { tensor.offset };
            let length = usize::try_from(end - self.position).unwrap_or(usize::MAX);
            let (taken, rest) = bytes.split_at(length.min(bytes.len()));
            bytes = rest;
            self.position += taken.len() as u64;
            if inside {
                let tensor = tensor.clone();
                self.push_tensor(&tensor, taken)?;
            }
        }
        Ok(())
    }

    /// Accepts padding after the last tensor, and nothing more.
    fn skip_trailing(&mut self, bytes: &[u8]) -> Result<()> {
        self.position += bytes.len() as u64;
        let end = self.header.file_bytes() - self.header.data_start;
        if self.position > end.next_multiple_of(self.header.alignment) {
            return Err(Error::ModelFile(
                "it goes on after its last tensor; download it again".into(),
            ));
        }
        Ok(())
    }

    /// Takes bytes of the current tensor. Stores the tensor when it is complete.
    fn push_tensor(&mut self, tensor: &TensorInfo, bytes: &[u8]) -> Result<()> {
        let complete = self.position == tensor.offset + tensor.bytes;
        let id = self.ids[self.current];
        let is_vector = matches!(id.shape(&self.config), Shape::Vector(_));
        let convert = !requantize::is_native(tensor.dtype) && !is_vector;
        if self.raw.capacity() == 0 {
            let whole = usize::try_from(tensor.bytes).unwrap_or(usize::MAX);
            let reserved =
                if convert { CONVERSION_BYTES + bytes.len() } else { whole.min(MAX_RESERVE) };
            self.raw.try_reserve_exact(reserved).map_err(|_| out_of_memory())?;
        }
        self.raw.extend_from_slice(bytes);
        if convert && (complete || self.raw.len() >= CONVERSION_BYTES) {
            // As many whole blocks as also fill whole Q8_0 blocks, of 32 values.
            let unit = tensor.dtype.type_size() * (32 / tensor.dtype.block_size()).max(1);
            let ready = self.raw.len() / unit * unit;
            self.converted.extend(requantize::to_q8_0(tensor.dtype, &self.raw[..ready])?);
            self.raw.drain(..ready);
        }
        if complete {
            let raw = std::mem::take(&mut self.raw);
            let bytes = if convert { std::mem::take(&mut self.converted) } else { raw };
            let loaded = self.load(id, tensor, bytes)?;
            self.loaded.insert(id, loaded);
            self.current += 1;
        }
        Ok(())
    }

    /// Makes a tensor ready for the forward pass. `bytes` are as the file has them, or Q8_0 blocks
    /// where the type is converted.
    fn load(&self, id: TensorId, tensor: &TensorInfo, mut bytes: Vec<u8>) -> Result<LoadedTensor> {
        let config = &self.config;
        let format = requantize::stored_format(tensor.dtype);
        Ok(match id.shape(config) {
            Shape::Vector(_) => {
                let values = requantize::dequantize(tensor.dtype, &bytes)?;
                if id == TensorId::RotaryFactors && values.iter().any(|&factor| factor <= 0.0) {
                    return Err(Error::ModelFile("its rotary factors are not positive".into()));
                }
                LoadedTensor::Vector(values)
            }
            Shape::Table(rows, columns) => {
                LoadedTensor::Table(RowMatrix::new(format, bytes, rows, columns)?)
            }
            Shape::Linear(rows, columns) => {
                let rotated =
                    matches!(id, TensorId::Block(_, BlockTensor::Query | BlockTensor::Key));
                if rotated && config.architecture.has_interleaved_rotary() {
                    bytes = deinterleave(&bytes, rows, config.head_dim, config.rotary_dims);
                }
                let matrix = PackedMatrix::pack(self.variant, format, &bytes, rows, columns)?;
                LoadedTensor::Linear(matrix)
            }
        })
    }

    fn finish(self) -> Result<Model> {
        if let Some(tensor) = self.header.tensors.get(self.current) {
            return Err(Error::ModelFile(format!(
                "it ends after {} of {} bytes, within {:?}; download it again",
                self.header.data_start + self.position,
                self.header.file_bytes(),
                tensor.name
            )));
        }
        Ok(Model {
            weights: self.loaded.assemble(&self.config, self.variant)?,
            config: self.config,
            token_table: self.token_table,
            description: self.description,
        })
    }
}

/// Reorders the rows of each head, so that rotary pairs `(2i, 2i + 1)` become halves `(i, i + n/2)`:
/// rotation then reads contiguous features for every architecture. Queries and keys are permuted in
/// the same way, which leaves their dot products unchanged.
fn deinterleave(bytes: &[u8], rows: usize, head_dim: usize, rotary_dims: usize) -> Vec<u8> {
    let row_bytes = bytes.len() / rows;
    let half = rotary_dims / 2;
    let mut out = Vec::with_capacity(bytes.len());
    for row in 0..rows {
        let (head, i) = (row / head_dim, row % head_dim);
        let source = match i {
            i if i < half => 2 * i,
            i if i < rotary_dims => 2 * (i - half) + 1,
            i => i,
        };
        let start = (head * head_dim + source) * row_bytes;
        out.extend_from_slice(&bytes[start..start + row_bytes]);
    }
    out
}

fn out_of_memory() -> Error {
    Error::ModelFile("there is not enough memory for it; close other programs or tabs".into())
}
