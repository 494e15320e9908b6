//! NEON with dot products: `sdot` on fours of signed bytes.

use std::arch::aarch64::*;
use std::arch::asm;

use super::vectors::{ByLane, LAYOUT, Lanes, TOKENS};
use crate::activations::Activations;
use crate::simd::fours;
use crate::tile::{Output, Tile};

/// Whether this machine can run it.
pub(crate) fn available() -> bool {
    std::arch::is_aarch64_feature_detected!("dotprod")
}

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant); the machine has the dot products.
#[target_feature(enable = "dotprod")]
pub(crate) unsafe fn multiply_tile(tile: Tile<'_>, x: &Activations, output: Output) {
    // SAFETY: by this function's own conditions.
    unsafe { fours::multiply_tile::<TOKENS, Lanes<DotProduct>>(LAYOUT, tile, x, output) }
}

#[derive(Clone, Copy)]
struct DotProduct;

impl ByLane for DotProduct {
    #[inline(always)]
    unsafe fn add<const LANE: i32>(sums: int32x4_t, weights: int8x16_t, x: int8x16_t) -> int32x4_t {
        // SAFETY: by this function's own condition.
        unsafe { sdot::<LANE>(sums, weights, x) }
    }
}

/// The instruction, for which Rust's standard library has no stable function.
#[inline]
#[target_feature(enable = "dotprod")]
fn sdot<const LANE: i32>(mut sums: int32x4_t, weights: int8x16_t, x: int8x16_t) -> int32x4_t {
    // SAFETY: it reads and writes nothing but the three registers.
    unsafe {
        asm!(
            "sdot {sums:v}.4s, {weights:v}.16b, {x:v}.4b[{lane}]",
            sums = inout(vreg) sums,
            weights = in(vreg) weights,
            x = in(vreg) x,
            lane = const LANE,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sums
}
