//! What the variants for x86-64 with vectors of 256 bits share: everything but the dot product.

use std::arch::x86_64::*;

use super::activations::Activations;
use super::variant::{Output, Tile};

/// Outputs in a tile: two vectors of eight.
pub(super) const WIDTH: usize = 16;

/// Eight sums, two weight vectors, a product and an activation fit sixteen registers, and are enough
/// in flight to hide the latency of a dot product.
pub(super) const TOKENS: usize = 4;

/// Weights of a group of input features: of both halves of the outputs.
pub(super) type Weights = [__m256i; 2];

/// Integer dot products of a block, for each token those of both halves of the outputs.
pub(super) type Dots<const T: usize> = [[__m256i; 2]; T];

/// Codes of two successive fours of input features, of `BITS` bits.
///
/// # Safety
/// `codes` has as many bytes as they take.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) unsafe fn fours<const BITS: usize>(codes: *const u8) -> [Weights; 2] {
    // SAFETY: by this function's own condition.
    unsafe {
        let codes = codes.cast::<__m256i>();
        if BITS == 8 {
            return [0, 2].map(|at| {
                [_mm256_loadu_si256(codes.add(at)), _mm256_loadu_si256(codes.add(at + 1))]
            });
        }
        let mask = _mm256_set1_epi8(15);
        let both = [_mm256_loadu_si256(codes), _mm256_loadu_si256(codes.add(1))];
        [
            both.map(|codes| _mm256_and_si256(codes, mask)),
            both.map(|codes| _mm256_and_si256(_mm256_srli_epi32(codes, 4), mask)),
        ]
    }
}

/// The products of a tile with `T` tokens, block after block.
pub(super) struct Products<const T: usize> {
    scales: *const f32,
    x_scales: [*const f32; T],
    first: usize,
    y: [[__m256; 2]; T],
}

impl<const T: usize> Products<T> {
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn new(tile: Tile<'_>, x: &Activations, first: usize) -> Self {
        Products {
            scales: tile.scales.as_ptr(),
            x_scales: x.scales_of(first),
            first,
            y: [[_mm256_setzero_ps(); 2]; T],
        }
    }

    /// Adds the dot products of a block, scaled.
    ///
    /// # Safety
    /// Tile and tokens have that block.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn add(&mut self, block: usize, dots: Dots<T>) {
        for half in 0..2 {
            // SAFETY: by this function's own condition.
            unsafe {
                let scales = _mm256_loadu_ps(self.scales.add(block * WIDTH + half * WIDTH / 2));
                for (t, dots) in dots.iter().enumerate() {
                    let x_scale = _mm256_set1_ps(*self.x_scales[t].add(block));
                    let scale = _mm256_mul_ps(scales, x_scale);
                    let product = _mm256_mul_ps(_mm256_cvtepi32_ps(dots[half]), scale);
                    self.y[t][half] = _mm256_add_ps(self.y[t][half], product);
                }
            }
        }
    }

    /// Stores them.
    ///
    /// # Safety
    /// `output` has places for the tokens.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn store(self, output: Output) {
        for (t, y) in self.y.into_iter().enumerate() {
            let mut values = [0.0f32; WIDTH];
            // SAFETY: a vector is eight values; the place of the token is its own.
            unsafe {
                _mm256_storeu_ps(values.as_mut_ptr(), y[0]);
                _mm256_storeu_ps(values.as_mut_ptr().add(WIDTH / 2), y[1]);
                output.store(self.first + t, &values);
            }
        }
    }
}
