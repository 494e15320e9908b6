//! WebAssembly's 128-bit SIMD: `i32x4.dot_i16x8` on pairs of input features.
//!
//! A tile is two vectors of four outputs. For a few tokens the weights are widened to 16 bits as
//! they are loaded; for more, a whole tile is widened once and then used for four tokens at a time,
//! whose sums stay in registers.
//!
//! Browsers compile what they are given in the order they are given it, and LLVM reorders long
//! stretches of code so that far more values live at once than there are registers. So the inner
//! loops are kept short, and LLVM is kept from unrolling them: see [`opaque`].

use std::arch::wasm32::*;

use super::activations::Activations;
use super::buffer::AlignedBytes;
use super::layout::{BLOCK, BlockFormat, Group, Layout};
use super::variant::{Output, Tile};

const WIDTH: usize = 8;

/// Eight sums, two weight vectors, four activations and a product fit the fifteen registers that
/// browsers use on x86-64.
const TOKENS: usize = 4;

/// Tokens from which on it pays to widen a whole tile first.
const MANY: usize = 12;

pub(super) const LAYOUT: Layout = Layout { group: Group::Pair, width: WIDTH, tokens: TOKENS };

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant).
pub(super) unsafe fn multiply_tile(
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let (codes, scales) = (tile.codes.as_ptr(), tile.scales.as_ptr());
    // SAFETY: the panel has room for the tile's weights, and the rest is the caller's condition.
    unsafe {
        if x.tokens() < MANY {
            match tile.format {
                BlockFormat::Q8_0 if x.tokens() == 1 => {
                    multiply::<1, 2>(Packed8(codes), scales, x, 0, output)
                }
                BlockFormat::Q8_0 => multiply_all::<1>(Packed8(codes), scales, x, output),
                BlockFormat::Q4_0 => multiply_all::<2>(Packed4(codes), scales, x, output),
            }
        } else {
            let steps = tile.scales.len();
            let weights = panel.reserve(steps * BLOCK * 2).as_mut_ptr().cast();
            match tile.format {
                BlockFormat::Q8_0 => unpack(Packed8(codes), steps, weights),
                BlockFormat::Q4_0 => unpack(Packed4(codes), steps, weights),
            }
            multiply_all::<1>(Widened(weights.cast()), scales, x, output);
        }
    }
}

/// Multiplies a tile with every token, a register block after another.
#[inline(always)]
unsafe fn multiply_all<const N: usize>(
    source: impl Source<N>,
    scales: *const f32,
    x: &Activations,
    output: Output,
) {
    let mut token = 0;
    // SAFETY: the tokens are those of `x`.
    unsafe {
        while token + TOKENS <= x.tokens() {
            multiply::<TOKENS, N>(source, scales, x, token, output);
            token += TOKENS;
        }
        match x.tokens() - token {
            1 => multiply::<1, N>(source, scales, x, token, output),
            2 => multiply::<2, N>(source, scales, x, token, output),
            3 => multiply::<3, N>(source, scales, x, token, output),
            _ => {}
        }
    }
}

/// Weights of one pair of input features as 16-bit integers: low and high half of the outputs.
type Pair = [v128; 2];

/// Where weights come from, `N` pairs of input features after `N`.
trait Source<const N: usize>: Copy {
    /// Loads the next weights.
    unsafe fn next(&mut self) -> [Pair; N];
}

/// Codes of 8 bits, as packed.
#[derive(Clone, Copy)]
struct Packed8(*const u8);

impl<const N: usize> Source<N> for Packed8 {
    #[inline(always)]
    unsafe fn next(&mut self) -> [Pair; N] {
        // SAFETY: the caller stays within the tile.
        std::array::from_fn(|_| unsafe {
            let from = self.0.cast::<i8>();
            self.0 = self.0.add(16);
            [i16x8_load_extend_i8x8(from), i16x8_load_extend_i8x8(from.add(8))]
        })
    }
}

/// Codes of 4 bits, as packed: every lane holds one of each of four vectors.
#[derive(Clone, Copy)]
struct Packed4(*const u8);

impl Source<2> for Packed4 {
    #[inline(always)]
    unsafe fn next(&mut self) -> [Pair; 2] {
        // SAFETY: the caller stays within the tile.
        let lanes = unsafe { v128_load(self.0.cast()) };
        self.0 = self.0.wrapping_add(16);
        let vector = |left| i16x8_shr(i16x8_shl(lanes, left), 12);
        [[vector(12), vector(8)], [vector(4), i16x8_shr(lanes, 12)]]
    }
}

/// Weights already widened.
#[derive(Clone, Copy)]
struct Widened(*const v128);

impl Source<1> for Widened {
    #[inline(always)]
    unsafe fn next(&mut self) -> [Pair; 1] {
        // SAFETY: the caller stays within the panel.
        unsafe {
            let from = self.0;
            self.0 = from.add(2);
            [[v128_load(from), v128_load(from.add(1))]]
        }
    }
}

/// Widens a tile's weights, two pairs in each of `steps`.
#[inline(always)]
unsafe fn unpack<S: Source<2>>(mut source: S, steps: usize, to: *mut [Pair; 2]) {
    for step in 0..steps {
        // SAFETY: the panel has room for them.
        unsafe { to.add(step).write(source.next()) };
    }
}

/// A number that LLVM does not know, so that it does not unroll the loop that counts to it.
#[inline(always)]
fn opaque(number: usize) -> usize {
    std::hint::black_box(number)
}

/// Multiplies a tile with `T` tokens, `N` pairs of input features in a step.
#[inline(always)]
unsafe fn multiply<const T: usize, const N: usize>(
    mut source: impl Source<N>,
    scales: *const f32,
    x: &Activations,
    first: usize,
    output: Output,
) {
    let mut words = x.words(first).as_ptr();
    let x_scales: [*const f32; T] = std::array::from_fn(|t| x.scales(first + t).as_ptr());
    let steps = opaque(BLOCK / 2 / N);
    let mut y = [[f32x4_splat(0.0); 2]; T];
    for block in 0..x.features() / BLOCK {
        let mut dots = [[i32x4_splat(0); 2]; T];
        // SAFETY: `block` counts the blocks of both the tile and the tokens.
        unsafe {
            for _ in 0..steps {
                for [low, high] in source.next() {
                    for (t, dots) in dots.iter_mut().enumerate() {
                        let x = v128_load32_splat(words.add(t));
                        dots[0] = i32x4_add(dots[0], i32x4_dot_i16x8(low, x));
                        dots[1] = i32x4_add(dots[1], i32x4_dot_i16x8(high, x));
                    }
                    words = words.add(T);
                }
            }
            for t in 0..T {
                let x_scale = x_scales[t].add(block);
                add_block(&mut y[t], dots[t], scales.add(block * WIDTH), x_scale);
            }
        }
    }
    for (t, y) in y.into_iter().enumerate() {
        // SAFETY: the place of the token is its own.
        unsafe { store(y, first + t, output) };
    }
}

/// Adds a block's scaled dot products.
#[inline(always)]
unsafe fn add_block(y: &mut [v128; 2], dots: [v128; 2], scales: *const f32, x_scale: *const f32) {
    // SAFETY: the caller gives the scales of a block.
    unsafe {
        let scales = scales.cast::<[v128; 2]>().read_unaligned();
        let x_scale = v128_load32_splat(x_scale.cast());
        for half in 0..2 {
            let scale = f32x4_mul(scales[half], x_scale);
            let dot = f32x4_convert_i32x4(dots[half]);
            y[half] = f32x4_add(y[half], f32x4_mul(dot, scale));
        }
    }
}

/// Stores a token's products.
#[inline(always)]
unsafe fn store(y: [v128; 2], token: usize, output: Output) {
    let mut values = [0.0f32; WIDTH];
    // SAFETY: two vectors are eight values; the place of the token is its own.
    unsafe {
        values.as_mut_ptr().cast::<[v128; 2]>().write_unaligned(y);
        output.store(token, &values);
    }
}
