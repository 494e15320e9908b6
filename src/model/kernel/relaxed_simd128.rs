//! WebAssembly's relaxed SIMD: `i32x4.relaxed_dot_i8x16_i7x16_add` on fours of input features.
//!
//! The instruction promises a result only for weights of 7 bits, which those of 4 bits are. For
//! weights of 8 bits it takes them as signed (as Arm's `sdot` does), or as unsigned (`vpdpbusd` on
//! x86-64), or as unsigned and saturates on the way (x86-64 before that); the specification fixes
//! the choice for an environment. So the machine is asked once what it does: weights are stored as it
//! takes them, and where it saturates, [`relaxed_nibbles`](super::relaxed_nibbles) is used instead.

use std::arch::wasm32::*;
use std::hint::black_box;

use super::activations::Activations;
use super::buffer::AlignedBytes;
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::simd128_block::{
    Add, Plain, Source, Straight, TOKENS, WIDTH, Weights, multiply_all, unpack,
};
use super::variant::{Output, Tile};

/// Tokens from which on it pays to unpack a whole tile of 4-bit weights first.
const MANY: usize = 12;

/// The layout where weights of 8 bits are unsigned.
pub(super) const UNSIGNED: Layout = Layout { group: Group::Quad, width: WIDTH, tokens: TOKENS };

/// The layout where weights of 8 bits are signed.
pub(super) const SIGNED: Layout = Layout { group: Group::SignedQuad, ..UNSIGNED };

/// What this machine's instruction does.
pub(super) fn layout() -> Option<Layout> {
    [UNSIGNED, SIGNED].into_iter().find(|layout| takes(*layout))
}

/// Whether the machine's instruction is right for a layout: for the extremes of both sides.
fn takes(layout: Layout) -> bool {
    let bias = layout.bias(BlockFormat::Q8_0);
    [-128, -1, 0, 127].into_iter().all(|weight| {
        [-127, 127].into_iter().all(|x| {
            let weights = i8x16_splat(black_box((weight + bias) as i8));
            let sums = Fours.add(i32x4_splat(-5), weights, i8x16_splat(black_box(x as i8)));
            let right = i32x4_splat(4 * (weight + bias) * x - 5);
            i32x4_all_true(i32x4_eq(sums, right))
        })
    })
}

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant); the layout is what this machine takes.
pub(super) unsafe fn multiply_tile(
    layout: Layout,
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let bias = layout.bias(tile.format) as i16;
    let codes = tile.codes.as_ptr().cast();
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 | BlockFormat::Q5_0 => {
                multiply_all(fours::<_, 1>(Plain(codes), bias), tile, x, output);
            }
            BlockFormat::Q4_0 if x.tokens() < MANY => {
                multiply_all(fours::<_, 2>(Packed4(codes), bias), tile, x, output);
            }
            BlockFormat::Q4_0 => {
                let steps = tile.scales.len() / 2;
                let unpacked = panel.reserve(tile.scales.len() * BLOCK).as_mut_ptr();
                unpack(Packed4(codes), steps, unpacked.cast());
                multiply_all(fours::<_, 1>(Plain(unpacked.cast()), bias), tile, x, output);
            }
        }
    }
}

fn fours<S, const N: usize>(source: S, bias: i16) -> Straight<Fours, S, N> {
    Straight { add: Fours, source, bias }
}

#[derive(Clone, Copy)]
struct Fours;

impl Add for Fours {
    const GROUP: usize = 4;

    #[inline(always)]
    fn add(self, sums: v128, weights: v128, x: v128) -> v128 {
        i32x4_relaxed_dot_i8x16_i7x16_add(x, weights, sums)
    }
}

/// Codes of 4 bits, as packed: every byte holds one of each of two vectors.
#[derive(Clone, Copy)]
pub(super) struct Packed4(pub *const v128);

impl Source<2> for Packed4 {
    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights; 2] {
        // SAFETY: by this function's own condition.
        unsafe {
            let codes = [v128_load(self.0), v128_load(self.0.add(1))];
            self.0 = self.0.add(2);
            let mask = i8x16_splat(15);
            [codes.map(|codes| v128_and(codes, mask)), codes.map(|codes| u8x16_shr(codes, 4))]
        }
    }
}
