//! Quantizing a block of activations: 128-bit SIMD.

use std::arch::wasm32::*;

use crate::codes::{BLOCK, PairSums, ROUND};

/// Values in a vector.
const LANES: usize = 4;

/// The bits of the largest magnitude. Those of a NaN are larger than all others.
#[inline(always)]
pub(crate) fn largest(x: &[f32; BLOCK]) -> u32 {
    let magnitude = u32x4_splat(0x7fff_ffff);
    let most =
        vectors(x).map(|v| v128_and(v, magnitude)).into_iter().reduce(|a, b| i32x4_max(a, b));
    let most = most.unwrap_or(magnitude);
    let most = i32x4_max(most, i64x2_shuffle::<1, 0>(most, most));
    u32x4_extract_lane::<0>(i32x4_max(most, i32x4_shuffle::<1, 0, 3, 2>(most, most)))
}

/// Writes the codes of `x * inverse` and returns their sums.
#[inline(always)]
pub(crate) fn encode(x: &[f32; BLOCK], inverse: f32, codes: &mut [i8; BLOCK]) -> PairSums {
    let (inverse, round, byte) = (f32x4_splat(inverse), f32x4_splat(ROUND), u32x4_splat(0xff));
    // The low byte of each sum is the code.
    let [a, b, c, d, e, f, g, h] =
        vectors(x).map(|v| v128_and(f32x4_add(f32x4_mul(v, inverse), round), byte));
    let narrow =
        |a, b, c, d| u8x16_narrow_i16x8(i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d));
    let (low, high) = (narrow(a, b, c, d), narrow(e, f, g, h));
    let [to_low, to_high] = [0, 16].map(|at| codes[at..].as_mut_ptr().cast());
    // SAFETY: 16 codes each.
    unsafe {
        v128_store(to_low, low);
        v128_store(to_high, high);
    }
    let pairs = i16x8_add(i16x8_extadd_pairwise_i8x16(low), i16x8_extadd_pairwise_i8x16(high));
    // Even pairs and odd ones take turns, two of them in 32 bits.
    let pairs = i16x8_add(pairs, i64x2_shuffle::<1, 0>(pairs, pairs));
    let pairs = i16x8_add(pairs, i32x4_shuffle::<1, 0, 3, 2>(pairs, pairs));
    [i16x8_extract_lane::<0>(pairs), i16x8_extract_lane::<1>(pairs)]
}

#[inline(always)]
fn vectors(x: &[f32; BLOCK]) -> [v128; BLOCK / LANES] {
    // SAFETY: four values each, which need not be aligned.
    std::array::from_fn(|at| unsafe { v128_load(x[LANES * at..].as_ptr().cast()) })
}
