//! The blocks of weights in a GGUF file.

use half::f16;

use crate::codes::BLOCK;

/// How a GGUF file stores 32 consecutive weights of a row: an f16 scale and 32 codes.
/// Source: `block_q8_0`, `block_q5_0` and `block_q4_0` in ggml's `ggml-common.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockFormat {
    /// 34 bytes: the scale, then 32 signed bytes; the weight is code * scale.
    Q8_0,
    /// 22 bytes: the scale, four bytes whose bit k is the fifth bit of code k, then the lower four bits
    /// of the codes as in `Q4_0`; the weight is (code - 16) * scale. In tiles a code takes a byte.
    Q5_0,
    /// 18 bytes: the scale, then 16 bytes whose low nibbles are codes 0 to 15 and whose high nibbles
    /// are codes 16 to 31; the weight is (nibble - 8) * scale.
    Q4_0,
}

impl BlockFormat {
    /// Every format.
    pub const ALL: [BlockFormat; 3] = [BlockFormat::Q8_0, BlockFormat::Q5_0, BlockFormat::Q4_0];

    /// Bytes of a block in the file.
    pub const fn block_bytes(self) -> usize {
        match self {
            BlockFormat::Q8_0 => 34,
            BlockFormat::Q5_0 => 22,
            BlockFormat::Q4_0 => 18,
        }
    }

    /// The 32 signed codes of a block.
    #[inline]
    pub(crate) fn codes(self, block: &[u8]) -> [i8; BLOCK] {
        let bytes = &block[2..];
        match self {
            BlockFormat::Q8_0 => std::array::from_fn(|k| bytes[k] as i8),
            BlockFormat::Q5_0 => {
                let upper = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
                let lower = nibbles(&bytes[4..]);
                std::array::from_fn(|k| (lower[k] | ((upper >> k) as u8 & 1) << 4) as i8 - 16)
            }
            BlockFormat::Q4_0 => nibbles(bytes).map(|nibble| nibble as i8 - 8),
        }
    }
}

/// The nibbles of 16 bytes: first the low ones, then the high ones.
#[inline]
fn nibbles(bytes: &[u8]) -> [u8; BLOCK] {
    let mut nibbles = [0; BLOCK];
    let (low, high) = nibbles.split_at_mut(BLOCK / 2);
    for ((low, high), byte) in low.iter_mut().zip(high).zip(bytes) {
        (*low, *high) = (byte & 15, byte >> 4);
    }
    nibbles
}

/// The scale of a GGUF block.
pub(crate) fn scale(block: &[u8]) -> f32 {
    stored_scale(block).to_f32_const()
}

/// The scale of a GGUF block as the file has it.
pub(crate) fn stored_scale(block: &[u8]) -> f16 {
    f16::from_le_bytes([block[0], block[1]])
}
