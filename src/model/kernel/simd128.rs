//! WebAssembly's 128-bit SIMD: `i32x4.dot_i16x8` on pairs of input features.
//!
//! For a few tokens the weights are widened to 16 bits as they are loaded; for more, a whole tile is
//! widened once.

use std::arch::wasm32::*;

use super::activations::Activations;
use super::buffer::AlignedBytes;
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::simd128_block::{
    Add, Plain, Source, Straight, TOKENS, WIDTH, Weights, multiply, multiply_all, unpack,
};
use super::variant::{Output, Tile};

/// Tokens from which on it pays to widen a whole tile first.
const MANY: usize = 12;

pub(super) const LAYOUT: Layout = Layout { group: Group::Pair, width: WIDTH, tokens: TOKENS };

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant).
pub(super) unsafe fn multiply_tile(
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let codes = tile.codes.as_ptr();
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        if x.tokens() < MANY {
            match tile.format {
                BlockFormat::Q8_0 | BlockFormat::Q5_0 if x.tokens() == 1 => multiply::<1, 0>(
                    pairs::<_, 2>(Packed8(codes)),
                    tile,
                    x,
                    0,
                    output,
                    tile.codes.as_ptr(),
                ),
                BlockFormat::Q8_0 | BlockFormat::Q5_0 => {
                    multiply_all(pairs::<_, 1>(Packed8(codes)), tile, x, output);
                }
                BlockFormat::Q4_0 => {
                    multiply_all(pairs::<_, 2>(Packed4(codes)), tile, x, output);
                }
            }
        } else {
            let steps = tile.scales.len();
            let widened = panel.reserve(steps * BLOCK * 2).as_mut_ptr();
            match tile.format {
                BlockFormat::Q8_0 | BlockFormat::Q5_0 => {
                    unpack(Packed8(codes), steps, widened.cast())
                }
                BlockFormat::Q4_0 => unpack(Packed4(codes), steps, widened.cast()),
            }
            multiply_all(pairs::<_, 1>(Plain(widened.cast())), tile, x, output);
        }
    }
}

fn pairs<S, const N: usize>(source: S) -> Straight<Pairs, S, N> {
    Straight { add: Pairs, source, bias: 0 }
}

#[derive(Clone, Copy)]
struct Pairs;

impl Add for Pairs {
    const GROUP: usize = 2;

    #[inline(always)]
    fn add(self, sums: v128, weights: v128, x: v128) -> v128 {
        i32x4_add(sums, i32x4_dot_i16x8(weights, x))
    }
}

/// Codes of 8 bits, as packed.
#[derive(Clone, Copy)]
struct Packed8(*const u8);

impl<const N: usize> Source<N> for Packed8 {
    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights; N] {
        // SAFETY: by this function's own condition.
        std::array::from_fn(|_| unsafe {
            let from = self.0.cast::<i8>();
            self.0 = self.0.add(16);
            [i16x8_load_extend_i8x8(from), i16x8_load_extend_i8x8(from.add(8))]
        })
    }
}

/// Codes of 4 bits, as packed: every lane holds one of each of four vectors.
#[derive(Clone, Copy)]
struct Packed4(*const u8);

impl Source<2> for Packed4 {
    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights; 2] {
        // SAFETY: by this function's own condition.
        unsafe {
            let lanes = v128_load(self.0.cast());
            self.0 = self.0.add(16);
            let vector = |left| i16x8_shr(i16x8_shl(lanes, left), 12);
            [[vector(12), vector(8)], [vector(4), i16x8_shr(lanes, 12)]]
        }
    }
}
