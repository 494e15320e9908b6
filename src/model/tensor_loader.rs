//! Loads the tensors of a file while it arrives.

use bioner_kernels::{PackedMatrix, RowMatrix, Variant};

use super::config::Config;
use super::gguf::{Header, TensorInfo};
use super::requantize;
use super::tensors::{BlockTensor, LowRankPart, Shape, TensorId};
use super::weights::{LoadedTensor, LoadedTensors};
use crate::error::{Error, Result};

/// The most memory reserved for a tensor before its bytes arrive. A larger tensor grows as they do.
const MAX_RESERVE: usize = 64 << 20;
/// A tensor that is converted is converted in steps of about this many bytes.
const CONVERSION_BYTES: usize = 1 << 18;

/// Loads the tensors of a file, which follow its header.
pub(super) struct TensorLoader {
    header: Header,
    config: Config,
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
    /// Loads the tensors `ids`, which are those of the header in its order.
    pub fn new(mut header: Header, config: Config, ids: Vec<TensorId>, variant: Variant) -> Self {
        header.metadata = Default::default();
        Self {
            header,
            config,
            ids,
            variant,
            loaded: LoadedTensors::default(),
            current: 0,
            position: 0,
            raw: Vec::new(),
            converted: Vec::new(),
        }
    }

    /// The kernel that linear layers are packed for.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// Takes the next bytes of the file. Returns those that follow its end, padding included.
    pub fn push<'a>(&mut self, mut bytes: &'a [u8]) -> Result<&'a [u8]> {
        while !bytes.is_empty() {
            let Some(tensor) = self.header.tensors.get(self.current) else {
                return Ok(self.skip_padding(bytes));
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
        Ok(bytes)
    }

    /// Skips padding after the last tensor. Returns what follows it.
    fn skip_padding<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let end = self.header.file_bytes() - self.header.data_start;
        let padding = end.next_multiple_of(self.header.alignment) - self.position;
        let skipped =
            usize::try_from(padding).map_or(bytes.len(), |padding| padding.min(bytes.len()));
        self.position += skipped as u64;
        &bytes[skipped..]
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
                use BlockTensor::{Key, Query};
                let rotated = matches!(
                    id,
                    TensorId::Block(_, Query | Key)
                        | TensorId::LowRank(_, Query | Key, LowRankPart::Up)
                );
                if rotated && config.architecture.has_interleaved_rotary() {
                    bytes = deinterleave(&bytes, rows, config.head_dim, config.rotary_dims);
                }
                let matrix = PackedMatrix::pack(self.variant, format, &bytes, rows, columns)?;
                LoadedTensor::Linear(matrix)
            }
        })
    }

    /// The tensors, once the whole file has been pushed.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if the file ended too early.
    pub fn finish(self) -> Result<LoadedTensors> {
        match self.header.tensors.get(self.current) {
            Some(tensor) => Err(Error::ModelFile(format!(
                "it ends after {} of {} bytes, within {:?}; download it again",
                self.header.data_start + self.position,
                self.header.file_bytes(),
                tensor.name
            ))),
            None => Ok(self.loaded),
        }
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
