//! What a GGUF file says before its data: metadata and the directory of tensors.

use candle_core::quantized::GgmlDType;

use super::Metadata;
use crate::error::{Error, Result};

/// The most dimensions a tensor may have (`GGML_MAX_DIMS`).
const MAX_DIMENSIONS: usize = 4;

/// One entry of the directory.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TensorInfo {
    pub name: String,
    /// In the file's order: the fastest-varying dimension (a matrix's `in_features`) first.
    pub dims: Vec<usize>,
    pub dtype: GgmlDType,
    /// From the start of the data, in bytes.
    pub offset: u64,
    /// Length of the data, in bytes.
    pub bytes: u64,
}

/// Everything before the data, checked in itself: shapes, types, offsets.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub version: u32,
    pub metadata: Metadata,
    /// In the order of their data, which lies back to back but for padding.
    pub tensors: Vec<TensorInfo>,
    /// Where the data begins in the file.
    pub data_start: u64,
    /// Tensor data begins at multiples of this, counted from `data_start`.
    pub alignment: u64,
}

impl Header {
    /// Bytes the whole file must have, up to the end of the last tensor; padding may follow.
    pub fn file_bytes(&self) -> u64 {
        self.data_start + self.tensors.last().map_or(0, |t| t.offset + t.bytes)
    }
}

impl TensorInfo {
    /// Checks one directory entry and works out how many bytes its data takes.
    pub fn new(name: String, dims: &[u64], type_id: u32, offset: u64) -> Result<Self> {
        let bad = |why: String| Error::ModelFile(format!("tensor {name:?} {why}"));
        if dims.is_empty() || dims.len() > MAX_DIMENSIONS {
            return Err(bad(format!("has {} dimensions", dims.len())));
        }
        let dtype = dtype(type_id).ok_or_else(|| {
            Error::ModelUnsupported(format!(
                "tensor {name:?} is of ggml type {type_id}{}; quantize the model to Q8_0, Q5_0 or Q4_0",
                type_name(type_id)
            ))
        })?;
        let (block, block_bytes) = (dtype.block_size() as u64, dtype.type_size() as u64);
        if !dims[0].is_multiple_of(block) {
            return Err(bad(format!(
                "has rows of {} values, which {dtype:?} cannot hold in blocks of {block}",
                dims[0]
            )));
        }
        // 2^40 values is far beyond any model; below it nothing that follows can overflow.
        let elements = dims
            .iter()
            .try_fold(1u64, |n, &d| n.checked_mul(d))
            .filter(|n| (1..=1 << 40).contains(n))
            .ok_or_else(|| bad(format!("has the impossible shape {dims:?}")))?;
        let dims = dims
            .iter()
            .map(|&d| usize::try_from(d))
            .collect::<std::result::Result<_, _>>()
            .map_err(|_| bad(format!("is too large for this machine: {dims:?}")))?;
        Ok(Self { name, dims, dtype, offset, bytes: elements / block * block_bytes })
    }
}

/// Checks that tensors lie back to back in the order of the directory, as every writer lays them
/// out: what cannot overlap or leave a hole can be read in one pass.
pub(super) fn check_layout(tensors: &[TensorInfo], alignment: u64) -> Result<()> {
    let mut expected = 0u64;
    for tensor in tensors {
        if tensor.offset != expected {
            return Err(Error::ModelFile(format!(
                "tensor {:?} is said to be at offset {}, where {expected} is expected; \
                 download or convert it again",
                tensor.name, tensor.offset
            )));
        }
        expected = expected
            .checked_add(tensor.bytes)
            .and_then(|end| end.checked_next_multiple_of(alignment))
            .ok_or_else(|| Error::ModelFile("its tensors are impossibly large".into()))?;
    }
    Ok(())
}

/// The ggml types candle can dequantize, by their number in `ggml.h`.
fn dtype(id: u32) -> Option<GgmlDType> {
    Some(match id {
        0 => GgmlDType::F32,
        1 => GgmlDType::F16,
        2 => GgmlDType::Q4_0,
        3 => GgmlDType::Q4_1,
        6 => GgmlDType::Q5_0,
        7 => GgmlDType::Q5_1,
        8 => GgmlDType::Q8_0,
        10 => GgmlDType::Q2K,
        11 => GgmlDType::Q3K,
        12 => GgmlDType::Q4K,
        13 => GgmlDType::Q5K,
        14 => GgmlDType::Q6K,
        30 => GgmlDType::BF16,
        _ => return None,
    })
}

/// Names of the types seen in the wild that are not run, for the message.
fn type_name(id: u32) -> &'static str {
    match id {
        16 | 17 | 18 | 19 | 21 | 22 | 29 => " (an IQ1/IQ2/IQ3 format)",
        20 => " (IQ4_NL)",
        23 => " (IQ4_XS)",
        24..=27 => " (integers)",
        28 => " (F64)",
        34 | 35 => " (a ternary format)",
        39 => " (MXFP4)",
        _ => "",
    }
}
