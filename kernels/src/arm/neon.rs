//! NEON alone: bytes are multiplied to 16 bits and added in pairs, twice.

use std::arch::aarch64::*;

use super::vectors::{ByLane, LAYOUT, Lanes, TOKENS};
use crate::activations::Activations;
use crate::simd::fours;
use crate::tile::{Output, Tile};

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant).
pub(crate) unsafe fn multiply_tile(tile: Tile<'_>, x: &Activations, output: Output) {
    // SAFETY: by this function's own conditions.
    unsafe { fours::multiply_tile::<TOKENS, Lanes<Bytes>>(LAYOUT, tile, x, output) }
}

#[derive(Clone, Copy)]
struct Bytes;

impl ByLane for Bytes {
    #[inline(always)]
    unsafe fn add<const LANE: i32>(sums: int32x4_t, weights: int8x16_t, x: int8x16_t) -> int32x4_t {
        // SAFETY: every machine of this architecture has NEON.
        unsafe {
            let x = vreinterpretq_s8_s32(vdupq_laneq_s32::<LANE>(vreinterpretq_s32_s8(x)));
            let low = vmull_s8(vget_low_s8(weights), vget_low_s8(x));
            let high = vmull_high_s8(weights, x);
            // Two products are at most 2 * 128 * 127, which 16 bits hold.
            vpadalq_s16(sums, vpaddq_s16(low, high))
        }
    }
}
