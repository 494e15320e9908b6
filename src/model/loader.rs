//! Streaming load: bytes in, packed weights out. A tensor is packed when its last byte arrives and
//! its raw bytes are dropped, so that file and weights are never in memory together.

use bioner_kernels::{PackedMatrix, RowMatrix, Variant};

use super::Model;
use super::config::Config;
use super::describe::Description;
use super::gguf::{Header, HeaderParser, TensorInfo};
use super::requantize;
use super::vocabulary::TokenTable;
use super::weights::{self, Gathered, Part, Shape, Slot, Stored};
use crate::error::{Error, Result};

/// A tensor's bytes are given room at once up to this size, and beyond it as they arrive.
const RESERVE: usize = 64 << 20;
/// Bytes of a type that needs conversion are converted when about this many have arrived.
const CONVERT: usize = 1 << 18;

/// Loads a model from the bytes of a GGUF file, in order and in pieces of any size.
pub struct Loader {
    state: State,
}

enum State {
    Header(HeaderParser),
    Data(Box<Data>),
    /// A push failed: what follows makes no sense.
    Failed,
}

impl Default for Loader {
    fn default() -> Self {
        Self::new()
    }
}

impl Loader {
    /// A loader that has seen nothing yet.
    pub fn new() -> Self {
        Self { state: State::Header(HeaderParser::new()) }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// [`Error::ModelFile`] or [`Error::ModelUnsupported`] as soon as the bytes show that the model
    /// cannot be run. The loader is of no use afterwards.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        match std::mem::replace(&mut self.state, State::Failed) {
            State::Header(mut parser) => {
                self.state = if parser.push(bytes)? {
                    let (header, rest) = parser.finish();
                    let mut data = Box::new(Data::new(header)?);
                    data.push(&rest)?;
                    State::Data(data)
                } else {
                    State::Header(parser)
                };
            }
            State::Data(mut data) => {
                data.push(bytes)?;
                self.state = State::Data(data);
            }
            State::Failed => {
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
        match self.state {
            State::Header(parser) => Err(parser.ends_early()),
            State::Data(data) => data.finish(),
            State::Failed => Err(Error::ModelFile("loading it has already failed".into())),
        }
    }
}

/// The part of the load after the header.
struct Data {
    header: Header,
    config: Config,
    vocabulary: TokenTable,
    description: Description,
    /// Where each tensor of the header belongs.
    slots: Vec<Slot>,
    /// What linear layers are packed for.
    variant: Variant,
    gathered: Gathered,
    /// Index of the tensor being read.
    current: usize,
    /// Bytes of data seen, counted from the start of the data.
    at: u64,
    /// Raw bytes of the current tensor not yet converted.
    raw: Vec<u8>,
    /// Those already converted to Q8_0.
    converted: Vec<u8>,
}

impl Data {
    fn new(mut header: Header) -> Result<Self> {
        let config = Config::from_header(&header)?;
        let slots = weights::plan(&config, &header)?;
        let variant = weights::variant(&config, &header, &slots);
        let description = Description::of(&header, Ok(&config));
        let vocabulary = TokenTable::take(&mut header.metadata, Some(config.vocabulary))?;
        header.metadata = Default::default();
        Ok(Self {
            header,
            config,
            vocabulary,
            description,
            slots,
            variant,
            gathered: Gathered::default(),
            current: 0,
            at: 0,
            raw: Vec::new(),
            converted: Vec::new(),
        })
    }

    fn push(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let Some(tensor) = self.header.tensors.get(self.current) else {
                return self.trailing(bytes);
            };
            // Padding before the tensor, then the tensor.
            let until =
                if self.at < tensor.offset { tensor.offset } else { tensor.offset + tensor.bytes };
            let length = usize::try_from(until - self.at).unwrap_or(usize::MAX).min(bytes.len());
            let (taken, rest) = bytes.split_at(length);
            let inside = self.at >= tensor.offset;
            bytes = rest;
            self.at += length as u64;
            if inside {
                let tensor = tensor.clone();
                self.take(&tensor, taken)?;
            }
        }
        Ok(())
    }

    /// Padding may follow the last tensor; anything more is not this model.
    fn trailing(&mut self, bytes: &[u8]) -> Result<()> {
        self.at += bytes.len() as u64;
        let end = self.header.file_bytes() - self.header.data_start;
        if self.at > end.next_multiple_of(self.header.alignment) {
            return Err(Error::ModelFile(
                "it goes on after its last tensor; download it again".into(),
            ));
        }
        Ok(())
    }

    /// Takes bytes of one tensor, and stores it when they are all there.
    fn take(&mut self, tensor: &TensorInfo, bytes: &[u8]) -> Result<()> {
        let complete = self.at == tensor.offset + tensor.bytes;
        let slot = self.slots[self.current];
        let shape = slot.shape(&self.config);
        let convert = !requantize::is_native(tensor.dtype) && !matches!(shape, Shape::Vector(_));
        if self.raw.capacity() == 0 {
            let whole = usize::try_from(tensor.bytes).unwrap_or(usize::MAX);
            let room = if convert { CONVERT + bytes.len() } else { whole.min(RESERVE) };
            self.raw.try_reserve_exact(room).map_err(|_| out_of_memory())?;
        }
        self.raw.extend_from_slice(bytes);
        if convert && (complete || self.raw.len() >= CONVERT) {
            let block = tensor.dtype.type_size();
            // Pieces of whole source blocks whose values also fill whole Q8_0 blocks.
            let unit = block * (32 / tensor.dtype.block_size()).max(1);
            let ready = self.raw.len() / unit * unit;
            let values = requantize::dequantize(tensor.dtype, &self.raw[..ready])?;
            self.converted.extend(requantize::quantize(values)?);
            self.raw.drain(..ready);
        }
        if complete {
            let raw = std::mem::take(&mut self.raw);
            let kept = if convert { std::mem::take(&mut self.converted) } else { raw };
            let stored = self.store(slot, tensor, kept)?;
            self.gathered.insert(slot, stored);
            self.current += 1;
        }
        Ok(())
    }

    fn store(&self, slot: Slot, tensor: &TensorInfo, mut bytes: Vec<u8>) -> Result<Stored> {
        let config = &self.config;
        let format = requantize::kept_format(tensor.dtype);
        let shape = slot.shape(config);
        Ok(match shape {
            Shape::Vector(_) => {
                let values = requantize::dequantize(tensor.dtype, &bytes)?;
                if slot == Slot::RotaryFactors && values.iter().any(|&factor| factor <= 0.0) {
                    return Err(Error::ModelFile("its rotary factors are not positive".into()));
                }
                Stored::Vector(values)
            }
            Shape::Table(rows, cols) => Stored::Table(RowMatrix::new(format, bytes, rows, cols)?),
            Shape::Linear(rows, cols) => {
                let rotated = matches!(slot, Slot::Block(_, Part::Query | Part::Key));
                if rotated && config.architecture.has_interleaved_rotary() {
                    bytes = deinterleave(&bytes, rows, config.head_dim, config.rotary_dims);
                }
                Stored::Linear(PackedMatrix::pack(self.variant, format, &bytes, rows, cols)?)
            }
        })
    }

    fn finish(self) -> Result<Model> {
        if let Some(tensor) = self.header.tensors.get(self.current) {
            return Err(Error::ModelFile(format!(
                "it ends after {} of {} bytes, within {:?}; download it again",
                self.header.data_start + self.at,
                self.header.file_bytes(),
                tensor.name
            )));
        }
        let weights = self.gathered.assemble(&self.config, self.variant)?;
        Ok(Model::new(self.config, self.vocabulary, self.description, weights))
    }
}

/// Reorders the rows of each head from rotary pairs `(2i, 2i+1)` to halves `(i, i + n/2)`, so that
/// rotation runs over contiguous features for every architecture. Queries and keys are permuted
/// alike, which leaves their products as they were.
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
