//! Activations, quantized to 8 bits.

use crate::codes::{BLOCK, PairSums};
use crate::layout::{Group, Layout};
use crate::quantize::quantize_blocks;

/// Rows of activations, each cut into blocks of 32: 32 codes from -127 to 127 and an f32 scale,
/// `amax / 127`, as ggml's `q8_0` has it but with the scale unrounded. The buffers are reused from
/// one `quantize` to the next.
#[derive(Debug, Default)]
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

/// One token's activations.
#[derive(Clone, Copy)]
pub(crate) struct Token<'a> {
    /// `[feature]`
    pub codes: &'a [i8],
    /// `[block]`
    pub scales: &'a [f32],
}

impl Activations {
    /// Rows.
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// Values in a row.
    pub fn features(&self) -> usize {
        self.features
    }

    /// Quantizes `x`, which is `[tokens, features]`, for matrices of one layout.
    ///
    /// # Panics
    /// If `features` is no multiple of 32 or `x` is not of that shape.
    pub(crate) fn fill(&mut self, layout: Layout, x: &[f32], tokens: usize, features: usize) {
        assert!(features.is_multiple_of(BLOCK) && x.len() == tokens * features);
        self.layout = layout;
        (self.tokens, self.features) = (tokens, features);
        self.codes.resize(x.len(), 0);
        self.scales.resize(x.len() / BLOCK, 0.0);
        self.sums.resize(x.len() / BLOCK, [0; 2]);
        quantize_blocks(x, &mut self.codes, &mut self.scales, &mut self.sums);
        self.fill_words();
    }

    /// Writes `words`, from `codes`.
    fn fill_words(&mut self) {
        let Layout { group, tokens: most, .. } = self.layout;
        self.words.resize(self.codes.len() / group.len(), 0);
        for first in (0..self.tokens).step_by(most) {
            let count = most.min(self.tokens - first);
            let words = &mut self.words[first * self.features / group.len()..];
            for t in 0..count {
                let codes = &self.codes[(first + t) * self.features..][..self.features];
                let words = words[t..].iter_mut().step_by(count);
                match group {
                    Group::Pair => interleave(words, codes.as_chunks().0, |[a, b]| {
                        a as i16 as u16 as u32 | (b as i16 as u16 as u32) << 16
                    }),
                    Group::Quad => interleave(words, codes.as_chunks().0, |codes: [i8; 4]| {
                        u32::from_le_bytes(codes.map(|code| code as u8))
                    }),
                }
            }
        }
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// One token's codes and scales.
    pub(crate) fn token(&self, token: usize) -> Token<'_> {
        let codes = &self.codes[token * self.features..][..self.features];
        Token { codes, scales: self.scales(token) }
    }

    /// The codes of the register block that starts at token `first`, a multiple of the layout's
    /// tokens: `[group of input features][token]`, a group being two codes of 16 bits or four of 8.
    /// The last register block has as many tokens as are left.
    pub(crate) fn words(&self, first: usize) -> &[u32] {
        &self.words[first * self.features / self.layout.group.len()..]
    }

    // The next two are here, not where they are used: within a function that is compiled for more
    // instructions the closure would be too, and then a call instead of being inlined.

    /// The scales of `T` tokens from `first` on, each token's from its first block on.
    #[inline(always)]
    pub(crate) fn scales_of<const T: usize>(&self, first: usize) -> [*const f32; T] {
        std::array::from_fn(|t| self.scales(first + t).as_ptr())
    }

    /// The sums of the codes of `T` tokens from `first` on, each token's from its first block on.
    #[inline(always)]
    pub(crate) fn sums_of<const T: usize>(&self, first: usize) -> [*const PairSums; T] {
        std::array::from_fn(|t| self.sums(first + t).as_ptr())
    }

    /// One token's scales.
    fn scales(&self, token: usize) -> &[f32] {
        let blocks = self.features / BLOCK;
        &self.scales[token * blocks..][..blocks]
    }

    /// One token's sums of codes.
    fn sums(&self, token: usize) -> &[PairSums] {
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
