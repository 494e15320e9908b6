//! The header of a GGUF file: metadata and the directory of tensors.

use candle_core::quantized::GgmlDType;

use super::Metadata;
use crate::error::{Error, Result};

/// The most dimensions a tensor may have (`GGML_MAX_DIMS`).
const MAX_DIMENSIONS: usize = 4;

/// The most values in a tensor: far above any model, and low enough that sizes in bytes cannot
/// overflow.
const MAX_VALUES: u64 = 1 << 40;

/// An entry of the directory.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TensorInfo {
    pub name: String,
    /// The fastest-varying dimension (`in_features` of a matrix) first, as in the file.
    pub dims: Vec<usize>,
    pub dtype: GgmlDType,
    /// Where the tensor's data begins, in bytes from the start of the data.
    pub offset: u64,
    /// Length of the tensor's data, in bytes.
    pub bytes: u64,
}

/// Everything before the data. Shapes, types and offsets have been checked.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub version: u32,
    pub metadata: Metadata,
    /// In the order of their data, which is contiguous except for padding.
    pub tensors: Vec<TensorInfo>,
    /// Where the data begins, in bytes from the start of the file.
    pub data_start: u64,
    /// The offset of every tensor is a multiple of this.
    pub alignment: u64,
}

impl Header {
    /// Size of the file in bytes, up to the end of the last tensor. Padding may follow.
    pub fn file_bytes(&self) -> u64 {
        self.data_start + self.tensors.last().map_or(0, |t| t.offset + t.bytes)
    }
}

impl TensorInfo {
    /// Checks a directory entry and computes the length of its data.
    ///
    /// # Errors
    /// [`Error::ModelFile`] for an impossible shape; [`Error::ModelUnsupported`] for an unknown type.
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
        let elements = dims
            .iter()
            .try_fold(1u64, |n, &d| n.checked_mul(d))
            .filter(|n| (1..=MAX_VALUES).contains(n))
            .ok_or_else(|| bad(format!("has the impossible shape {dims:?}")))?;
        let dims = dims
            .iter()
            .map(|&d| usize::try_from(d))
            .collect::<std::result::Result<_, _>>()
            .map_err(|_| bad(format!("is too large for this machine: {dims:?}")))?;
        Ok(Self { name, dims, dtype, offset, bytes: elements / block * block_bytes })
    }
}

/// Checks that the tensors' data is contiguous except for padding, in the order of the directory. All
/// writers lay tensors out so, and then they can be read in one pass.
///
/// # Errors
/// [`Error::ModelFile`] if it is not.
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

/// The ggml types that candle can dequantize, by their number in `ggml.h`.
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

/// The names of known types that are not supported, for the error message.
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
