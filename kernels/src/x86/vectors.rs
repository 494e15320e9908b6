//! Vectors of 256 bits (AVX2) and of 512 bits (AVX-512).

use std::arch::x86_64::*;

use crate::codes::PairSums;
use crate::simd::nibbles::NibbleVectors;
use crate::simd::vectors::Vectors;

/// Vectors of 256 bits.
#[derive(Clone, Copy)]
pub(super) struct Ymm;

/// Vectors of 512 bits.
#[derive(Clone, Copy)]
pub(super) struct Zmm;

impl Vectors for Ymm {
    type Codes = __m256i;
    type Sums = __m256i;
    type Floats = __m256;

    #[inline(always)]
    unsafe fn splat(word: *const u32) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_set1_epi32(*word as i32) }
    }

    #[inline(always)]
    unsafe fn no_sums() -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_setzero_si256() }
    }

    #[inline(always)]
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_set1_epi32(multiple(*sums, factor)) }
    }

    #[inline(always)]
    unsafe fn no_floats() -> __m256 {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_setzero_ps() }
    }

    #[inline(always)]
    unsafe fn add_scaled(y: __m256, sums: __m256i, scales: __m256, x_scale: *const f32) -> __m256 {
        // SAFETY: by this function's own condition.
        unsafe {
            let scale = _mm256_mul_ps(scales, _mm256_set1_ps(*x_scale));
            _mm256_add_ps(y, _mm256_mul_ps(_mm256_cvtepi32_ps(sums), scale))
        }
    }
}

impl NibbleVectors for Ymm {
    #[inline(always)]
    unsafe fn low_nibbles(codes: __m256i) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { _mm256_and_si256(codes, _mm256_set1_epi8(15)) }
    }

    #[inline(always)]
    unsafe fn high_nibbles(codes: __m256i) -> __m256i {
        // SAFETY: by this function's own condition.
        unsafe { Self::low_nibbles(_mm256_srli_epi32(codes, 4)) }
    }
}

impl Vectors for Zmm {
    type Codes = __m512i;
    type Sums = __m512i;
    type Floats = __m512;

    #[inline(always)]
    unsafe fn splat(word: *const u32) -> __m512i {
        // SAFETY: by this function's own condition.
        unsafe { _mm512_set1_epi32(*word as i32) }
    }

    #[inline(always)]
    unsafe fn no_sums() -> __m512i {
        // SAFETY: by this function's own condition.
        unsafe { _mm512_setzero_si512() }
    }

    #[inline(always)]
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> __m512i {
        // SAFETY: by this function's own condition.
        unsafe { _mm512_set1_epi32(multiple(*sums, factor)) }
    }

    #[inline(always)]
    unsafe fn no_floats() -> __m512 {
        // SAFETY: by this function's own condition.
        unsafe { _mm512_setzero_ps() }
    }

    #[inline(always)]
    unsafe fn add_scaled(y: __m512, sums: __m512i, scales: __m512, x_scale: *const f32) -> __m512 {
        // SAFETY: by this function's own condition.
        unsafe {
            let scale = _mm512_mul_ps(scales, _mm512_set1_ps(*x_scale));
            _mm512_add_ps(y, _mm512_mul_ps(_mm512_cvtepi32_ps(sums), scale))
        }
    }
}

impl NibbleVectors for Zmm {
    #[inline(always)]
    unsafe fn low_nibbles(codes: __m512i) -> __m512i {
        // SAFETY: by this function's own condition.
        unsafe { _mm512_and_si512(codes, _mm512_set1_epi8(15)) }
    }

    #[inline(always)]
    unsafe fn high_nibbles(codes: __m512i) -> __m512i {
        // SAFETY: by this function's own condition.
        unsafe { Self::low_nibbles(_mm512_srli_epi32(codes, 4)) }
    }
}

/// Both sums, times `factor`.
#[inline(always)]
fn multiple([even, odd]: PairSums, factor: i16) -> i32 {
    factor as i32 * (even as i32 + odd as i32)
}
