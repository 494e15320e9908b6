//! Relaxed SIMD: `i32x4.relaxed_dot_i8x16_i7x16_add` on fours of input features.
//!
//! The instruction promises a result only for weights of 7 bits, which those of up to 5 bits are. It
//! takes weights of 8 bits as signed (like Arm's `sdot`), or as unsigned (like `vpdpbusd` on
//! x86-64), or as unsigned and saturates on the way (x86-64 without that); the specification fixes
//! the choice for an environment. So the machine is asked once what it does. Weights are stored as it
//! takes them, and where it saturates, [`narrow`](super::narrow) is used instead.
//!
//! An engine compiles code that gets warm anew, and its compilers need not agree. So when a tile is
//! done, the code that did it asks again, once. If the answer has changed, the tile is done again
//! without relaxed instructions ([`Exact`]): slower, and right.

use std::arch::wasm32::*;
use std::hint::black_box;

use super::vectors::{Simd128, TOKENS};
use crate::activations::Activations;
use crate::buffer::AlignedBytes;
use crate::codes::BLOCK;
use crate::format::BlockFormat;
use crate::layout::{Group, Layout};
use crate::simd::driver;
use crate::simd::nibbles::Nibbles;
use crate::simd::source::{Plain, Source, unpack};
use crate::simd::sums32::{Instruction, Sums32};
use crate::simd::vectors::Vectors;
use crate::tile::{Output, Tile};

/// The fewest tokens for which it pays to unpack a whole tile of 4-bit weights first.
pub(super) const MIN_TOKENS_TO_UNPACK: usize = 12;

/// The layout where weights of 8 bits are taken as unsigned.
pub(crate) const UNSIGNED: Layout =
    Layout { group: Group::Quad, signed: false, width: Simd128::WIDTH, tokens: TOKENS };

/// The layout where weights of 8 bits are taken as signed.
pub(crate) const SIGNED: Layout = Layout { signed: true, ..UNSIGNED };

/// The layout for what this machine's instruction does; none if it saturates.
pub(crate) fn layout() -> Option<Layout> {
    [UNSIGNED, SIGNED].into_iter().find(|layout| takes(*layout))
}

/// Whether the machine's instruction is right for a layout: for the extremes of both sides.
///
/// A function of its own, because a test puts another in its place (`tests/engines/relaxed.test.mjs`).
#[inline(never)]
#[target_feature(enable = "relaxed-simd")]
fn takes(layout: Layout) -> bool {
    let bias = layout.bias(BlockFormat::Q8_0);
    for weight in [-128, -1, 0, 127] {
        for x in [-127, 127] {
            let weights = i8x16_splat(black_box((weight + bias) as i8));
            let activations = i8x16_splat(black_box(x as i8));
            let sums = i32x4_relaxed_dot_i8x16_i7x16_add(activations, weights, i32x4_splat(-5));
            let right = i32x4_splat(4 * (weight + bias) * x - 5);
            if !i32x4_all_true(i32x4_eq(sums, right)) {
                return false;
            }
        }
    }
    true
}

/// Whether the instruction is right for a layout in this place: as [`takes`], for four cases at once,
/// in the code that is compiled with it.
#[inline(always)]
unsafe fn still_takes(layout: Layout) -> bool {
    let bias = layout.bias(BlockFormat::Q8_0);
    let (low, high) = (-128 + bias, 127 + bias);
    let four = |code: i32| i32::from_ne_bytes([code as u8; 4]);
    let weights = black_box(i32x4(four(low), four(high), four(low), four(high)));
    let x = black_box(i32x4(four(127), four(127), four(-127), four(-127)));
    // SAFETY: the caller has the instruction.
    let sums = unsafe { Fours::add(i32x4_splat(-5), weights, x) };
    let sum = |weight: i32, x: i32| 4 * weight * x - 5;
    let right = i32x4(sum(low, 127), sum(high, 127), sum(low, -127), sum(high, -127));
    i32x4_all_true(i32x4_eq(sums, right))
}

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant); the layout is what this machine takes.
#[target_feature(enable = "relaxed-simd")]
pub(crate) unsafe fn multiply_tile(
    layout: Layout,
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    // SAFETY: the caller's conditions. What is done again is written over what was there.
    unsafe {
        multiply_by::<Fours>(layout, tile, x, output, panel);
        if !still_takes(layout) {
            multiply_exactly(layout, tile, x, output, panel);
        }
    }
}

/// Multiplies one tile with every token, without relaxed instructions.
///
/// # Safety
/// As for [`multiply_tile`].
#[cold]
#[inline(never)]
unsafe fn multiply_exactly(
    layout: Layout,
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    // SAFETY: the caller's conditions.
    unsafe {
        if layout.signed && tile.format != BlockFormat::Q4_0 {
            multiply_by::<Exact<true>>(layout, tile, x, output, panel);
        } else {
            multiply_by::<Exact<false>>(layout, tile, x, output, panel);
        }
    }
}

/// Multiplies one tile with every token, by the instruction `I`.
///
/// # Safety
/// As for [`multiply_tile`].
#[inline(always)]
unsafe fn multiply_by<I: Instruction<Vectors = Simd128>>(
    layout: Layout,
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let bias = layout.bias(tile.format);
    let codes = tile.codes.as_ptr().cast();
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 | BlockFormat::Q5_0 => {
                multiply::<I, 1, _>(Plain(codes), bias, tile, x, output);
            }
            BlockFormat::Q4_0 if x.tokens() < MIN_TOKENS_TO_UNPACK => {
                multiply::<I, 2, _>(Nibbles(codes), bias, tile, x, output);
            }
            BlockFormat::Q4_0 => {
                let unpacked = unpack_nibbles(tile, panel);
                multiply::<I, 1, _>(unpacked, bias, tile, x, output);
            }
        }
    }
}

/// Unpacks a tile of 4-bit weights to the panel.
///
/// # Safety
/// The tile is one of 4-bit weights in groups of four.
#[inline(always)]
pub(super) unsafe fn unpack_nibbles(tile: Tile<'_>, panel: &mut AlignedBytes) -> Plain<Simd128> {
    // Two groups of four input features in a step, for each of the tile's outputs.
    let steps = tile.scales.len() / UNSIGNED.width * BLOCK / 8;
    let unpacked = panel.reserve(tile.scales.len() * BLOCK).as_mut_ptr();
    // SAFETY: by this function's own condition, and the panel has room for a byte for each weight.
    unsafe { unpack(Nibbles::<Simd128>(tile.codes.as_ptr().cast()), steps, unpacked.cast()) };
    Plain(unpacked.cast())
}

#[inline(always)]
unsafe fn multiply<I, const N: usize, S>(
    source: S,
    bias: i32,
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
) where
    I: Instruction<Vectors = Simd128>,
    S: Source<N, Vectors = Simd128>,
{
    let dot = Sums32::<I, S, N>::new(source, bias);
    // SAFETY: the caller's conditions.
    unsafe { driver::multiply_tile::<TOKENS, _>(dot, tile, x, output) }
}

#[derive(Clone, Copy)]
struct Fours;

impl Instruction for Fours {
    type Vectors = Simd128;

    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn add(sums: v128, weights: v128, x: v128) -> v128 {
        i32x4_relaxed_dot_i8x16_i7x16_add(x, weights, sums)
    }
}

/// What [`Fours`] is asked for, without relaxed instructions: of weights that are signed, or not.
#[derive(Clone, Copy)]
struct Exact<const SIGNED: bool>;

impl<const SIGNED: bool> Instruction for Exact<SIGNED> {
    type Vectors = Simd128;

    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn add(sums: v128, weights: v128, x: v128) -> v128 {
        let [low, high] = if SIGNED {
            [i16x8_extend_low_i8x16(weights), i16x8_extend_high_i8x16(weights)]
        } else {
            [i16x8_extend_low_u8x16(weights), i16x8_extend_high_u8x16(weights)]
        };
        let low = i32x4_dot_i16x8(low, i16x8_extend_low_i8x16(x));
        let high = i32x4_dot_i16x8(high, i16x8_extend_high_i8x16(x));
        let pairs =
            [i32x4_shuffle::<0, 2, 4, 6>(low, high), i32x4_shuffle::<1, 3, 5, 7>(low, high)];
        i32x4_add(sums, i32x4_add(pairs[0], pairs[1]))
    }
}
