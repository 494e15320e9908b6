//! Dot products summed in 32 bits.

use super::driver::Dot;
use super::source::Source;
use super::vectors::{Sums, Vectors, Weights};
use crate::codes::{BLOCK, PairSums};

/// An instruction for dot products of a group of input features, or a few instructions.
pub(crate) trait Instruction: Copy {
    /// The vectors that it takes.
    type Vectors: Vectors;

    /// Input features in a group.
    const GROUP: usize;

    /// Adds to the sum of each output the dot product of its weights with activations, which `x` has
    /// for each output. No activation is less than -127.
    ///
    /// # Safety
    /// The machine has the instruction.
    unsafe fn add(
        sums: <Self::Vectors as Vectors>::Sums,
        weights: <Self::Vectors as Vectors>::Codes,
        x: <Self::Vectors as Vectors>::Codes,
    ) -> <Self::Vectors as Vectors>::Sums;

    /// Adds the dot products of a group with `T` tokens, whose activations are in `words`.
    ///
    /// # Safety
    /// There are `T` words, and the machine has the instruction.
    #[inline(always)]
    unsafe fn add_group<const T: usize>(
        sums: &mut Sums<Self::Vectors, T>,
        [low, high]: Weights<Self::Vectors>,
        words: *const u32,
    ) {
        for (t, sums) in sums.iter_mut().enumerate() {
            // SAFETY: by this function's own condition.
            unsafe {
                let x = Self::Vectors::splat(words.add(t));
                sums[0] = Self::add(sums[0], low, x);
                sums[1] = Self::add(sums[1], high, x);
            }
        }
    }
}

/// Dot products by the instruction `I`, of weights from `source`, `N` groups at a time.
#[derive(Clone, Copy)]
pub(crate) struct Sums32<I, S, const N: usize> {
    instruction: std::marker::PhantomData<I>,
    source: S,
    /// How much too large every stored weight is.
    bias: i16,
}

impl<I: Instruction, S: Source<N, Vectors = I::Vectors>, const N: usize> Sums32<I, S, N> {
    /// Dot products of weights that are `bias` too large.
    #[inline(always)]
    pub(crate) fn new(source: S, bias: i32) -> Self {
        Sums32 { instruction: std::marker::PhantomData, source, bias: bias as i16 }
    }
}

impl<I: Instruction, S: Source<N, Vectors = I::Vectors>, const N: usize> Dot for Sums32<I, S, N> {
    type Vectors = I::Vectors;

    const GROUP: usize = I::GROUP;

    #[inline(always)]
    unsafe fn next<const T: usize>(
        &mut self,
        mut words: *const u32,
        sums: [*const PairSums; T],
    ) -> Sums<I::Vectors, T> {
        // SAFETY: by this function's own conditions.
        unsafe {
            let mut dots = [[I::Vectors::no_sums(); 2]; T];
            if self.bias != 0 {
                for (dots, sums) in dots.iter_mut().zip(sums) {
                    *dots = [I::Vectors::multiple(sums, -self.bias); 2];
                }
            }
            for _ in 0..I::Vectors::repeats(BLOCK / I::GROUP / N) {
                for weights in self.source.next() {
                    I::add_group::<T>(&mut dots, weights, words);
                    words = words.add(T);
                }
            }
            dots
        }
    }
}
