//! x86-64 with AVX2: `vpmaddwd` on pairs of input features.
//!
//! A tile is two vectors of eight outputs. For a few tokens the weights are widened to 16 bits as
//! they are loaded; for more, a whole tile is widened once and then used for four tokens at a time,
//! whose sums stay in registers. `vpmaddubsw`, which takes twice the weights an instruction, would
//! saturate with weights of 8 bits; for narrower ones there is `avx2_narrow`.

use std::arch::x86_64::*;

use super::activations::Activations;
use super::avx2_block::{Products, TOKENS, WIDTH, Weights};
use super::buffer::AlignedBytes;
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::variant::{Output, Tile};

/// Tokens from which on it pays to widen a whole tile first.
const MANY: usize = 16;

pub(super) const LAYOUT: Layout = Layout { group: Group::Pair, width: WIDTH, tokens: TOKENS };

/// Whether this machine can run it.
pub(super) fn available() -> bool {
    is_x86_feature_detected!("avx2")
}

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
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        if x.tokens() < MANY {
            match tile.format {
                BlockFormat::Q8_0 | BlockFormat::Q5_0 => multiply_all::<8>(tile, x, output),
                BlockFormat::Q4_0 => multiply_all::<4>(tile, x, output),
            }
        } else {
            let widened = panel.reserve(tile.scales.len() * BLOCK * 2);
            match tile.format {
                BlockFormat::Q8_0 | BlockFormat::Q5_0 => widen::<8>(tile.codes, widened),
                BlockFormat::Q4_0 => widen::<4>(tile.codes, widened),
            }
            multiply_all::<16>(Tile { codes: widened, ..tile }, x, output);
        }
    }
}

/// Multiplies a tile of codes of `BITS` bits with every token, a register block after another.
#[target_feature(enable = "avx2")]
unsafe fn multiply_all<const BITS: usize>(tile: Tile<'_>, x: &Activations, output: Output) {
    let mut token = 0;
    // SAFETY: the tokens are those of `x`.
    unsafe {
        while token + TOKENS <= x.tokens() {
            multiply::<TOKENS, BITS>(tile, x, token, output);
            token += TOKENS;
        }
        match x.tokens() - token {
            1 => multiply::<1, BITS>(tile, x, token, output),
            2 => multiply::<2, BITS>(tile, x, token, output),
            3 => multiply::<3, BITS>(tile, x, token, output),
            _ => {}
        }
    }
}

/// Weights of two successive pairs of input features of both halves of the outputs, as 16-bit
/// integers: `[pair][half]`.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn weights<const BITS: usize>(codes: *const u8) -> [Weights; 2] {
    // SAFETY: the caller gives as many bytes as they take.
    unsafe {
        match BITS {
            16 => codes.cast::<[Weights; 2]>().read(),
            8 => [0, 32].map(|at| {
                let codes = codes.add(at).cast::<__m128i>();
                [codes, codes.add(1)].map(|half| _mm256_cvtepi8_epi16(_mm_loadu_si128(half)))
            }),
            _ => {
                // Every lane holds one of each of the four vectors.
                let lanes = _mm256_loadu_si256(codes.cast());
                [
                    [
                        _mm256_srai_epi16(_mm256_slli_epi16(lanes, 12), 12),
                        _mm256_srai_epi16(_mm256_slli_epi16(lanes, 8), 12),
                    ],
                    [
                        _mm256_srai_epi16(_mm256_slli_epi16(lanes, 4), 12),
                        _mm256_srai_epi16(lanes, 12),
                    ],
                ]
            }
        }
    }
}

/// Widens a tile's codes, of `BITS` bits, to 16.
#[target_feature(enable = "avx2")]
unsafe fn widen<const BITS: usize>(codes: &[u8], widened: &mut [u8]) {
    let pairs = widened.chunks_exact_mut(WIDTH * 8).zip(codes.chunks_exact(WIDTH * BITS / 2));
    for (to, from) in pairs {
        // SAFETY: as many bytes as the weights take, and 16 bits for each of them.
        unsafe { to.as_mut_ptr().cast::<[Weights; 2]>().write(weights::<BITS>(from.as_ptr())) }
    }
}

/// Multiplies a tile with `T` tokens.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn multiply<const T: usize, const BITS: usize>(
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    output: Output,
) {
    let mut codes = tile.codes.as_ptr();
    let mut words = x.words(first).as_ptr().cast::<i32>();
    let mut products = Products::<T>::new(tile, x, first);
    for block in 0..x.features() / BLOCK {
        let mut dots = [[_mm256_setzero_si256(); 2]; T];
        // SAFETY: `block` counts the blocks of both the tile and the tokens.
        unsafe {
            for _ in 0..BLOCK / 4 {
                for weights in weights::<BITS>(codes) {
                    for (t, dots) in dots.iter_mut().enumerate() {
                        let x = _mm256_set1_epi32(*words.add(t));
                        for (dot, weights) in dots.iter_mut().zip(weights) {
                            *dot = _mm256_add_epi32(*dot, _mm256_madd_epi16(weights, x));
                        }
                    }
                    words = words.add(T);
                }
                codes = codes.add(WIDTH * BITS / 2);
            }
            products.add(block, dots);
        }
    }
    // SAFETY: the tokens are those of `x`.
    unsafe { products.store(output) };
}
