//! Activations, quantized to 8 bits.

use super::super::widest::widest;
use super::layout::{BLOCK, Group, Layout};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::quantize_simd128::{encode, largest};
use super::variant::Variant;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use plain::{encode, largest};

/// Rows of activations, each cut into blocks of 32: 32 codes from -127 to 127 and an f32 scale,
/// `amax / 127`, as ggml's `q8_0` has it but with the scale unrounded. The buffer is reused from one
/// [`Activations::quantize`] to the next.
#[derive(Debug)]
pub struct Activations {
    layout: Layout,
    tokens: usize,
    features: usize,
    /// `[token, feature]`
    codes: Vec<i8>,
    /// The same codes, 32 bits of them at a time, as dot products read them: see
    /// [`Activations::words`].
    words: Vec<u32>,
    /// `[token, block]`
    scales: Vec<f32>,
    /// Sums of the codes, `[token, block]`: what a bias on the weights adds to a dot product.
    sums: Vec<PairSums>,
}

/// Sums of a block's codes: of those in even pairs, and of those in odd pairs. Together they are the
/// sum of all; apart, they are what the two halves of a group of four add up to.
pub(super) type PairSums = [i16; 2];

impl Default for Activations {
    fn default() -> Self {
        Activations {
            layout: Variant::Portable.layout(),
            tokens: 0,
            features: 0,
            codes: Vec::new(),
            words: Vec::new(),
            scales: Vec::new(),
            sums: Vec::new(),
        }
    }
}

impl Activations {
    /// Quantizes `x`, which is `[tokens, features]`, for matrices packed for `variant`; `features`
    /// is a multiple of 32. A block with a value that is not finite gets a scale that is not finite,
    /// and so do all products with it.
    ///
    /// # Panics
    /// If `x` is not of that shape.
    pub fn quantize(&mut self, variant: Variant, x: &[f32], tokens: usize, features: usize) {
        assert!(features.is_multiple_of(BLOCK) && x.len() == tokens * features);
        self.layout = variant.layout();
        (self.tokens, self.features) = (tokens, features);
        self.codes.resize(x.len(), 0);
        self.scales.resize(x.len() / BLOCK, 0.0);
        self.sums.resize(x.len() / BLOCK, [0; 2]);
        quantize_blocks(x, &mut self.codes, &mut self.scales, &mut self.sums);
        self.words.resize(x.len() / self.layout.group.len(), 0);
        for first in (0..tokens).step_by(self.layout.tokens) {
            let count = self.layout.tokens.min(tokens - first);
            let words = &mut self.words[first * features / self.layout.group.len()..];
            for t in 0..count {
                let codes = &self.codes[(first + t) * features..][..features];
                let words = words[t..].iter_mut().step_by(count);
                match self.layout.group {
                    Group::Pair => interleave(words, codes.as_chunks().0, |[a, b]| {
                        a as i16 as u16 as u32 | (b as i16 as u16 as u32) << 16
                    }),
                    Group::Quad | Group::SignedQuad => {
                        interleave(words, codes.as_chunks().0, |codes: [i8; 4]| {
                            u32::from_le_bytes(codes.map(|code| code as u8))
                        })
                    }
                }
            }
        }
    }

    /// Rows.
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// Values in a row.
    pub fn features(&self) -> usize {
        self.features
    }

    pub(super) fn layout(&self) -> Layout {
        self.layout
    }

    /// One token's codes.
    pub(super) fn codes(&self, token: usize) -> &[i8] {
        &self.codes[token * self.features..][..self.features]
    }

    /// The codes of the register block that starts at token `first`, a multiple of the layout's
    /// tokens: `[group of input features][token]`, a group being two codes of 16 bits or four of 8.
    /// The last block has as many tokens as are left.
    pub(super) fn words(&self, first: usize) -> &[u32] {
        &self.words[first * self.features / self.layout.group.len()..]
    }

    /// The scales of `T` tokens from `first` on, each token's from its first block on.
    // Here and not where it is used: in a function for another machine's instructions, the closure would be
    // for that machine too, and a call.
    #[inline(always)]
    pub(super) fn scales_of<const T: usize>(&self, first: usize) -> [*const f32; T] {
        std::array::from_fn(|t| self.scales(first + t).as_ptr())
    }

    /// The sums of `T` tokens' codes from `first` on, each token's from its first block on.
    #[inline(always)]
    pub(super) fn sums_of<const T: usize>(&self, first: usize) -> [*const PairSums; T] {
        std::array::from_fn(|t| self.sums(first + t).as_ptr())
    }

    /// One token's scales.
    pub(super) fn scales(&self, token: usize) -> &[f32] {
        let blocks = self.features / BLOCK;
        &self.scales[token * blocks..][..blocks]
    }

    /// One token's sums of codes.
    pub(super) fn sums(&self, token: usize) -> &[PairSums] {
        let blocks = self.features / BLOCK;
        &self.sums[token * blocks..][..blocks]
    }
}

#[inline(always)]
fn interleave<'a, const N: usize>(
    words: impl Iterator<Item = &'a mut u32>,
    codes: &[[i8; N]],
    pack: impl Fn([i8; N]) -> u32,
) {
    for (word, &codes) in words.zip(codes) {
        *word = pack(codes);
    }
}

widest! {
    /// Quantizes blocks.
    fn quantize_blocks(x: &[f32], codes: &mut [i8], scales: &mut [f32], sums: &mut [PairSums]) {
        let blocks = x.as_chunks().0.iter().zip(codes.as_chunks_mut().0);
        for ((x, codes), (scale, sum)) in blocks.zip(scales.iter_mut().zip(sums)) {
            (*scale, *sum) = quantize_block(x, codes);
        }
    }
}

/// Adding 1.5 * 2^23 rounds to the nearest integer, ties to even, and leaves it in the low bits.
pub(super) const ROUND: f32 = 12_582_912.0;

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

/// What compilers turn into vector code, with no call for rounding.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod plain {
    use super::{BLOCK, PairSums, ROUND};

    /// The bits of the largest magnitude; a NaN's are larger than all others.
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
                // The low byte of `ROUND` is 0.
                *code = (x * inverse + ROUND).to_bits() as i8;
                *sum += *code as i16;
            }
        }
        let [a, b, c, d, e, f, g, h] = sums;
        [a + b + e + f, c + d + g + h]
    }
}
