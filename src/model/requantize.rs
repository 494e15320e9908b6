//! Tensor types of GGUF to what the kernels multiply. Q8_0, Q5_0 and Q4_0 are used as they are; all
//! other types are dequantized by candle and quantized to Q8_0.

use std::borrow::Cow;

use bioner_kernels::BlockFormat;
use candle_core::quantized::{GgmlDType, QStorage, QTensor};
use candle_core::{Device, Storage, Tensor};

use crate::error::{Error, Result};

/// The largest absolute value that Q8_0 can store: the scale of a block is a half-precision number,
/// at most 65504, and a code is at most 127.
const MAX_Q8_0: f32 = 65504.0 * 127.0;

/// The format in which a matrix of this type is stored.
pub(super) fn stored_format(dtype: GgmlDType) -> BlockFormat {
    match dtype {
        GgmlDType::Q5_0 => BlockFormat::Q5_0,
        GgmlDType::Q4_0 => BlockFormat::Q4_0,
        _ => BlockFormat::Q8_0,
    }
}

/// Whether the bytes of this type are used without conversion.
pub(super) fn is_native(dtype: GgmlDType) -> bool {
    matches!(dtype, GgmlDType::Q4_0 | GgmlDType::Q5_0 | GgmlDType::Q8_0)
}

/// Whole blocks of any supported type as f32 values, all finite.
///
/// # Errors
/// [`Error::ModelFile`] if a value is infinite or not a number: the file is damaged.
pub(super) fn dequantize(dtype: GgmlDType, bytes: &[u8]) -> Result<Vec<f32>> {
    let values = tensor(dtype, bytes)?;
    check(&values, f32::MAX)?;
    Ok(values.to_vec1()?)
}

/// Whole blocks of any supported type as Q8_0 blocks. The number of values must be a multiple of
/// 32.
///
/// # Errors
/// [`Error::ModelFile`] if a value is not a number or too large for Q8_0: the file is damaged.
pub(super) fn to_q8_0(dtype: GgmlDType, bytes: &[u8]) -> Result<Vec<u8>> {
    let values = tensor(dtype, bytes)?;
    check(&values, MAX_Q8_0)?;
    Ok(QTensor::quantize(&values, GgmlDType::Q8_0)?.data()?.into_owned())
}

/// The values of whole blocks, `[n]` f32.
fn tensor(dtype: GgmlDType, bytes: &[u8]) -> Result<Tensor> {
    let elements = bytes.len() / dtype.type_size() * dtype.block_size();
    // candle reads blocks in place and needs them aligned, which a byte buffer need not be.
    let mut buffer = vec![0u8; bytes.len() + align_of::<f32>()];
    let start = buffer.as_ptr().align_offset(align_of::<f32>());
    let aligned = buffer
        .get_mut(start..start + bytes.len())
        .ok_or_else(|| Error::Internal("no aligned place in the buffer".into()))?;
    aligned.copy_from_slice(bytes);
    let storage = QStorage::from_data(Cow::Borrowed(aligned), &Device::Cpu, dtype)?;
    Ok(QTensor::new(storage, elements)?.dequantize(&Device::Cpu)?)
}

/// Checks that no value is beyond `max` in size, infinite, or not a number.
fn check(values: &Tensor, max: f32) -> Result<()> {
    let (storage, _) = values.storage_and_layout();
    let Storage::Cpu(storage) = &*storage else {
        return Err(Error::Internal("a tensor is not in memory".into()));
    };
    match storage.as_slice::<f32>()?.iter().all(|value| value.abs() <= max) {
        true => Ok(()),
        false => {
            Err(Error::ModelFile("it holds weights that are not numbers; download it again".into()))
        }
    }
}
