//! Vectors of 128 bits (NEON), which every 64-bit Arm processor has.
//!
//! The words of four tokens are loaded in one vector, and each is multiplied from its lane. Codes
//! are signed; those of 4 bits carry a bias, and sums start with what it adds too much, negated.

use std::arch::aarch64::*;

use crate::codes::PairSums;
use crate::layout::{Group, Layout};
use crate::simd::nibbles::NibbleVectors;
use crate::simd::sums32::Instruction;
use crate::simd::vectors::{Sums, Vectors, Weights};

/// Sixteen sums of 32 registers: enough in flight to hide the latency of a dot product.
pub(super) const TOKENS: usize = 8;

pub(crate) const LAYOUT: Layout =
    Layout { group: Group::Quad, signed: true, width: Neon::WIDTH, tokens: TOKENS };

/// Vectors of 128 bits.
#[derive(Clone, Copy)]
pub(super) struct Neon;

// SAFETY, here and below: every machine of this architecture has NEON.
impl Vectors for Neon {
    type Codes = int8x16_t;
    type Sums = int32x4_t;
    type Floats = float32x4_t;

    #[inline(always)]
    unsafe fn splat(word: *const u32) -> int8x16_t {
        // SAFETY: by this function's own condition.
        unsafe { vreinterpretq_s8_u32(vld1q_dup_u32(word)) }
    }

    #[inline(always)]
    unsafe fn no_sums() -> int32x4_t {
        // SAFETY: by this function's own condition.
        unsafe { vdupq_n_s32(0) }
    }

    #[inline(always)]
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> int32x4_t {
        // SAFETY: by this function's own condition.
        unsafe {
            let [even, odd] = *sums;
            vdupq_n_s32(factor as i32 * (even as i32 + odd as i32))
        }
    }

    #[inline(always)]
    unsafe fn no_floats() -> float32x4_t {
        // SAFETY: by this function's own condition.
        unsafe { vdupq_n_f32(0.0) }
    }

    #[inline(always)]
    unsafe fn add_scaled(
        y: float32x4_t,
        sums: int32x4_t,
        scales: float32x4_t,
        x_scale: *const f32,
    ) -> float32x4_t {
        // SAFETY: by this function's own condition.
        unsafe {
            let scale = vmulq_n_f32(scales, *x_scale);
            vaddq_f32(y, vmulq_f32(vcvtq_f32_s32(sums), scale))
        }
    }
}

impl NibbleVectors for Neon {
    #[inline(always)]
    unsafe fn low_nibbles(codes: int8x16_t) -> int8x16_t {
        // SAFETY: by this function's own condition.
        unsafe { vandq_s8(codes, vdupq_n_s8(15)) }
    }

    #[inline(always)]
    unsafe fn high_nibbles(codes: int8x16_t) -> int8x16_t {
        // SAFETY: by this function's own condition.
        unsafe { vreinterpretq_s8_u8(vshrq_n_u8::<4>(vreinterpretq_u8_s8(codes))) }
    }
}

/// A way to multiply fours of signed bytes.
pub(super) trait ByLane: Copy {
    /// Adds to each of four sums the products of four weights with the four activations in lane
    /// `LANE` of `x`. No activation is less than -127.
    ///
    /// # Safety
    /// The machine can run it.
    unsafe fn add<const LANE: i32>(sums: int32x4_t, weights: int8x16_t, x: int8x16_t) -> int32x4_t;
}

/// The same for every token of a register block.
#[derive(Clone, Copy)]
pub(super) struct Lanes<D>(std::marker::PhantomData<D>);

impl<D: ByLane> Instruction for Lanes<D> {
    type Vectors = Neon;

    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn add(sums: int32x4_t, weights: int8x16_t, x: int8x16_t) -> int32x4_t {
        // SAFETY: by this function's own condition.
        unsafe { D::add::<0>(sums, weights, x) }
    }

    #[inline(always)]
    unsafe fn add_group<const T: usize>(
        sums: &mut Sums<Neon, T>,
        weights: Weights<Neon>,
        words: *const u32,
    ) {
        // SAFETY: by this function's own condition.
        unsafe {
            let mut t = 0;
            while t + 4 <= T {
                let x = vreinterpretq_s8_u32(vld1q_u32(words.add(t)));
                for half in 0..2 {
                    sums[t][half] = D::add::<0>(sums[t][half], weights[half], x);
                    sums[t + 1][half] = D::add::<1>(sums[t + 1][half], weights[half], x);
                    sums[t + 2][half] = D::add::<2>(sums[t + 2][half], weights[half], x);
                    sums[t + 3][half] = D::add::<3>(sums[t + 3][half], weights[half], x);
                }
                t += 4;
            }
            while t < T {
                let x = Neon::splat(words.add(t));
                for half in 0..2 {
                    sums[t][half] = Self::add(sums[t][half], weights[half], x);
                }
                t += 1;
            }
        }
    }
}
