//! Relaxed SIMD on machines whose instruction for 32-bit sums is three of their own (x86-64 without
//! AVX-VNNI): `i16x8.relaxed_dot_i8x16_i7x16_s`, which is one, with sums of 16 bits
//! ([`sums16`](crate::simd::sums16)). Weights of 8 bits gain nothing over 16-bit pairs, and lose
//! nothing.

use std::arch::wasm32::*;

use super::relaxed::{self, MIN_TOKENS_TO_UNPACK, unpack_nibbles};
use super::vectors::{Simd128, TOKENS};
use crate::activations::Activations;
use crate::buffer::AlignedBytes;
use crate::codes::PairSums;
use crate::format::BlockFormat;
use crate::layout::Layout;
use crate::simd::driver;
use crate::simd::nibbles::Nibbles;
use crate::simd::source::{Plain, Source};
use crate::simd::sums16::{Instructions, Narrow, TwoNibbles};
use crate::tile::{Output, Tile};

pub(crate) const LAYOUT: Layout = relaxed::UNSIGNED;

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant).
#[target_feature(enable = "relaxed-simd")]
pub(crate) unsafe fn multiply_tile(
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let codes = tile.codes.as_ptr().cast();
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 => {
                let dot = TwoNibbles::<Fours, Plain<Simd128>, 1>::new(Plain(codes));
                driver::multiply_tile::<TOKENS, _>(dot, tile, x, output);
            }
            BlockFormat::Q5_0 => multiply::<1, _>(Plain(codes), tile, x, output),
            BlockFormat::Q4_0 if x.tokens() < MIN_TOKENS_TO_UNPACK => {
                multiply::<2, _>(Nibbles(codes), tile, x, output);
            }
            BlockFormat::Q4_0 => {
                multiply::<1, _>(unpack_nibbles(tile, panel), tile, x, output);
            }
        }
    }
}

#[inline(always)]
unsafe fn multiply<const N: usize, S>(source: S, tile: Tile<'_>, x: &Activations, output: Output)
where
    S: Source<N, Vectors = Simd128>,
{
    let dot = Narrow::<Fours, S, N>::new(source, LAYOUT.bias(tile.format));
    // SAFETY: the caller's conditions.
    unsafe { driver::multiply_tile::<TOKENS, _>(dot, tile, x, output) }
}

#[derive(Clone, Copy)]
struct Fours;

impl Instructions for Fours {
    type Vectors = Simd128;

    #[inline(always)]
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> v128 {
        // SAFETY: by this function's own condition.
        i16x8_mul(unsafe { v128_load32_splat(sums.cast()) }, i16x8_splat(factor))
    }

    #[inline(always)]
    unsafe fn add(sums: v128, weights: v128, x: v128) -> v128 {
        i16x8_add(sums, i16x8_relaxed_dot_i8x16_i7x16(x, weights))
    }

    #[inline(always)]
    unsafe fn widen(sums: v128, factor: i16) -> v128 {
        i32x4_dot_i16x8(sums, i16x8_splat(factor))
    }

    #[inline(always)]
    unsafe fn add_wide(a: v128, b: v128) -> v128 {
        i32x4_add(a, b)
    }
}
