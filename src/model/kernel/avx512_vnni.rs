//! x86-64 with AVX-512 VNNI: `vpdpbusd` on fours of input features, unsigned weights by signed
//! activations.
//!
//! A tile is two vectors of sixteen outputs, read as packed for eight tokens at a time. Weights
//! carry a bias that makes them unsigned; the sums start with what it will have added too much.

use std::arch::x86_64::*;

use super::activations::Activations;
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::variant::{Output, Tile};

const WIDTH: usize = 32;

/// Sixteen sums of 32 registers: enough in flight to hide the instruction's latency.
const TOKENS: usize = 8;

pub(super) const LAYOUT: Layout = Layout { group: Group::Quad, width: WIDTH, tokens: TOKENS };

/// Whether this machine can run it.
pub(super) fn available() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni")
}

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant); the machine has AVX-512 VNNI.
#[target_feature(enable = "avx512f,avx512vnni")]
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
#[target_feature(enable = "avx512f,avx512vnni")]
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
            4 => multiply::<4, BITS>(tile, x, token, output),
            5 => multiply::<5, BITS>(tile, x, token, output),
            6 => multiply::<6, BITS>(tile, x, token, output),
            7 => multiply::<7, BITS>(tile, x, token, output),
            _ => {}
        }
    }
}

/// Weights of two successive fours of input features of both halves of the outputs:
/// `[four][half]`.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn weights<const BITS: usize>(codes: *const u8) -> [[__m512i; 2]; 2] {
    // SAFETY: the caller gives as many bytes as they take.
    unsafe {
        let codes = codes.cast::<__m512i>();
        if BITS == 8 {
            return [0, 2].map(|at| {
                [_mm512_loadu_si512(codes.add(at)), _mm512_loadu_si512(codes.add(at + 1))]
            });
        }
        let mask = _mm512_set1_epi8(15);
        let both = [_mm512_loadu_si512(codes), _mm512_loadu_si512(codes.add(1))];
        [
            both.map(|codes| _mm512_and_si512(codes, mask)),
            both.map(|codes| _mm512_and_si512(_mm512_srli_epi32(codes, 4), mask)),
        ]
    }
}

/// Multiplies a tile with `T` tokens.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn multiply<const T: usize, const BITS: usize>(
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    output: Output,
) {
    let bias = LAYOUT.bias(tile.format);
    let mut codes = tile.codes.as_ptr();
    let mut words = x.words(first).as_ptr().cast::<i32>();
    let x_scales = x.scales_of::<T>(first);
    let x_sums = x.sums_of::<T>(first);
    let mut y = [[_mm512_setzero_ps(); 2]; T];
    for block in 0..x.features() / BLOCK {
        // SAFETY: `block` counts the blocks of both the tile and the tokens.
        unsafe {
            let mut dots = [[_mm512_setzero_si512(); 2]; T];
            for (dots, sums) in dots.iter_mut().zip(x_sums) {
                let [even, odd] = *sums.add(block);
                *dots = [_mm512_set1_epi32(-bias * (even as i32 + odd as i32)); 2];
            }
            for _ in 0..BLOCK / 8 {
                for weights in weights::<BITS>(codes) {
                    for (t, dots) in dots.iter_mut().enumerate() {
                        let x = _mm512_set1_epi32(*words.add(t));
                        dots[0] = _mm512_dpbusd_epi32(dots[0], weights[0], x);
                        dots[1] = _mm512_dpbusd_epi32(dots[1], weights[1], x);
                    }
                    words = words.add(T);
                }
                codes = codes.add(WIDTH * BITS);
            }
            for half in 0..2 {
                let scales =
                    _mm512_loadu_ps(tile.scales.as_ptr().add(block * WIDTH + half * WIDTH / 2));
                for t in 0..T {
                    let scale = _mm512_mul_ps(scales, _mm512_set1_ps(*x_scales[t].add(block)));
                    let dot = _mm512_cvtepi32_ps(dots[t][half]);
                    y[t][half] = _mm512_add_ps(y[t][half], _mm512_mul_ps(dot, scale));
                }
            }
        }
    }
    for (t, y) in y.into_iter().enumerate() {
        let mut values = [0.0f32; WIDTH];
        // SAFETY: a vector is sixteen values; the place of the token is its own.
        unsafe {
            _mm512_storeu_ps(values.as_mut_ptr(), y[0]);
            _mm512_storeu_ps(values.as_mut_ptr().add(WIDTH / 2), y[1]);
            output.store(first + t, &values);
        }
    }
}
