//! x86-64 with AVX-VNNI: `vpdpbusd` on fours of input features, unsigned weights by signed
//! activations.
//!
//! A tile is two vectors of eight outputs, read as packed for four tokens at a time. Weights
//! carry a bias that makes them unsigned; the sums start with what it will have added too much.

use std::arch::x86_64::*;

use super::activations::Activations;
use super::avx2_block::{Products, TOKENS, WIDTH, fours};
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::variant::{Output, Tile};

pub(super) const LAYOUT: Layout = Layout { group: Group::Quad, width: WIDTH, tokens: TOKENS };

/// Whether this machine can run it.
pub(super) fn available() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni")
}

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant); the machine has AVX-VNNI.
#[target_feature(enable = "avx2,avxvnni")]
pub(super) unsafe fn multiply_tile(tile: Tile<'_>, x: &Activations, output: Output) {
    // SAFETY: by this function's own conditions.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 | BlockFormat::Q5_0 => multiply_all::<8>(tile, x, output),
            BlockFormat::Q4_0 => multiply_all::<4>(tile, x, output),
        }
    }
}

/// Multiplies a tile of codes of `BITS` bits with every token, a register block after another.
#[target_feature(enable = "avx2,avxvnni")]
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

/// Multiplies a tile with `T` tokens.
#[inline]
#[target_feature(enable = "avx2,avxvnni")]
unsafe fn multiply<const T: usize, const BITS: usize>(
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    output: Output,
) {
    let bias = LAYOUT.bias(tile.format);
    let mut codes = tile.codes.as_ptr();
    let mut words = x.words(first).as_ptr().cast::<i32>();
    let x_sums = x.sums_of::<T>(first);
    let mut products = Products::<T>::new(tile, x, first);
    for block in 0..x.features() / BLOCK {
        // SAFETY: `block` counts the blocks of both the tile and the tokens.
        unsafe {
            let mut dots = [[_mm256_setzero_si256(); 2]; T];
            for (dots, sums) in dots.iter_mut().zip(x_sums) {
                let [even, odd] = *sums.add(block);
                *dots = [_mm256_set1_epi32(-bias * (even as i32 + odd as i32)); 2];
            }
            for _ in 0..BLOCK / 8 {
                for weights in fours::<BITS>(codes) {
                    for (t, dots) in dots.iter_mut().enumerate() {
                        let x = _mm256_set1_epi32(*words.add(t));
                        dots[0] = _mm256_dpbusd_avx_epi32(dots[0], weights[0], x);
                        dots[1] = _mm256_dpbusd_avx_epi32(dots[1], weights[1], x);
                    }
                    words = words.add(T);
                }
                codes = codes.add(WIDTH * BITS);
            }
            products.add(block, dots);
        }
    }
    // SAFETY: the tokens are those of `x`.
    unsafe { products.store(output) };
}
