//! x86-64 with AVX2 and weights of up to 5 bits: `vpmaddubsw` on fours of input features, unsigned
//! weights by signed activations, with sums of 16 bits.
//!
//! As in `relaxed_nibbles`: a weight of 5 bits is stored 16 (of 4 bits: 8) too large. A sum has 16
//! products of a block, and so is at most 16 * 16 * 127 from zero once that is taken away: it fits 16
//! bits and is widened once a block. On the way sums may wrap, which does no harm; two products, which
//! the instruction adds with saturation, are far from it. Weights of 8 bits are two nibbles, 16 times
//! the upper one less 8, and the lower one.

use std::arch::x86_64::*;

use super::activations::{Activations, PairSums};
use super::avx2_block::{Dots, Products, TOKENS, WIDTH, fours};
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::variant::{Output, Tile};

pub(super) const LAYOUT: Layout = Layout { group: Group::Quad, width: WIDTH, tokens: TOKENS };

/// What is taken of each stored code.
const WHOLE: u8 = 0;
const UPPER: u8 = 1;
const LOWER: u8 = 2;

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant); the machine has AVX2.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn multiply_tile(tile: Tile<'_>, x: &Activations, output: Output) {
    let mut token = 0;
    // SAFETY: the tokens are those of `x`; the rest is the caller's condition.
    unsafe {
        while token + TOKENS <= x.tokens() {
            multiply::<TOKENS>(tile, x, token, output);
            token += TOKENS;
        }
        match x.tokens() - token {
            1 => multiply::<1>(tile, x, token, output),
            2 => multiply::<2>(tile, x, token, output),
            3 => multiply::<3>(tile, x, token, output),
            _ => {}
        }
    }
}

/// Multiplies a tile with `T` tokens.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn multiply<const T: usize>(tile: Tile<'_>, x: &Activations, first: usize, output: Output) {
    let bias = LAYOUT.bias(tile.format) as i16;
    let x_sums = x.sums_of::<T>(first);
    let words = x.words(first).as_ptr();
    let codes = tile.codes.as_ptr();
    let bytes = LAYOUT.block_bytes(tile.format);
    let mut products = Products::<T>::new(tile, x, first);
    // SAFETY: `block` counts the blocks of both the tile and the tokens.
    unsafe {
        for block in 0..x.features() / BLOCK {
            let words = words.add(block * T * BLOCK / 4);
            let codes = codes.add(block * bytes);
            let dots = match tile.format {
                BlockFormat::Q5_0 => {
                    widened(narrow::<T, 8, WHOLE>(codes, words, x_sums, block, bias), 1)
                }
                BlockFormat::Q4_0 => {
                    widened(narrow::<T, 4, WHOLE>(codes, words, x_sums, block, bias), 1)
                }
                BlockFormat::Q8_0 => {
                    let upper = narrow::<T, 8, UPPER>(codes, words, x_sums, block, bias / 16);
                    let lower = narrow::<T, 8, LOWER>(codes, words, x_sums, block, 0);
                    let (mut dots, lower) = (widened(upper, 16), widened(lower, 1));
                    for (dots, lower) in dots.iter_mut().flatten().zip(lower.iter().flatten()) {
                        *dots = _mm256_add_epi32(*dots, *lower);
                    }
                    dots
                }
            };
            products.add(block, dots);
        }
        products.store(output);
    }
}

/// Sums of 16 bits, two for each of eight outputs, of a block with `T` tokens: of a `PART` of codes that
/// take `BITS` bits and are `bias` too large.
///
/// # Safety
/// There is a block of codes and of words, and each token has the sums of that `block`.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn narrow<const T: usize, const BITS: usize, const PART: u8>(
    mut codes: *const u8,
    mut words: *const u32,
    sums: [*const PairSums; T],
    block: usize,
    bias: i16,
) -> Dots<T> {
    let mut dots = [[_mm256_setzero_si256(); 2]; T];
    // SAFETY: by this function's own condition.
    unsafe {
        for (dots, sums) in dots.iter_mut().zip(sums) {
            let sums = _mm256_set1_epi32(sums.add(block).cast::<i32>().read_unaligned());
            *dots = [_mm256_mullo_epi16(sums, _mm256_set1_epi16(-bias)); 2];
        }
        let nibble = _mm256_set1_epi8(15);
        for _ in 0..BLOCK / 8 {
            for weights in fours::<BITS>(codes) {
                let weights = match PART {
                    UPPER => weights.map(|w| _mm256_and_si256(_mm256_srli_epi16(w, 4), nibble)),
                    LOWER => weights.map(|w| _mm256_and_si256(w, nibble)),
                    _ => weights,
                };
                for (t, dots) in dots.iter_mut().enumerate() {
                    let x = _mm256_set1_epi32(*words.add(t) as i32);
                    for (dot, weights) in dots.iter_mut().zip(weights) {
                        *dot = _mm256_add_epi16(*dot, _mm256_maddubs_epi16(weights, x));
                    }
                }
                words = words.add(T);
            }
            codes = codes.add(WIDTH * BITS);
        }
    }
    dots
}

/// Sums of 16 bits, `factor` times and added in pairs.
#[inline]
#[target_feature(enable = "avx2")]
fn widened<const T: usize>(dots: Dots<T>, factor: i16) -> Dots<T> {
    dots.map(|dots| dots.map(|sums| _mm256_madd_epi16(sums, _mm256_set1_epi16(factor))))
}
