//! Vectors of 128 bits.
//!
//! Browsers compile what they are given in the order they are given it, and LLVM reorders long
//! stretches of code so that far more values live at once than there are registers. So the inner
//! loops are kept short, and LLVM is kept from unrolling them.

use std::arch::wasm32::*;

use crate::codes::PairSums;
#[cfg(feature = "relaxed-simd")]
use crate::simd::nibbles::NibbleVectors;
use crate::simd::vectors::Vectors;

/// Eight sums, two weight vectors, four activations and a product fit the fifteen registers that
/// browsers use on x86-64.
pub(super) const TOKENS: usize = 4;

/// Vectors of 128 bits.
#[derive(Clone, Copy)]
pub(super) struct Simd128;

impl Vectors for Simd128 {
    type Codes = v128;
    type Sums = v128;
    type Floats = v128;

    const READS_AHEAD: bool = true;

    #[inline(always)]
    fn repeats(count: usize) -> usize {
        std::hint::black_box(count)
    }

    #[inline(always)]
    unsafe fn splat(word: *const u32) -> v128 {
        // SAFETY: by this function's own condition.
        unsafe { v128_load32_splat(word) }
    }

    #[inline(always)]
    unsafe fn no_sums() -> v128 {
        i32x4_splat(0)
    }

    #[inline(always)]
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> v128 {
        // SAFETY: by this function's own condition.
        i32x4_dot_i16x8(unsafe { v128_load32_splat(sums.cast()) }, i16x8_splat(factor))
    }

    #[inline(always)]
    unsafe fn no_floats() -> v128 {
        f32x4_splat(0.0)
    }

    #[inline(always)]
    unsafe fn add_scaled(y: v128, sums: v128, scales: v128, x_scale: *const f32) -> v128 {
        // SAFETY: by this function's own condition.
        let x_scale = unsafe { v128_load32_splat(x_scale.cast()) };
        f32x4_add(y, f32x4_mul(f32x4_convert_i32x4(sums), f32x4_mul(scales, x_scale)))
    }
}

#[cfg(feature = "relaxed-simd")]
impl NibbleVectors for Simd128 {
    #[inline(always)]
    unsafe fn low_nibbles(codes: v128) -> v128 {
        v128_and(codes, u8x16_splat(15))
    }

    #[inline(always)]
    unsafe fn high_nibbles(codes: v128) -> v128 {
        u8x16_shr(codes, 4)
    }
}
