//! x86-64 with AVX2: `vpmaddwd` on pairs of input features.
//!
//! A tile is two vectors of eight outputs. It is unpacked once to 16-bit weights and then used for
//! four tokens at a time, whose sums stay in registers. `vpmaddubsw` would take twice the weights
//! an instruction, but saturates unless signs are moved from one side to the other for every
//! product, which costs what it gains.

use std::arch::x86_64::*;

use super::activations::Activations;
use super::buffer::AlignedBytes;
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::variant::{Output, Tile};

const WIDTH: usize = 16;

/// Eight sums, two weight vectors, a product and an activation fit sixteen registers.
const TOKENS: usize = 4;

pub(super) const LAYOUT: Layout = Layout { group: Group::Pair, width: WIDTH, tokens: TOKENS };

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant); the machine has AVX2.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn multiply_tile(
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let codes = panel.reserve(tile.scales.len() * BLOCK * 2).as_mut_ptr().cast::<__m256i>();
    let scales = tile.scales.as_ptr();
    // SAFETY: the panel has room for the tile; tokens are those of `x`.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 => unpack8(tile.codes, codes),
            BlockFormat::Q4_0 => unpack4(tile.codes, codes),
        }
        let mut token = 0;
        while token + TOKENS <= x.tokens() {
            multiply_tokens::<TOKENS>(codes, scales, x, token, output);
            token += TOKENS;
        }
        match x.tokens() - token {
            1 => multiply_tokens::<1>(codes, scales, x, token, output),
            2 => multiply_tokens::<2>(codes, scales, x, token, output),
            3 => multiply_tokens::<3>(codes, scales, x, token, output),
            _ => {}
        }
    }
}

/// Widens codes of 8 bits.
#[target_feature(enable = "avx2")]
unsafe fn unpack8(from: &[u8], to: *mut __m256i) {
    for (i, from) in from.chunks_exact(16).enumerate() {
        // SAFETY: 16 bytes, which become the i-th vector.
        unsafe {
            let codes = _mm_loadu_si128(from.as_ptr().cast());
            _mm256_store_si256(to.add(i), _mm256_cvtepi8_epi16(codes));
        }
    }
}

/// Unpacks codes of 4 bits: every 16-bit lane holds one of each of four vectors.
#[target_feature(enable = "avx2")]
unsafe fn unpack4(from: &[u8], to: *mut __m256i) {
    for (i, from) in from.chunks_exact(32).enumerate() {
        // SAFETY: 32 bytes, which become four vectors.
        unsafe {
            let lanes = _mm256_loadu_si256(from.as_ptr().cast());
            let to = to.add(i * 4);
            _mm256_store_si256(to, _mm256_srai_epi16(_mm256_slli_epi16(lanes, 12), 12));
            _mm256_store_si256(to.add(1), _mm256_srai_epi16(_mm256_slli_epi16(lanes, 8), 12));
            _mm256_store_si256(to.add(2), _mm256_srai_epi16(_mm256_slli_epi16(lanes, 4), 12));
            _mm256_store_si256(to.add(3), _mm256_srai_epi16(lanes, 12));
        }
    }
}

/// Multiplies an unpacked tile with `T` tokens.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn multiply_tokens<const T: usize>(
    codes: *const __m256i,
    scales: *const f32,
    x: &Activations,
    first: usize,
    output: Output,
) {
    let words = x.words(first).as_ptr().cast::<i32>();
    let x_scales: [*const f32; T] = std::array::from_fn(|t| x.scales(first + t).as_ptr());
    let mut y = [[_mm256_setzero_ps(); 2]; T];
    for block in 0..x.features() / BLOCK {
        let mut dots = [[_mm256_setzero_si256(); 2]; T];
        // SAFETY: `block` counts the blocks of both the tile and the tokens.
        unsafe {
            for i in 0..BLOCK / 2 {
                let at = block * (BLOCK / 2) + i;
                let weights = [0, 1].map(|half| _mm256_load_si256(codes.add(at * 2 + half)));
                for t in 0..T {
                    let x = _mm256_set1_epi32(*words.add(at * T + t));
                    for half in 0..2 {
                        let product = _mm256_madd_epi16(weights[half], x);
                        dots[t][half] = _mm256_add_epi32(dots[t][half], product);
                    }
                }
            }
            for half in 0..2 {
                let scales = _mm256_loadu_ps(scales.add(block * WIDTH + half * 8));
                for t in 0..T {
                    let scale = _mm256_mul_ps(scales, _mm256_set1_ps(*x_scales[t].add(block)));
                    let dot = _mm256_cvtepi32_ps(dots[t][half]);
                    y[t][half] = _mm256_add_ps(y[t][half], _mm256_mul_ps(dot, scale));
                }
            }
        }
    }
    for (t, y) in y.into_iter().enumerate() {
        let mut values = [0.0f32; WIDTH];
        // SAFETY: a vector is eight values; the place of the token is its own.
        unsafe {
            _mm256_storeu_ps(values.as_mut_ptr(), y[0]);
            _mm256_storeu_ps(values.as_mut_ptr().add(8), y[1]);
            output.store(first + t, &values);
        }
    }
}
