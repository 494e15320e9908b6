//! GGML types to what the kernels multiply: Q8_0, Q5_0 and Q4_0 as they are, all others through candle
//! to f32 and back to Q8_0.

use std::borrow::Cow;

use bioner_kernels::BlockFormat;
use candle_core::quantized::{GgmlDType, QStorage, QTensor};
use candle_core::{Device, Tensor};

use crate::error::{Error, Result};

/// The format a tensor of this type is kept in.
pub(super) fn kept_format(dtype: GgmlDType) -> BlockFormat {
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

/// Values of any supported type as f32, all finite.
///
/// # Errors
/// [`Error::ModelFile`] if a value is infinite or not a number: the file is damaged.
pub(super) fn dequantize(dtype: GgmlDType, bytes: &[u8]) -> Result<Vec<f32>> {
    let elements = bytes.len() / dtype.type_size() * dtype.block_size();
    // candle reads blocks in place and insists on their alignment, which a byte buffer lacks.
    let mut buffer = vec![0u8; bytes.len() + align_of::<f32>()];
    let start = buffer.as_ptr().align_offset(align_of::<f32>());
    let aligned = buffer
        .get_mut(start..start + bytes.len())
        .ok_or_else(|| Error::Internal("no aligned place in the buffer".into()))?;
    aligned.copy_from_slice(bytes);
    let storage = QStorage::from_data(Cow::Borrowed(aligned), &Device::Cpu, dtype)?;
    let values = QTensor::new(storage, elements)?.dequantize(&Device::Cpu)?.to_vec1::<f32>()?;
    match values.iter().all(|v| v.is_finite()) {
        true => Ok(values),
        false => Err(not_finite()),
    }
}

/// Values to Q8_0 blocks; their number must be a multiple of 32.
pub(super) fn quantize(values: Vec<f32>) -> Result<Vec<u8>> {
    // Beyond this the scale of a block does not fit its half-precision number.
    if values.iter().any(|v| v.abs() > 65504.0 * 127.0) {
        return Err(not_finite());
    }
    let elements = values.len();
    let tensor = Tensor::from_vec(values, elements, &Device::Cpu)?;
    let quantized = QTensor::quantize(&tensor, GgmlDType::Q8_0)?;
    Ok(quantized.data()?.into_owned())
}

fn not_finite() -> Error {
    Error::ModelFile("it holds weights that are not numbers; download it again".into())
}
