//! Activations, quantized to 8 bits.

use super::layout::{BLOCK, Group};
use super::variant::Variant;

/// Rows of activations, each cut into blocks of 32: 32 codes from -127 to 127 and an f32 scale,
/// `amax / 127`, as ggml's `q8_0` has it but with the scale unrounded. The buffer is reused from one
/// [`Activations::quantize`] to the next.
#[derive(Debug)]
pub struct Activations {
    group: Group,
    tokens: usize,
    features: usize,
    /// `[token, feature]`; only one of the two is filled, whichever the dot product reads.
    narrow: Vec<i8>,
    wide: Vec<i16>,
    /// `[token, block]`
    scales: Vec<f32>,
    /// Sums of the codes, `[token, block]`: what a bias on the weights adds to a dot product.
    sums: Vec<i32>,
}

impl Default for Activations {
    fn default() -> Self {
        Activations::new()
    }
}

impl Activations {
    /// No activations yet.
    pub fn new() -> Self {
        Activations::for_variant(Variant::best())
    }

    /// Activations for matrices packed for `variant`.
    pub fn for_variant(variant: Variant) -> Self {
        Activations {
            group: variant.layout().group,
            tokens: 0,
            features: 0,
            narrow: Vec::new(),
            wide: Vec::new(),
            scales: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// Quantizes `x`, which is `[tokens, features]`; `features` is a multiple of 32. A block with a
    /// value that is not finite gets a scale that is not finite, and so do all products with it.
    ///
    /// # Panics
    /// If `x` is not of that shape.
    pub fn quantize(&mut self, x: &[f32], tokens: usize, features: usize) {
        assert!(features.is_multiple_of(BLOCK) && x.len() == tokens * features);
        (self.tokens, self.features) = (tokens, features);
        let blocks = x.len() / BLOCK;
        self.scales.resize(blocks, 0.0);
        self.sums.resize(blocks, 0);
        match self.group {
            Group::Pair => {
                self.wide.resize(x.len(), 0);
                let targets = self.wide.as_chunks_mut().0.iter_mut();
                let scales = self.scales.iter_mut().zip(&mut self.sums);
                for ((x, to), (scale, sum)) in x.as_chunks().0.iter().zip(targets).zip(scales) {
                    (*scale, *sum) = quantize_block(x, to);
                }
            }
            Group::Quad => {
                self.narrow.resize(x.len(), 0);
                let targets = self.narrow.as_chunks_mut().0.iter_mut();
                let scales = self.scales.iter_mut().zip(&mut self.sums);
                for ((x, to), (scale, sum)) in x.as_chunks().0.iter().zip(targets).zip(scales) {
                    (*scale, *sum) = quantize_block(x, to);
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

    pub(super) fn group(&self) -> Group {
        self.group
    }

    /// One token's codes; empty unless the group is [`Group::Pair`].
    pub(super) fn wide(&self, token: usize) -> &[i16] {
        self.wide.get(token * self.features..(token + 1) * self.features).unwrap_or(&[])
    }

    /// One token's codes; empty unless the group is [`Group::Quad`].
    pub(super) fn narrow(&self, token: usize) -> &[i8] {
        self.narrow.get(token * self.features..(token + 1) * self.features).unwrap_or(&[])
    }

    /// One token's scales.
    pub(super) fn scales(&self, token: usize) -> &[f32] {
        let blocks = self.features / BLOCK;
        &self.scales[token * blocks..][..blocks]
    }

    /// One token's sums of codes.
    pub(super) fn sums(&self, token: usize) -> &[i32] {
        let blocks = self.features / BLOCK;
        &self.sums[token * blocks..][..blocks]
    }
}

/// A code as the dot product reads it.
trait Code {
    fn from_i8(code: i8) -> Self;
}

impl Code for i8 {
    fn from_i8(code: i8) -> Self {
        code
    }
}

impl Code for i16 {
    fn from_i8(code: i8) -> Self {
        code.into()
    }
}

/// Quantizes a block; returns its scale and the sum of its codes. Written so that compilers turn
/// every loop into vector code, with no call for rounding: adding 1.5 * 2^23 rounds to the nearest
/// integer, ties to even, and leaves it in the low bits.
#[inline(always)]
fn quantize_block<C: Code>(x: &[f32; BLOCK], to: &mut [C; BLOCK]) -> (f32, i32) {
    const ROUND: f32 = 12_582_912.0;
    // As integers, because a NaN is then the largest of all.
    let amax = x.iter().fold(0, |most, v| most.max(v.to_bits() & 0x7fff_ffff));
    let scale = f32::from_bits(amax) / 127.0;
    if scale < f32::MIN_POSITIVE {
        to.iter_mut().for_each(|code| *code = C::from_i8(0));
        return (0.0, 0);
    }
    let inverse = 1.0 / scale;
    let mut sum = 0;
    for (x, code) in x.iter().zip(to) {
        let rounded = (x * inverse + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i8;
        sum += rounded as i32;
        *code = C::from_i8(rounded);
    }
    (scale, sum)
}
