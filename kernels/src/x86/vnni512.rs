//! AVX-512 VNNI: what [`vnni`](super::vnni) does, on vectors of 512 bits.

use std::arch::x86_64::*;

use super::vectors::Zmm;
use crate::activations::Activations;
use crate::layout::{Group, Layout};
use crate::simd::fours;
use crate::simd::sums32::Instruction;
use crate::simd::vectors::Vectors;
use crate::tile::{Output, Tile};

/// Sixteen sums of 32 registers: enough in flight to hide the latency of the instruction.
const TOKENS: usize = 8;

pub(crate) const LAYOUT: Layout =
    Layout { group: Group::Quad, signed: false, width: Zmm::WIDTH, tokens: TOKENS };

/// Whether this machine can run it.
pub(crate) fn available() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni")
}

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant); the machine has AVX-512 VNNI.
#[target_feature(enable = "avx512f,avx512vnni")]
pub(crate) unsafe fn multiply_tile(tile: Tile<'_>, x: &Activations, output: Output) {
    // SAFETY: by this function's own conditions.
    unsafe { fours::multiply_tile::<TOKENS, Fours>(LAYOUT, tile, x, output) }
}

#[derive(Clone, Copy)]
struct Fours;

impl Instruction for Fours {
    type Vectors = Zmm;

    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn add(sums: __m512i, weights: __m512i, x: __m512i) -> __m512i {
        // SAFETY: by this function's own condition.
        unsafe { _mm512_dpbusd_epi32(sums, weights, x) }
    }
}
