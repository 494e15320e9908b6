//! Where each weight of a matrix stands in the tiles it is repacked into.

use crate::buffer::AlignedBytes;
use crate::codes::BLOCK;
use crate::format::{BlockFormat, scale};

/// How many consecutive input features stand together in a tile: as many as the dot-product
/// instruction adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Group {
    /// Two, for instructions on 16-bit pairs (`pmaddwd`, `i32x4.dot_i16x8`). Codes are signed.
    #[default]
    Pair,
    /// Four, for instructions on bytes (`vpdpbusd`, `sdot`).
    // No variant of a WebAssembly build without relaxed SIMD has it.
    #[cfg_attr(all(target_arch = "wasm32", not(feature = "relaxed-simd")), allow(dead_code))]
    Quad,
}

/// The shape of a variant's tiles and register blocks. The default is that of no variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Layout {
    pub group: Group,
    /// Whether the instruction takes weights as signed bytes. If not, and always for codes of 4 bits
    /// in groups of four, codes are stored with [`Layout::bias`] added.
    pub signed: bool,
    /// Outputs in a tile: two vectors' worth of i32 lanes.
    pub width: usize,
    /// Tokens in a register block: as many as have room for their sums.
    pub tokens: usize,
}

impl Group {
    /// Input features in a group.
    pub(crate) const fn len(self) -> usize {
        match self {
            Group::Pair => 2,
            Group::Quad => 4,
        }
    }
}

impl Layout {
    /// Bytes that one block of input features takes in a tile.
    pub(crate) const fn block_bytes(self, format: BlockFormat) -> usize {
        match format {
            BlockFormat::Q8_0 | BlockFormat::Q5_0 => BLOCK * self.width,
            BlockFormat::Q4_0 => BLOCK / 2 * self.width,
        }
    }

    /// What is added to a signed code before it is stored.
    pub(crate) const fn bias(self, format: BlockFormat) -> i32 {
        match (self.group, format) {
            (Group::Pair, _) => 0,
            (Group::Quad, BlockFormat::Q4_0) => 8,
            (Group::Quad, _) if self.signed => 0,
            (Group::Quad, BlockFormat::Q5_0) => 16,
            (Group::Quad, BlockFormat::Q8_0) => 128,
        }
    }

    /// Stores the codes of output `out` of a block in the block's zeroed bytes.
    ///
    /// - A byte each: `[k / group][out][k % group]`.
    /// - 4 bits, in pairs: a lane of 16 bits holds four codes, one for each of the vectors that it is
    ///   unpacked to (both halves of the outputs, at two successive pairs).
    /// - 4 bits, in fours: a byte holds a code of an even group of four in its low nibble, and the
    ///   code of the odd group after it in its high nibble.
    fn put(self, format: BlockFormat, bytes: &mut [u8], out: usize, codes: [i8; BLOCK]) {
        let bias = self.bias(format);
        let stored = codes.map(|code| (code as i32 + bias) as u8);
        match (self.group, format) {
            (group, BlockFormat::Q8_0 | BlockFormat::Q5_0) => {
                let len = group.len();
                let targets = bytes.chunks_exact_mut(self.width * len);
                for (target, stored) in targets.zip(stored.chunks_exact(len)) {
                    target[out * len..][..len].copy_from_slice(stored);
                }
            }
            (Group::Pair, BlockFormat::Q4_0) => {
                let half = self.width / 2;
                let shift = out / half * 4;
                for (target, k) in bytes.chunks_exact_mut(half * 4).zip((0..BLOCK).step_by(4)) {
                    let fours = [stored[k], stored[k + 2], stored[k + 1], stored[k + 3]];
                    let target = &mut target[out % half * 4..][..4];
                    target.iter_mut().zip(fours).for_each(|(to, four)| *to |= (four & 15) << shift);
                }
            }
            (Group::Quad, BlockFormat::Q4_0) => {
                let targets = bytes.chunks_exact_mut(self.width * 4);
                for (target, eight) in targets.zip(stored.chunks_exact(8)) {
                    let (low, high) = eight.split_at(4);
                    let target = &mut target[out * 4..][..4];
                    for ((to, low), high) in target.iter_mut().zip(low).zip(high) {
                        *to = low & 15 | high << 4;
                    }
                }
            }
        }
    }

    /// Repacks a checked matrix: codes `[tile][block][Layout::block_bytes]`, scales
    /// `[tile][block][output]`. Outputs beyond the last row have a scale of zero.
    pub(crate) fn pack(
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
                self.put(format, target, out, format.codes(source));
            }
        }
        (codes, scales)
    }
}
