//! 128-bit SIMD: `i32x4.dot_i16x8` on pairs of input features.
//!
//! For a few tokens the weights are widened to 16 bits as they are loaded; for more, a whole tile is
//! widened once.

use std::arch::wasm32::*;

use super::vectors::{Simd128, TOKENS};
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

/// The fewest tokens for which it pays to widen a whole tile first.
const MIN_TOKENS_TO_WIDEN: usize = 12;

pub(crate) const LAYOUT: Layout =
    Layout { group: Group::Pair, signed: true, width: Simd128::WIDTH, tokens: TOKENS };

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant).
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
                BlockFormat::Q8_0 | BlockFormat::Q5_0 if x.tokens() == 1 => {
                    let dot = Sums32::<Pairs, Bytes, 2>::new(Bytes(codes), 0);
                    driver::multiply::<1, 0, _>(dot, tile, x, 0, output, codes);
                }
                BlockFormat::Q8_0 | BlockFormat::Q5_0 => {
                    multiply::<1, _>(Bytes(codes), tile, x, output);
                }
                BlockFormat::Q4_0 => multiply::<2, _>(PairNibbles(codes), tile, x, output),
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
            multiply::<1, _>(Plain(widened.cast()), tile, x, output);
        }
    }
}

#[inline(always)]
unsafe fn multiply<const N: usize, S>(source: S, tile: Tile<'_>, x: &Activations, output: Output)
where
    S: Source<N, Vectors = Simd128>,
{
    let dot = Sums32::<Pairs, S, N>::new(source, 0);
    // SAFETY: the caller's conditions.
    unsafe { driver::multiply_tile::<TOKENS, _>(dot, tile, x, output) }
}

#[derive(Clone, Copy)]
struct Pairs;

impl Instruction for Pairs {
    type Vectors = Simd128;

    const GROUP: usize = 2;

    #[inline(always)]
    unsafe fn add(sums: v128, weights: v128, x: v128) -> v128 {
        i32x4_add(sums, i32x4_dot_i16x8(weights, x))
    }
}

/// Codes of 8 bits, as packed.
#[derive(Clone, Copy)]
struct Bytes(*const u8);

impl<const N: usize> Source<N> for Bytes {
    type Vectors = Simd128;

    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights<Simd128>; N] {
        // SAFETY: by this function's own condition.
        std::array::from_fn(|_| unsafe {
            let from = self.0.cast::<i8>();
            self.0 = self.0.add(16);
            [i16x8_load_extend_i8x8(from), i16x8_load_extend_i8x8(from.add(8))]
        })
    }
}

/// Codes of 4 bits, as packed: every lane of 16 bits holds one of each of four vectors.
#[derive(Clone, Copy)]
struct PairNibbles(*const u8);

impl Source<2> for PairNibbles {
    type Vectors = Simd128;

    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights<Simd128>; 2] {
        // SAFETY: by this function's own condition.
        unsafe {
            let lanes = v128_load(self.0.cast());
            self.0 = self.0.add(16);
            let vector = |left| i16x8_shr(i16x8_shl(lanes, left), 12);
            [[vector(12), vector(8)], [vector(4), i16x8_shr(lanes, 12)]]
        }
    }
}
