//! Products of four rows, as a GGUF file stores them, with one token: AVX2 and F16C.

use std::arch::x86_64::*;

use crate::activations::Token;
use crate::codes::BLOCK;
use crate::format::BlockFormat;

/// Whether this machine can run it.
pub(crate) fn available() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("f16c")
}

/// Multiplies four rows with one token.
///
/// # Safety
/// The rows have as many blocks as the token; the machine has AVX2 and F16C.
#[target_feature(enable = "avx2,f16c")]
pub(crate) unsafe fn products(format: BlockFormat, rows: [&[u8]; 4], token: Token<'_>) -> [f32; 4] {
    let mut rows = rows.map(<[u8]>::as_ptr);
    let mut y = _mm_setzero_ps();
    for (x, &x_scale) in token.codes.as_chunks::<BLOCK>().0.iter().zip(token.scales) {
        // SAFETY: as many blocks in a row as in the token.
        unsafe {
            let x = x.as_ptr().cast::<__m128i>();
            let x = [x, x.add(1)].map(|x| _mm256_cvtepi8_epi16(_mm_loadu_si128(x)));
            let dots = rows.map(|block| {
                let [low, high] = codes(format, block.add(2));
                let low = _mm256_madd_epi16(_mm256_cvtepi8_epi16(low), x[0]);
                let high = _mm256_madd_epi16(_mm256_cvtepi8_epi16(high), x[1]);
                _mm256_add_epi32(low, high)
            });
            let dots = _mm256_hadd_epi32(
                _mm256_hadd_epi32(dots[0], dots[1]),
                _mm256_hadd_epi32(dots[2], dots[3]),
            );
            let dots =
                _mm_add_epi32(_mm256_castsi256_si128(dots), _mm256_extracti128_si256(dots, 1));
            let scales = rows.map(|block| block.cast::<u16>().read_unaligned() as i16);
            let scales = _mm_setr_epi16(scales[0], scales[1], scales[2], scales[3], 0, 0, 0, 0);
            let scales = _mm_mul_ps(_mm_cvtph_ps(scales), _mm_set1_ps(x_scale));
            y = _mm_add_ps(y, _mm_mul_ps(_mm_cvtepi32_ps(dots), scales));
            rows = rows.map(|block| block.add(format.block_bytes()));
        }
    }
    let mut products = [0.0; 4];
    // SAFETY: four values.
    unsafe { _mm_storeu_ps(products.as_mut_ptr(), y) };
    products
}

/// The 32 signed codes of a block, without its scale.
#[inline]
#[target_feature(enable = "avx2,f16c")]
unsafe fn codes(format: BlockFormat, bytes: *const u8) -> [__m128i; 2] {
    // SAFETY: the caller gives a block.
    unsafe {
        let bytes = bytes.cast::<__m128i>();
        match format {
            BlockFormat::Q8_0 => [_mm_loadu_si128(bytes), _mm_loadu_si128(bytes.add(1))],
            BlockFormat::Q5_0 => {
                let upper = bytes.cast::<u32>().read_unaligned();
                let [low, high] = nibbles(bytes.cast::<u8>().add(4).cast());
                [_mm_or_si128(low, lowered(upper)), _mm_or_si128(high, lowered(upper >> 16))]
            }
            BlockFormat::Q4_0 => {
                nibbles(bytes).map(|nibbles| _mm_sub_epi8(nibbles, _mm_set1_epi8(8)))
            }
        }
    }
}

/// The low nibbles of 16 bytes, and the high ones.
#[inline]
#[target_feature(enable = "avx2,f16c")]
unsafe fn nibbles(bytes: *const __m128i) -> [__m128i; 2] {
    // SAFETY: the caller gives 16 bytes.
    let both = unsafe { _mm_loadu_si128(bytes) };
    [both, _mm_srli_epi16(both, 4)].map(|codes| _mm_and_si128(codes, _mm_set1_epi8(15)))
}

/// The high nibbles of 16 signed codes of 5 bits, one for each of the low 16 bits: all ones, which
/// makes a code 16 less, where its bit is not set.
#[inline]
#[target_feature(enable = "avx2,f16c")]
fn lowered(bits: u32) -> __m128i {
    let halves = _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    let spread = _mm_shuffle_epi8(_mm_cvtsi32_si128(bits as i32), halves);
    let each = _mm_set1_epi64x(0x8040_2010_0804_0201u64 as i64);
    let set = _mm_cmpeq_epi8(_mm_and_si128(spread, each), each);
    _mm_andnot_si128(set, _mm_set1_epi8(-16))
}
