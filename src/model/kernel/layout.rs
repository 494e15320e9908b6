//! Where each weight of a matrix stands in memory: GGUF's blocks, and the tiles they become.

use half::f16;

use super::buffer::AlignedBytes;
use crate::error::{Error, Result};

/// Weights in a block, along the input features.
pub(super) const BLOCK: usize = 32;

/// How a GGUF file stores 32 consecutive weights of a row: an f16 scale and 32 codes.
/// Source: `block_q8_0`, `block_q5_0` and `block_q4_0` in ggml's `ggml-common.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockFormat {
    /// 34 bytes: the scale, then 32 signed bytes.
    Q8_0,
    /// 22 bytes: the scale, four bytes with the fifth bit of each code, code k's in bit k, then nibbles as
    /// `Q4_0` has them; the weight is (code - 16) * scale. In tiles a code takes a byte.
    Q5_0,
    /// 18 bytes: the scale, then 16 bytes whose low nibbles are codes 0 to 15 and whose high nibbles
    /// are codes 16 to 31; the weight is (nibble - 8) * scale.
    Q4_0,
}

impl BlockFormat {
    /// All of them.
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
    pub(super) fn codes(self, block: &[u8]) -> [i8; BLOCK] {
        let bytes = &block[2..];
        match self {
            BlockFormat::Q8_0 => std::array::from_fn(|k| bytes[k] as i8),
            BlockFormat::Q5_0 => {
                let upper = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
                std::array::from_fn(|k| {
                    (nibble(&bytes[4..], k) | ((upper >> k) as u8 & 1) << 4) as i8 - 16
                })
            }
            BlockFormat::Q4_0 => std::array::from_fn(|k| nibble(bytes, k) as i8 - 8),
        }
    }

    /// Checks that `bytes` is a whole matrix whose scales are all finite.
    pub(super) fn check(self, bytes: &[u8], rows: usize, columns: usize) -> Result<()> {
        let wrong = |what: String| Err(Error::ModelFile(what));
        if columns == 0 || rows == 0 || !columns.is_multiple_of(BLOCK) {
            return wrong(format!("a {self:?} matrix of {rows} by {columns} cannot be"));
        }
        let blocks = rows.checked_mul(columns / BLOCK);
        if blocks.and_then(|n| n.checked_mul(self.block_bytes())) != Some(bytes.len()) {
            return wrong(format!(
                "a {self:?} matrix of {rows} by {columns} does not fit {} bytes",
                bytes.len()
            ));
        }
        match bytes.chunks_exact(self.block_bytes()).position(|block| !scale(block).is_finite()) {
            Some(at) => wrong(format!("the scale of block {at} of a matrix is not a number")),
            None => Ok(()),
        }
    }
}

/// Nibble `k` of 32: the low ones of 16 bytes, then the high ones.
fn nibble(bytes: &[u8], k: usize) -> u8 {
    let byte = bytes[k % 16];
    if k < 16 { byte & 15 } else { byte >> 4 }
}

/// The scale of a GGUF block.
pub(super) fn scale(block: &[u8]) -> f32 {
    f16::from_le_bytes([block[0], block[1]]).to_f32_const()
}

/// How many consecutive input features stand together in a tile: as many as the dot-product
/// instruction adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Two, for instructions on 16-bit pairs (`pmaddwd`, `i32x4.dot_i16x8`). Codes are signed.
    Pair,
    /// Four, for instructions on unsigned bytes by signed bytes (`vpdpbusd`). Codes are stored
    /// with [`Layout::bias`] added.
    Quad,
    /// Four, for instructions on signed bytes (`sdot`). Only nibbles have a bias.
    SignedQuad,
}

/// The shape of a variant's tiles and register blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub group: Group,
    /// Outputs in a tile: two vectors' worth of i32 lanes.
    pub width: usize,
    /// Tokens in a register block: as many as have room for their sums.
    pub tokens: usize,
}

impl Group {
    /// Input features in a group.
    pub(super) const fn len(self) -> usize {
        match self {
            Group::Pair => 2,
            Group::Quad | Group::SignedQuad => 4,
        }
    }
}

impl Layout {
    /// Bytes that one block of input features takes in a tile.
    pub(super) const fn block_bytes(self, format: BlockFormat) -> usize {
        match format {
            BlockFormat::Q8_0 | BlockFormat::Q5_0 => BLOCK * self.width,
            BlockFormat::Q4_0 => BLOCK / 2 * self.width,
        }
    }

    /// What is added to a signed code before it is stored.
    pub(super) const fn bias(self, format: BlockFormat) -> i32 {
        match (self.group, format) {
            (Group::Pair, _) | (Group::SignedQuad, BlockFormat::Q8_0 | BlockFormat::Q5_0) => 0,
            (Group::Quad, BlockFormat::Q8_0) => 128,
            (Group::Quad, BlockFormat::Q5_0) => 16,
            (Group::Quad | Group::SignedQuad, BlockFormat::Q4_0) => 8,
        }
    }

    /// Stores `code`, of output `out` and input `k` of a block, in the block's zeroed bytes.
    ///
    /// A byte each: `[k / group][out][k % group]`. 4 bits, in pairs: 16-bit lanes hold four codes, one
    /// for each of the vectors they unpack to (both halves of the outputs, at two successive
    /// pairs). 4 bits, in fours: bytes hold a code of an even group of four and, above it, the code
    /// of the odd group after it.
    fn put(self, format: BlockFormat, bytes: &mut [u8], out: usize, k: usize, code: i8) {
        let stored = (code as i32 + self.bias(format)) as u8;
        match (self.group, format) {
            (Group::Pair, BlockFormat::Q8_0 | BlockFormat::Q5_0) => {
                bytes[(k / 2 * self.width + out) * 2 + k % 2] = stored;
            }
            (Group::Quad | Group::SignedQuad, BlockFormat::Q8_0 | BlockFormat::Q5_0) => {
                bytes[(k / 4 * self.width + out) * 4 + k % 4] = stored;
            }
            (Group::Pair, BlockFormat::Q4_0) => {
                let half = self.width / 2;
                let lane = k / 4 * self.width + (out % half) * 2 + k % 2;
                let nibble = (k / 2 % 2) * 2 + out / half;
                bytes[lane * 2 + nibble / 2] |= (stored & 15) << (nibble % 2 * 4);
            }
            (Group::Quad | Group::SignedQuad, BlockFormat::Q4_0) => {
                let at = (k / 8 * self.width + out) * 4 + k % 4;
                bytes[at] |= (stored & 15) << (k / 4 % 2 * 4);
            }
        }
    }

    /// Repacks a checked matrix: codes `[tile][block][..]`, scales
    /// `[tile][block][output]`. Outputs beyond the last are zero.
    pub(super) fn pack(
        self,
        format: BlockFormat,
        bytes: &[u8],
        rows: usize,
        columns: usize,
    ) -> (AlignedBytes, Vec<f32>) {
        let (tiles, blocks) = (rows.div_ceil(self.width), columns / BLOCK);
        let block_bytes = self.block_bytes(format);
        let mut codes = AlignedBytes::zeroed(tiles * blocks * block_bytes);
        let mut scales = vec![0.0; tiles * blocks * self.width];
        for (row, source) in bytes.chunks_exact(blocks * format.block_bytes()).enumerate() {
            let (tile, out) = (row / self.width, row % self.width);
            for (block, source) in source.chunks_exact(format.block_bytes()).enumerate() {
                let at = tile * blocks + block;
                scales[at * self.width + out] = scale(source);
                let target = &mut codes.as_mut_slice()[at * block_bytes..][..block_bytes];
                for (k, code) in format.codes(source).into_iter().enumerate() {
                    self.put(format, target, out, k, code);
                }
            }
        }
        (codes, scales)
    }
}
