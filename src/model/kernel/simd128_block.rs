//! What the WebAssembly variants share: everything but the dot product and how its weights are
//! loaded.
//!
//! A tile is two vectors of four outputs. Sums of four tokens stay in registers: eight of them,
//! with two weight vectors, four activations and a product, fit the fifteen registers that browsers
//! use on x86-64.
//!
//! Browsers compile what they are given in the order they are given it, and LLVM reorders long
//! stretches of code so that far more values live at once than there are registers. So the inner
//! loop is kept short, and LLVM is kept from unrolling it: see [`opaque`].

use std::arch::wasm32::*;

use super::activations::{Activations, PairSums};
use super::layout::BLOCK;
use super::variant::{Output, Tile};

pub(super) const WIDTH: usize = 8;
pub(super) const TOKENS: usize = 4;

/// Weights of a group of input features: low and high half of the outputs.
pub(super) type Weights = [v128; 2];

/// Where weights come from, `N` groups of input features after `N`.
pub(super) trait Source<const N: usize>: Copy {
    /// Loads the next weights.
    ///
    /// # Safety
    /// There are as many.
    unsafe fn next(&mut self) -> [Weights; N];
}

/// Weights just as the dot product takes them.
#[derive(Clone, Copy)]
pub(super) struct Plain(pub *const v128);

impl<const N: usize> Source<N> for Plain {
    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights; N] {
        // SAFETY: by this function's own condition.
        std::array::from_fn(|_| unsafe {
            let from = self.0;
            self.0 = from.add(2);
            [v128_load(from), v128_load(from.add(1))]
        })
    }
}

/// Unpacks a tile's weights, two groups in each of `steps`.
///
/// # Safety
/// `source` has as many, and `to` has room for them.
#[inline(always)]
pub(super) unsafe fn unpack(mut source: impl Source<2>, steps: usize, to: *mut [Weights; 2]) {
    for step in 0..steps {
        // SAFETY: by this function's own condition.
        unsafe { to.add(step).write(source.next()) };
    }
}

/// The integer part of a product, for a tile whose weights are taken block after block.
pub(super) trait Dot: Copy {
    /// Input features in a group.
    const GROUP: usize;

    /// The dot products of the tile's next block with the same block of `T` tokens: of the low and
    /// the high half of the outputs. `words` are the tokens' codes as
    /// [`Activations::words`] has them, `sums` the sums of each token's codes.
    ///
    /// # Safety
    /// There is a next block, and `words` has a block of `T` tokens.
    unsafe fn next<const T: usize>(
        &mut self,
        words: *const u32,
        sums: [*const PairSums; T],
    ) -> [[v128; 2]; T];
}

/// Dot products that an instruction adds up in 32 bits, of weights from `S`, `N` groups at a time.
#[derive(Clone, Copy)]
pub(super) struct Straight<A, S, const N: usize> {
    pub add: A,
    pub source: S,
    /// What every weight has too much.
    pub bias: i16,
}

/// An instruction for dot products, or a few.
pub(super) trait Add: Copy {
    /// Input features in a group.
    const GROUP: usize;

    /// Adds to four sums the dot products of a group of four outputs with one of a token.
    fn add(self, sums: v128, weights: v128, x: v128) -> v128;
}

impl<A: Add, S: Source<N>, const N: usize> Dot for Straight<A, S, N> {
    const GROUP: usize = A::GROUP;

    #[inline(always)]
    unsafe fn next<const T: usize>(
        &mut self,
        mut words: *const u32,
        sums: [*const PairSums; T],
    ) -> [[v128; 2]; T] {
        let mut dots = [[i32x4_splat(0); 2]; T];
        // SAFETY: by this function's own conditions.
        unsafe {
            if self.bias != 0 {
                let bias = i16x8_splat(-self.bias);
                for (dots, sums) in dots.iter_mut().zip(sums) {
                    *dots = [i32x4_dot_i16x8(v128_load32_splat(sums.cast()), bias); 2];
                }
            }
            for _ in 0..opaque(BLOCK / A::GROUP / N) {
                for [low, high] in self.source.next() {
                    for (t, dots) in dots.iter_mut().enumerate() {
                        let x = v128_load32_splat(words.add(t));
                        dots[0] = self.add.add(dots[0], low, x);
                        dots[1] = self.add.add(dots[1], high, x);
                    }
                    words = words.add(T);
                }
            }
        }
        dots
    }
}

/// Bytes that a machine fetches together.
const LINE: usize = 64;

/// Multiplies a tile with every token, a register block after another.
///
/// Meanwhile a byte is read of each line of the next tile, so that the machine has it in its cache when
/// its turn comes, instead of waiting for it; WebAssembly has no instruction for that.
///
/// # Safety
/// `dot` has the weights of the whole tile; and see [`Variant::multiply_tile`](super::Variant).
#[inline(always)]
pub(super) unsafe fn multiply_all(dot: impl Dot, tile: Tile<'_>, x: &Activations, output: Output) {
    let (count, blocks) = (x.tokens() / TOKENS, x.features() / BLOCK);
    let mut ahead = tile.ahead;
    // As many register blocks as needed read so many lines with every block of input features.
    let lines = (ahead.len() / LINE / blocks).div_ceil(count.max(1));
    // SAFETY: the tokens are those of `x`.
    unsafe {
        for token in (0..count).map(|index| index * TOKENS) {
            let (now, left) = ahead.split_at((lines * blocks * LINE).min(ahead.len()));
            ahead = left;
            match now.len() / LINE / blocks {
                4.. => multiply::<TOKENS, 4>(dot, tile, x, token, output, now.as_ptr()),
                2.. => multiply::<TOKENS, 2>(dot, tile, x, token, output, now.as_ptr()),
                1 => multiply::<TOKENS, 1>(dot, tile, x, token, output, now.as_ptr()),
                0 => multiply::<TOKENS, 0>(dot, tile, x, token, output, now.as_ptr()),
            }
        }
        let (token, ahead) = (count * TOKENS, ahead.as_ptr());
        match x.tokens() - token {
            1 => multiply::<1, 0>(dot, tile, x, token, output, ahead),
            2 => multiply::<2, 0>(dot, tile, x, token, output, ahead),
            3 => multiply::<3, 0>(dot, tile, x, token, output, ahead),
            _ => {}
        }
    }
}

/// Multiplies a tile with the `T` tokens of a register block that starts at token `first`.
///
/// # Safety
/// See [`multiply_all`]; `ahead` has `LINES` lines for every block of `x`, which are read.
#[inline(always)]
pub(super) unsafe fn multiply<const T: usize, const LINES: usize>(
    dot: impl Dot,
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    output: Output,
    ahead: *const u8,
) {
    // SAFETY: `x` has as many blocks as the tile, and these tokens.
    let y = unsafe { products::<T, LINES, _>(dot, tile, x, first, ahead) };
    for (t, y) in y.into_iter().enumerate() {
        let mut values = [0.0f32; WIDTH];
        // SAFETY: two vectors are eight values; the place of the token is its own.
        unsafe {
            values.as_mut_ptr().cast::<[v128; 2]>().write_unaligned(y);
            output.store(first + t, &values);
        }
    }
}

/// The products of a tile with `T` tokens.
///
/// # Safety
/// See [`multiply`].
#[inline(always)]
unsafe fn products<const T: usize, const LINES: usize, D: Dot>(
    mut dot: D,
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    mut ahead: *const u8,
) -> [[v128; 2]; T] {
    let mut words = x.words(first).as_ptr();
    let x_scales = x.scales_of::<T>(first);
    let x_sums = x.sums_of::<T>(first);
    let mut y = [[f32x4_splat(0.0); 2]; T];
    for block in 0..x.features() / BLOCK {
        // SAFETY: `block` counts the blocks of both the tile and the tokens.
        unsafe {
            for line in 0..LINES {
                ahead.add(line * LINE).read_volatile();
            }
            ahead = ahead.add(LINES * LINE);
            let dots = dot.next::<T>(words, x_sums.map(|sums| sums.add(block)));
            words = words.add(T * BLOCK / D::GROUP);
            let scales = tile.scales.as_ptr().add(block * WIDTH).cast::<v128>();
            for half in 0..2 {
                let scales = v128_load(scales.add(half));
                for t in 0..T {
                    let x_scale = v128_load32_splat(x_scales[t].add(block).cast());
                    let dot = f32x4_convert_i32x4(dots[t][half]);
                    let product = f32x4_mul(dot, f32x4_mul(scales, x_scale));
                    y[t][half] = f32x4_add(y[t][half], product);
                }
            }
        }
    }
    y
}

/// A number that LLVM does not know, so that it does not unroll the loop that counts to it.
#[inline(always)]
pub(super) fn opaque(number: usize) -> usize {
    std::hint::black_box(number)
}
