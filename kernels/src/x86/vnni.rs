//! AVX-VNNI: `vpdpbusd` on fours of input features, unsigned weights by signed activations.
//!
//! Weights carry a bias that makes them unsigned; sums start with what it adds too much, negated.

use std::arch::x86_64::*;

use super::vectors::Ymm;
use crate::activations::Activations;
use crate::layout::{Group, Layout};
use crate::simd::fours;
use crate::simd::sums32::Instruction;
use crate::simd::vectors::Vectors;
use crate::tile::{Output, Tile};

/// Eight sums, two weight vectors and an activation fit the sixteen registers, and eight are enough
/// in flight to hide the latency of the instruction.
const TOKENS: usize = 4;

pub(crate) const LAYOUT: Layout =
    Layout { group: Group::Quad, signed: false, width: Ymm::WIDTH, tokens: TOKENS };

/// Whether this machine can run it.
pub(crate) fn available() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni")
}

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant); the machine has AVX-VNNI.
#[target_feature(enable = "avx2,avxvnni")]
pub(crate) unsafe fn multiply_tile(tile: Tile<'_>, x: &Activations, output: Output) {
    // SAFETY: by this function's own conditions.
    unsafe { fours::multiply_tile::<TOKENS, Fours>(LAYOUT, tile, x, output) }
}

#[derive(Clone, Copy)]
struct Fours;

impl Instruction for Fours {
    type Vectors = Ymm;

    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn add(sums: __m256i, weights: __m256i, x: __m256i) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_dpbusd_avx_epi32(sums, weights, x) }
    }
}
