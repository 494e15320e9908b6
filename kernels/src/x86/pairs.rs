//! AVX2: `vpmaddwd` on pairs of input features.
//!
//! For a few tokens the weights are widened to 16 bits as they are loaded; for more, a whole tile is
//! widened once. `vpmaddubsw`, which takes twice as many weights in an instruction, would saturate
//! with weights of 8 bits; for those of fewer bits there is [`narrow`](super::narrow).

use std::arch::x86_64::*;

use super::vectors::Ymm;
use crate::activations::Activations;
use crate::buffer::AlignedBytes;
use crate::codes::BLOCK;
use crate::format::BlockFormat;
use crate::layout::{Group, Layout};
use crate::simd::driver;
use crate::simd::source::{Plain, Source, unpack};
use crate::simd::sums32::{Instruction, Sums32};
use crate::simd::vectors::{Vectors, Weights};
use crate::tile::{Output, Tile};

/// Eight sums, two weight vectors, a product and an activation fit the sixteen registers, and eight
/// are enough in flight to hide the latency of the instruction.
const TOKENS: usize = 4;

/// The fewest tokens for which it pays to widen a whole tile first.
const MIN_TOKENS_TO_WIDEN: usize = 16;

pub(crate) const LAYOUT: Layout =
    Layout { group: Group::Pair, signed: true, width: Ymm::WIDTH, tokens: TOKENS };

/// Whether this machine can run it.
pub(crate) fn available() -> bool {
    is_x86_feature_detected!("avx2")
}

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant); the machine has AVX2.
#[target_feature(enable = "avx2")]
pub(crate) unsafe fn multiply_tile(
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let codes = tile.codes.as_ptr();
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        if x.tokens() < MIN_TOKENS_TO_WIDEN {
            match tile.format {
                BlockFormat::Q8_0 | BlockFormat::Q5_0 => multiply(Bytes(codes), tile, x, output),
                BlockFormat::Q4_0 => multiply(PairNibbles(codes), tile, x, output),
            }
        } else {
            // Two pairs of input features in a step, for each of the tile's outputs.
            let steps = tile.scales.len() / LAYOUT.width * BLOCK / 4;
            let widened = panel.reserve(tile.scales.len() * BLOCK * 2).as_mut_ptr();
            match tile.format {
                BlockFormat::Q8_0 | BlockFormat::Q5_0 => {
                    unpack(Bytes(codes), steps, widened.cast());
                }
                BlockFormat::Q4_0 => unpack(PairNibbles(codes), steps, widened.cast()),
            }
            multiply(Plain(widened.cast()), tile, x, output);
        }
    }
}

#[inline(always)]
unsafe fn multiply<S>(source: S, tile: Tile<'_>, x: &Activations, output: Output)
where
    S: Source<2, Vectors = Ymm>,
{
    let dot = Sums32::<Pairs, S, 2>::new(source, 0);
    // SAFETY: the caller's conditions.
    unsafe { driver::multiply_tile::<TOKENS, _>(dot, tile, x, output) }
}

#[derive(Clone, Copy)]
struct Pairs;

impl Instruction for Pairs {
    type Vectors = Ymm;

    const GROUP: usize = 2;

    #[inline(always)]
    unsafe fn add(sums: __m256i, weights: __m256i, x: __m256i) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_add_epi32(sums, _mm256_madd_epi16(weights, x)) }
    }
}

/// Codes of 8 bits, as packed.
#[derive(Clone, Copy)]
struct Bytes(*const u8);

impl Source<2> for Bytes {
    type Vectors = Ymm;

    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights<Ymm>; 2] {
        // SAFETY: by this function's own condition.
        unsafe {
            let [a, b, c, d] = self.0.cast::<[__m128i; 4]>().read_unaligned();
            self.0 = self.0.add(64);
            [
                [_mm256_cvtepi8_epi16(a), _mm256_cvtepi8_epi16(b)],
                [_mm256_cvtepi8_epi16(c), _mm256_cvtepi8_epi16(d)],
            ]
        }
    }
}

/// Codes of 4 bits, as packed: every lane of 16 bits holds one of each of four vectors.
#[derive(Clone, Copy)]
struct PairNibbles(*const u8);

impl Source<2> for PairNibbles {
    type Vectors = Ymm;

    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights<Ymm>; 2] {
        // SAFETY: by this function's own condition.
        unsafe {
            let lanes = _mm256_loadu_si256(self.0.cast());
            self.0 = self.0.add(32);
            [
                [
                    _mm256_srai_epi16(_mm256_slli_epi16(lanes, 12), 12),
                    _mm256_srai_epi16(_mm256_slli_epi16(lanes, 8), 12),
                ],
                [_mm256_srai_epi16(_mm256_slli_epi16(lanes, 4), 12), _mm256_srai_epi16(lanes, 12)],
            ]
        }
    }
}
