//! Dot products of fours summed in 16 bits, two sums for each output, and widened once a block.
//!
//! A weight of 5 bits is stored 16 too large, one of 4 bits 8 too large, so that all are unsigned. A
//! sum has 16 products of a block, so without that bias it is at most 16 * 16 * 127 from zero and
//! fits 16 bits. On the way a sum may wrap, which does no harm. The instructions saturate when they
//! add two products, but two are far from the limit. Weights of 8 bits are taken apart into two
//! nibbles: 16 times the high one less 8, and the low one.

use super::driver::Dot;
use super::nibbles::NibbleVectors;
use super::source::Source;
use super::vectors::{Sums, Vectors, Weights};
use crate::codes::{BLOCK, PairSums};

/// Instructions for dot products of unsigned bytes of up to 5 bits with signed bytes.
pub(crate) trait Instructions: Copy {
    /// The vectors that they take.
    type Vectors: NibbleVectors;

    /// `sums`, one for each half of a group of four, times `factor`, for each output.
    ///
    /// # Safety
    /// `sums` can be read, and the machine has the instructions.
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> <Self::Vectors as Vectors>::Sums;

    /// Adds the dot products of each half of a group of four.
    ///
    /// # Safety
    /// The machine has the instructions.
    unsafe fn add(
        sums: <Self::Vectors as Vectors>::Sums,
        weights: <Self::Vectors as Vectors>::Codes,
        x: <Self::Vectors as Vectors>::Codes,
    ) -> <Self::Vectors as Vectors>::Sums;

    /// Both sums of each output, added and times `factor`, in 32 bits.
    ///
    /// # Safety
    /// The machine has the instructions.
    unsafe fn widen(
        sums: <Self::Vectors as Vectors>::Sums,
        factor: i16,
    ) -> <Self::Vectors as Vectors>::Sums;

    /// Adds sums of 32 bits.
    ///
    /// # Safety
    /// The machine has the instructions.
    unsafe fn add_wide(
        a: <Self::Vectors as Vectors>::Sums,
        b: <Self::Vectors as Vectors>::Sums,
    ) -> <Self::Vectors as Vectors>::Sums;
}

/// Adds to `sums` the dot products of a block, whose weights are the next of `source`, with `T`
/// tokens.
///
/// # Safety
/// `source` and `words` have a block, and the machine has the instructions.
#[inline(always)]
unsafe fn add_block<I, S, const T: usize, const N: usize>(
    source: &mut S,
    mut words: *const u32,
    sums: &mut Sums<I::Vectors, T>,
) where
    I: Instructions,
    S: Source<N, Vectors = I::Vectors>,
{
    for _ in 0..I::Vectors::repeats(BLOCK / 4 / N) {
        // SAFETY: by this function's own conditions.
        unsafe {
            for [low, high] in source.next() {
                for (t, sums) in sums.iter_mut().enumerate() {
                    let x = I::Vectors::splat(words.add(t));
                    sums[0] = I::add(sums[0], low, x);
                    sums[1] = I::add(sums[1], high, x);
                }
                words = words.add(T);
            }
        }
    }
}

/// Weights of up to 5 bits, from `source`, `N` groups at a time.
#[derive(Clone, Copy)]
pub(crate) struct Narrow<I, S, const N: usize> {
    instructions: std::marker::PhantomData<I>,
    source: S,
    /// How much too large every stored weight is.
    bias: i16,
}

impl<I: Instructions, S: Source<N, Vectors = I::Vectors>, const N: usize> Narrow<I, S, N> {
    /// Dot products of weights that are `bias` too large.
    #[inline(always)]
    pub(crate) fn new(source: S, bias: i32) -> Self {
        Narrow { instructions: std::marker::PhantomData, source, bias: bias as i16 }
    }
}

impl<I: Instructions, S: Source<N, Vectors = I::Vectors>, const N: usize> Dot for Narrow<I, S, N> {
    type Vectors = I::Vectors;

    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn next<const T: usize>(
        &mut self,
        words: *const u32,
        sums: [*const PairSums; T],
    ) -> Sums<I::Vectors, T> {
        // SAFETY: by this function's own conditions.
        unsafe {
            let mut dots = [[I::Vectors::no_sums(); 2]; T];
            for (dots, sums) in dots.iter_mut().zip(sums) {
                *dots = [I::multiple(sums, -self.bias); 2];
            }
            add_block::<I, S, T, N>(&mut self.source, words, &mut dots);
            for dots in dots.as_flattened_mut() {
                *dots = I::widen(*dots, 1);
            }
            dots
        }
    }
}

/// Weights of 8 bits that are 128 too large, from `source`, `N` groups at a time.
#[derive(Clone, Copy)]
pub(crate) struct TwoNibbles<I, S, const N: usize> {
    instructions: std::marker::PhantomData<I>,
    source: S,
}

impl<I: Instructions, S: Source<N, Vectors = I::Vectors>, const N: usize> TwoNibbles<I, S, N> {
    /// Dot products of such weights.
    #[inline(always)]
    pub(crate) fn new(source: S) -> Self {
        TwoNibbles { instructions: std::marker::PhantomData, source }
    }
}

impl<I: Instructions, S: Source<N, Vectors = I::Vectors>, const N: usize> Dot
    for TwoNibbles<I, S, N>
{
    type Vectors = I::Vectors;

    const GROUP: usize = 4;

    #[inline(always)]
    unsafe fn next<const T: usize>(
        &mut self,
        words: *const u32,
        sums: [*const PairSums; T],
    ) -> Sums<I::Vectors, T> {
        // SAFETY: by this function's own conditions.
        unsafe {
            let mut dots = [[I::Vectors::no_sums(); 2]; T];
            let mut lower = dots;
            for (dots, sums) in dots.iter_mut().zip(sums) {
                *dots = [I::multiple(sums, -8); 2];
            }
            let mut high = Nibbles::<S, true>(self.source);
            add_block::<I, _, T, N>(&mut high, words, &mut dots);
            for dots in dots.as_flattened_mut() {
                *dots = I::widen(*dots, 16);
            }
            let mut low = Nibbles::<S, false>(self.source);
            add_block::<I, _, T, N>(&mut low, words, &mut lower);
            self.source = low.0;
            for (dots, lower) in dots.as_flattened_mut().iter_mut().zip(lower.as_flattened()) {
                *dots = I::add_wide(*dots, I::widen(*lower, 1));
            }
            dots
        }
    }
}

/// The high or the low nibbles of weights.
#[derive(Clone, Copy)]
struct Nibbles<S, const HIGH: bool>(S);

impl<S, const HIGH: bool, const N: usize> Source<N> for Nibbles<S, HIGH>
where
    S: Source<N, Vectors: NibbleVectors>,
{
    type Vectors = S::Vectors;

    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights<S::Vectors>; N] {
        // SAFETY: by this function's own condition.
        unsafe {
            let mut weights = self.0.next();
            for codes in weights.as_flattened_mut() {
                *codes = if HIGH {
                    S::Vectors::high_nibbles(*codes)
                } else {
                    S::Vectors::low_nibbles(*codes)
                };
            }
            weights
        }
    }
}
