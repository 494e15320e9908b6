//! What the variants for Arm share: everything but the dot product.
//!
//! A tile is two vectors of four outputs, read as packed for eight tokens at a time, whose words
//! are loaded four to a vector and multiplied lane by lane. Nibbles carry a bias; the sums start
//! with what it will have added too much.

use std::arch::aarch64::*;

use super::activations::Activations;
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::variant::{Output, Tile};

const WIDTH: usize = 8;

/// Sixteen sums of 32 registers: enough in flight to hide the latency of a dot product.
const TOKENS: usize = 8;

pub(super) const LAYOUT: Layout = Layout { group: Group::SignedQuad, width: WIDTH, tokens: TOKENS };

/// Weights of a group of input features: of both halves of the outputs.
type Weights = [int8x16_t; 2];

/// A way to multiply fours of signed bytes.
pub(super) trait Dot {
    /// Adds to each of four sums the products of four weights with the four activations in lane
    /// `LANE` of `x`. Activations are at least -127.
    ///
    /// # Safety
    /// The machine can run it.
    unsafe fn add<const LANE: i32>(sums: int32x4_t, weights: int8x16_t, x: int8x16_t) -> int32x4_t;
}

// Everything is inlined into the function that calls it, which is for a machine that can run `D`.

/// Multiplies one tile with every token, a register block after another.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant); the machine can run `D`.
#[inline(always)]
pub(super) unsafe fn multiply_tile<D: Dot>(tile: Tile<'_>, x: &Activations, output: Output) {
    // SAFETY: by this function's own conditions.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 | BlockFormat::Q5_0 => multiply_all::<D, 8>(tile, x, output),
            BlockFormat::Q4_0 => multiply_all::<D, 4>(tile, x, output),
        }
    }
}

/// Multiplies a tile of codes of `BITS` bits with every token.
#[inline(always)]
unsafe fn multiply_all<D: Dot, const BITS: usize>(tile: Tile<'_>, x: &Activations, output: Output) {
    let mut token = 0;
    // SAFETY: the tokens are those of `x`.
    unsafe {
        while token + TOKENS <= x.tokens() {
            multiply::<D, TOKENS, BITS>(tile, x, token, output);
            token += TOKENS;
        }
        match x.tokens() - token {
            1 => multiply::<D, 1, BITS>(tile, x, token, output),
            2 => multiply::<D, 2, BITS>(tile, x, token, output),
            3 => multiply::<D, 3, BITS>(tile, x, token, output),
            4 => multiply::<D, 4, BITS>(tile, x, token, output),
            5 => multiply::<D, 5, BITS>(tile, x, token, output),
            6 => multiply::<D, 6, BITS>(tile, x, token, output),
            7 => multiply::<D, 7, BITS>(tile, x, token, output),
            _ => {}
        }
    }
}

/// Codes of two successive fours of input features, of `BITS` bits.
#[inline(always)]
unsafe fn fours<const BITS: usize>(codes: *const u8) -> [Weights; 2] {
    // SAFETY: the caller gives as many bytes as they take.
    unsafe {
        if BITS == 8 {
            let codes = codes.cast::<i8>();
            return [
                [vld1q_s8(codes), vld1q_s8(codes.add(16))],
                [vld1q_s8(codes.add(32)), vld1q_s8(codes.add(48))],
            ];
        }
        let both = [vld1q_u8(codes), vld1q_u8(codes.add(16))];
        let mask = vdupq_n_u8(15);
        [
            [
                vreinterpretq_s8_u8(vandq_u8(both[0], mask)),
                vreinterpretq_s8_u8(vandq_u8(both[1], mask)),
            ],
            [
                vreinterpretq_s8_u8(vshrq_n_u8::<4>(both[0])),
                vreinterpretq_s8_u8(vshrq_n_u8::<4>(both[1])),
            ],
        ]
    }
}

/// Adds the products of a group of input features with `T` tokens, whose words these are.
#[inline(always)]
unsafe fn add<D: Dot, const T: usize>(
    dots: &mut [[int32x4_t; 2]; T],
    weights: Weights,
    words: *const i32,
) {
    // SAFETY: there are `T` words, and the machine can run `D`.
    unsafe {
        let mut t = 0;
        while t + 4 <= T {
            let x = vreinterpretq_s8_s32(vld1q_s32(words.add(t)));
            for half in 0..2 {
                dots[t][half] = D::add::<0>(dots[t][half], weights[half], x);
                dots[t + 1][half] = D::add::<1>(dots[t + 1][half], weights[half], x);
                dots[t + 2][half] = D::add::<2>(dots[t + 2][half], weights[half], x);
                dots[t + 3][half] = D::add::<3>(dots[t + 3][half], weights[half], x);
            }
            t += 4;
        }
        while t < T {
            let x = vreinterpretq_s8_s32(vld1q_dup_s32(words.add(t)));
            for half in 0..2 {
                dots[t][half] = D::add::<0>(dots[t][half], weights[half], x);
            }
            t += 1;
        }
    }
}

/// Multiplies a tile with `T` tokens.
#[inline(always)]
unsafe fn multiply<D: Dot, const T: usize, const BITS: usize>(
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    output: Output,
) {
    let bias = LAYOUT.bias(tile.format);
    let mut codes = tile.codes.as_ptr();
    let mut words = x.words(first).as_ptr().cast::<i32>();
    let x_scales = x.scales_of::<T>(first);
    let x_sums = x.sums_of::<T>(first);
    // SAFETY: every machine of this architecture has NEON; `block` counts the blocks of both the
    // tile and the tokens; the place of each token is its own.
    unsafe {
        let mut y = [[vdupq_n_f32(0.0); 2]; T];
        for block in 0..x.features() / BLOCK {
            let mut dots = [[vdupq_n_s32(0); 2]; T];
            if BITS == 4 {
                for (dots, sums) in dots.iter_mut().zip(x_sums) {
                    let [even, odd] = *sums.add(block);
                    *dots = [vdupq_n_s32(-bias * (even as i32 + odd as i32)); 2];
                }
            }
            for _ in 0..BLOCK / 8 {
                for weights in fours::<BITS>(codes) {
                    add::<D, T>(&mut dots, weights, words);
                    words = words.add(T);
                }
                codes = codes.add(WIDTH * BITS);
            }
            for half in 0..2 {
                let scales = vld1q_f32(tile.scales.as_ptr().add(block * WIDTH + half * WIDTH / 2));
                for t in 0..T {
                    let scale = vmulq_n_f32(scales, *x_scales[t].add(block));
                    let product = vmulq_f32(vcvtq_f32_s32(dots[t][half]), scale);
                    y[t][half] = vaddq_f32(y[t][half], product);
                }
            }
        }
        for (t, y) in y.into_iter().enumerate() {
            let mut values = [0.0f32; WIDTH];
            vst1q_f32(values.as_mut_ptr(), y[0]);
            vst1q_f32(values.as_mut_ptr().add(WIDTH / 2), y[1]);
            output.store(first + t, &values);
        }
    }
}
