//! WebAssembly's relaxed SIMD on machines whose instruction for 32-bit sums is three of their own
//! (x86-64 without AVX-VNNI): `i16x8.relaxed_dot_i8x16_i7x16_s`, which is one, with sums of 16 bits.
//!
//! A weight of up to 5 bits is stored 16 (4 bits: 8) too large. A sum has 16 products of a block, and
//! so is at most 16 * 16 * 127 from zero once that is taken away: it fits 16 bits and is widened once a
//! block. On the way sums may wrap, which does no harm; two products, which the instruction adds with
//! saturation, are far from it. Weights of 8 bits are two nibbles, 16 times the upper one less 8, and
//! the lower one; they gain nothing over 16-bit pairs, and lose nothing.

use std::arch::wasm32::*;

use super::activations::{Activations, PairSums};
use super::buffer::AlignedBytes;
use super::layout::{BLOCK, BlockFormat, Layout};
use super::relaxed_simd128::{self, Packed4};
use super::simd128_block::{Dot, Plain, Source, Weights, multiply_all, opaque, unpack};
use super::variant::{Output, Tile};

/// Tokens from which on it pays to unpack a whole tile of 4-bit weights first.
const MANY: usize = 12;

pub(super) const LAYOUT: Layout = relaxed_simd128::UNSIGNED;

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
    let codes = tile.codes.as_ptr().cast();
    let bias = LAYOUT.bias(tile.format) as i16;
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 => multiply_all(Bytes(codes), tile, x, output),
            BlockFormat::Q5_0 => {
                multiply_all(Narrow::<_, 1> { source: Plain(codes), bias }, tile, x, output);
            }
            BlockFormat::Q4_0 if x.tokens() < MANY => {
                multiply_all(Narrow::<_, 2> { source: Packed4(codes), bias }, tile, x, output);
            }
            BlockFormat::Q4_0 => {
                let steps = tile.scales.len() / 2;
                let unpacked = panel.reserve(tile.scales.len() * BLOCK).as_mut_ptr();
                unpack(Packed4(codes), steps, unpacked.cast());
                let source = Plain(unpacked.cast());
                multiply_all(Narrow::<_, 1> { source, bias }, tile, x, output);
            }
        }
    }
}

/// Sums of 16 bits, two for each of four outputs, of a block of narrow weights with `T` tokens: added to
/// those in `sums`. Takes `N` groups of weights at a time from `next`.
///
/// # Safety
/// `words` has a block of `T` tokens.
#[inline(always)]
unsafe fn add_narrow<const T: usize, const N: usize>(
    mut next: impl FnMut() -> [Weights; N],
    mut words: *const u32,
    sums: &mut [[v128; 2]; T],
) {
    for _ in 0..opaque(BLOCK / 4 / N) {
        for [low, high] in next() {
            for (t, sums) in sums.iter_mut().enumerate() {
                // SAFETY: by this function's own condition.
                let x = unsafe { v128_load32_splat(words.add(t)) };
                sums[0] = i16x8_add(sums[0], i16x8_relaxed_dot_i8x16_i7x16(x, low));
                sums[1] = i16x8_add(sums[1], i16x8_relaxed_dot_i8x16_i7x16(x, high));
            }
            // SAFETY: at most one past the block.
            words = unsafe { words.add(T) };
        }
    }
}

/// What weights that are `bias` too large add to the sums, taken away.
///
/// # Safety
/// `sums` can be read.
#[inline(always)]
unsafe fn without_bias<const T: usize>(sums: [*const PairSums; T], bias: i16) -> [[v128; 2]; T] {
    let bias = i16x8_splat(-bias);
    // SAFETY: by this function's own condition.
    sums.map(|sums| [i16x8_mul(unsafe { v128_load32_splat(sums.cast()) }, bias); 2])
}

/// Weights of up to 5 bits, a byte each or unpacked to that on the way, `bias` too large.
#[derive(Clone, Copy)]
struct Narrow<S, const N: usize> {
    source: S,
    bias: i16,
}

impl<S: Source<N>, const N: usize> Dot for Narrow<S, N> {
    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn next<const T: usize>(
        &mut self,
        words: *const u32,
        sums: [*const PairSums; T],
    ) -> [[v128; 2]; T] {
        // SAFETY: by this function's own conditions.
        unsafe {
            let mut dots = without_bias(sums, self.bias);
            add_narrow(|| self.source.next(), words, &mut dots);
            dots.map(|dots| dots.map(|sums| i32x4_dot_i16x8(sums, i16x8_splat(1))))
        }
    }
}

/// Weights of 8 bits, 128 too large.
#[derive(Clone, Copy)]
struct Bytes(*const v128);

impl Bytes {
    /// The next weights, as `part` makes nibbles of them.
    ///
    /// # Safety
    /// There are more.
    #[inline(always)]
    unsafe fn part(&mut self, part: impl Fn(v128) -> v128) -> [Weights; 1] {
        // SAFETY: by this function's own condition.
        unsafe {
            let weights = [v128_load(self.0), v128_load(self.0.add(1))];
            self.0 = self.0.add(2);
            [weights.map(part)]
        }
    }
}

impl Dot for Bytes {
    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn next<const T: usize>(
        &mut self,
        words: *const u32,
        sums: [*const PairSums; T],
    ) -> [[v128; 2]; T] {
        let mut again = *self;
        // SAFETY: by this function's own conditions.
        unsafe {
            let mut upper = without_bias(sums, 8);
            add_narrow(|| again.part(|w| u8x16_shr(w, 4)), words, &mut upper);
            let dots = upper.map(|dots| dots.map(|s| i32x4_dot_i16x8(s, i16x8_splat(16))));
            let mut lower = [[i16x8_splat(0); 2]; T];
            add_narrow(|| self.part(|w| v128_and(w, u8x16_splat(15))), words, &mut lower);
            std::array::from_fn(|t| {
                std::array::from_fn(|half| {
                    let lower = i32x4_dot_i16x8(lower[t][half], i16x8_splat(1));
                    i32x4_add(dots[t][half], lower)
                })
            })
        }
    }
}
