//! AVX2, for weights of up to 5 bits: `vpmaddubsw` on fours of input features, unsigned weights by
//! signed activations, summed in 16 bits ([`sums16`](crate::simd::sums16)).

use std::arch::x86_64::*;

use super::vectors::Ymm;
use crate::activations::Activations;
use crate::codes::PairSums;
use crate::format::BlockFormat;
use crate::layout::Layout;
use crate::simd::driver;
use crate::simd::nibbles::Nibbles;
use crate::simd::source::Plain;
use crate::simd::sums16::{Instructions, Narrow, TwoNibbles};
use crate::tile::{Output, Tile};

/// Eight sums, two weight vectors, a product and an activation fit the sixteen registers.
const TOKENS: usize = 4;

pub(crate) const LAYOUT: Layout = super::vnni::LAYOUT;

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant); the machine has AVX2.
#[target_feature(enable = "avx2")]
pub(crate) unsafe fn multiply_tile(tile: Tile<'_>, x: &Activations, output: Output) {
    let bias = LAYOUT.bias(tile.format);
    let codes = tile.codes.as_ptr().cast();
    // SAFETY: by this function's own conditions.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 => {
                let dot = TwoNibbles::<Fours, Plain<Ymm>, 2>::new(Plain(codes));
                driver::multiply_tile::<TOKENS, _>(dot, tile, x, output);
            }
            BlockFormat::Q5_0 => {
                let dot = Narrow::<Fours, Plain<Ymm>, 2>::new(Plain(codes), bias);
                driver::multiply_tile::<TOKENS, _>(dot, tile, x, output);
            }
            BlockFormat::Q4_0 => {
                let dot = Narrow::<Fours, Nibbles<Ymm>, 2>::new(Nibbles(codes), bias);
                driver::multiply_tile::<TOKENS, _>(dot, tile, x, output);
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Fours;

impl Instructions for Fours {
    type Vectors = Ymm;

    #[inline(always)]
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe {
            let sums = _mm256_set1_epi32(sums.cast::<i32>().read_unaligned());
            _mm256_mullo_epi16(sums, _mm256_set1_epi16(factor))
        }
    }

    #[inline(always)]
    unsafe fn add(sums: __m256i, weights: __m256i, x: __m256i) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_add_epi16(sums, _mm256_maddubs_epi16(weights, x)) }
    }

    #[inline(always)]
    unsafe fn widen(sums: __m256i, factor: i16) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_madd_epi16(sums, _mm256_set1_epi16(factor)) }
    }

    #[inline(always)]
    unsafe fn add_wide(a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_add_epi32(a, b) }
    }
}
