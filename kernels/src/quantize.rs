//! Quantizing blocks of activations.

use crate::codes::{BLOCK, PairSums};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use crate::wasm::quantize::{encode, largest};
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use plain::{encode, largest};

crate::widest! {
    /// Quantizes blocks of 32 values: a code for each value; a scale and the sums of the codes for
    /// each block.
    pub(crate) fn quantize_blocks(
        x: &[f32],
        codes: &mut [i8],
        scales: &mut [f32],
        sums: &mut [PairSums],
    ) {
        let blocks = x.as_chunks().0.iter().zip(codes.as_chunks_mut().0);
        for ((x, codes), (scale, sum)) in blocks.zip(scales.iter_mut().zip(sums)) {
            (*scale, *sum) = quantize_block(x, codes);
        }
    }
}

/// Quantizes a block; returns its scale and the sums of its codes.
#[inline(always)]
fn quantize_block(x: &[f32; BLOCK], codes: &mut [i8; BLOCK]) -> (f32, PairSums) {
    let scale = f32::from_bits(largest(x)) / 127.0;
    if scale < f32::MIN_POSITIVE {
        codes.fill(0);
        return (0.0, [0; 2]);
    }
    (scale, encode(x, 1.0 / scale, codes))
}

/// Loops that compilers turn into vector code, without a call for rounding.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod plain {
    use crate::codes::{BLOCK, PairSums, ROUND};

    /// The bits of the largest magnitude. Those of a NaN are larger than all others.
    #[inline(always)]
    pub(super) fn largest(x: &[f32; BLOCK]) -> u32 {
        x.iter().fold(0, |most, v| most.max(v.to_bits() & 0x7fff_ffff))
    }

    /// Writes the codes of `x * inverse` and returns their sums.
    #[inline(always)]
    pub(super) fn encode(x: &[f32; BLOCK], inverse: f32, codes: &mut [i8; BLOCK]) -> PairSums {
        let mut sums = [0i16; 8];
        for (x, codes) in x.as_chunks::<8>().0.iter().zip(codes.as_chunks_mut::<8>().0) {
            for ((x, code), sum) in x.iter().zip(codes).zip(&mut sums) {
                *code = (x * inverse + ROUND).to_bits() as i8;
                *sum += *code as i16;
            }
        }
        let [a, b, c, d, e, f, g, h] = sums;
        [a + b + e + f, c + d + g + h]
    }
}
