//! WebAssembly's 128-bit SIMD: `i32x4.dot_i16x8` on pairs of input features.
//!
//! A tile is two vectors of four outputs. For up to four tokens the weights are widened to 16 bits
//! as they are loaded; for more, a whole tile is widened once and then used for four tokens at a
//! time, whose sums stay in registers.

use std::arch::wasm32::*;

use super::activations::Activations;
use super::layout::{BLOCK, BlockFormat};
use super::variant::{Output, Panel, Tile};

/// Outputs in a tile.
pub(super) const WIDTH: usize = 8;

/// Tokens in a register block: eight sums, two weight vectors, a product and an activation fit
/// sixteen registers.
const TOKENS: usize = 4;

/// Multiplies one tile with every token.
///
/// # Safety
/// See [`Variant::multiply_tile`](super::Variant).
pub(super) unsafe fn multiply_tile(
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut Panel,
) {
    let (codes, scales) = (tile.codes.as_ptr(), tile.scales.as_ptr());
    // SAFETY: the caller's conditions are those of each.
    unsafe {
        if x.tokens() > TOKENS {
            let source = unpack(tile, panel);
            multiply(&source, x, output);
        } else {
            match tile.format {
                BlockFormat::Q8_0 => multiply(&Packed8 { codes, scales }, x, output),
                BlockFormat::Q4_0 => multiply(&Packed4 { codes, scales }, x, output),
            }
        }
    }
}

/// Where weights come from.
trait Source {
    /// The weights of two successive pairs of input features, `at` pairs of pairs from the start,
    /// as 16-bit integers: first pair of both halves of the outputs, second pair of both.
    unsafe fn weights(&self, at: usize) -> [v128; 4];
    /// The scales of a block.
    unsafe fn scales(&self, block: usize) -> [v128; 2];
}

/// Codes of 8 bits, as packed.
struct Packed8 {
    codes: *const u8,
    scales: *const u16,
}

impl Source for Packed8 {
    #[inline(always)]
    unsafe fn weights(&self, at: usize) -> [v128; 4] {
        // SAFETY: `at` lies in the tile.
        unsafe {
            let from = self.codes.add(at * 32).cast::<i8>();
            [0, 8, 16, 24].map(|offset| i16x8_load_extend_i8x8(from.add(offset)))
        }
    }

    #[inline(always)]
    unsafe fn scales(&self, block: usize) -> [v128; 2] {
        // SAFETY: as above.
        unsafe { load_scales(self.scales.add(block * WIDTH)) }
    }
}

/// Codes of 4 bits, as packed.
struct Packed4 {
    codes: *const u8,
    scales: *const u16,
}

impl Source for Packed4 {
    #[inline(always)]
    unsafe fn weights(&self, at: usize) -> [v128; 4] {
        // SAFETY: `at` lies in the tile.
        let lanes = unsafe { v128_load(self.codes.add(at * 16).cast()) };
        [
            i16x8_shr(i16x8_shl(lanes, 12), 12),
            i16x8_shr(i16x8_shl(lanes, 8), 12),
            i16x8_shr(i16x8_shl(lanes, 4), 12),
            i16x8_shr(lanes, 12),
        ]
    }

    #[inline(always)]
    unsafe fn scales(&self, block: usize) -> [v128; 2] {
        // SAFETY: as above.
        unsafe { load_scales(self.scales.add(block * WIDTH)) }
    }
}

/// A tile unpacked to 16-bit weights and f32 scales.
struct Unpacked {
    codes: *const v128,
    scales: *const v128,
}

impl Source for Unpacked {
    #[inline(always)]
    unsafe fn weights(&self, at: usize) -> [v128; 4] {
        // SAFETY: `at` lies in the tile.
        unsafe { [0, 1, 2, 3].map(|i| v128_load(self.codes.add(at * 4 + i))) }
    }

    #[inline(always)]
    unsafe fn scales(&self, block: usize) -> [v128; 2] {
        // SAFETY: as above.
        unsafe { [0, 1].map(|half| v128_load(self.scales.add(block * 2 + half))) }
    }
}

/// Eight scales from f16 to f32. They are finite, so shifting the exponent into place and scaling
/// by the difference of the biases is exact, for subnormal ones too.
#[inline(always)]
unsafe fn load_scales(from: *const u16) -> [v128; 2] {
    let bias = f32x4_splat(f32::from_bits((127 + 127 - 15) << 23));
    // SAFETY: the caller gives a block's scales.
    let halves =
        unsafe { [u32x4_load_extend_u16x4(from), u32x4_load_extend_u16x4(from.add(WIDTH / 2))] };
    halves.map(|half| {
        let sign = u32x4_shl(v128_and(half, u32x4_splat(0x8000)), 16);
        let magnitude = u32x4_shl(v128_and(half, u32x4_splat(0x7fff)), 13);
        v128_or(f32x4_mul(magnitude, bias), sign)
    })
}

/// Unpacks a tile into the panel.
unsafe fn unpack(tile: Tile<'_>, panel: &mut Panel) -> Unpacked {
    let (codes, scales) = (tile.codes.as_ptr(), tile.scales.as_ptr());
    let count = tile.scales.len();
    panel.reserve(count * BLOCK * 2, count);
    let to_codes = panel.codes.as_mut_slice().as_mut_ptr().cast::<v128>();
    let to_scales = panel.scales.as_mut_ptr().cast::<v128>();
    // SAFETY: the panel has room, and the sources are read within the tile.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 => unpack_codes(&Packed8 { codes, scales }, count, to_codes),
            BlockFormat::Q4_0 => unpack_codes(&Packed4 { codes, scales }, count, to_codes),
        }
        for block in 0..count / WIDTH {
            let [low, high] = load_scales(scales.add(block * WIDTH));
            v128_store(to_scales.add(block * 2), low);
            v128_store(to_scales.add(block * 2 + 1), high);
        }
    }
    Unpacked { codes: to_codes, scales: to_scales }
}

/// Unpacks the codes of a tile of `count` blocks of one output.
unsafe fn unpack_codes<S: Source>(source: &S, count: usize, to: *mut v128) {
    for at in 0..count {
        // SAFETY: a block of one output is as many weights as four vectors hold.
        unsafe {
            for (i, vector) in source.weights(at).into_iter().enumerate() {
                v128_store(to.add(at * 4 + i), vector);
            }
        }
    }
}

/// Multiplies a tile with every token, a register block after another.
unsafe fn multiply<S: Source>(source: &S, x: &Activations, output: Output) {
    // SAFETY: the tokens are those of `x`.
    unsafe {
        let mut token = 0;
        while token + TOKENS <= x.tokens() {
            multiply_tokens::<TOKENS, S>(source, x, token, output);
            token += TOKENS;
        }
        match x.tokens() - token {
            1 => multiply_tokens::<1, S>(source, x, token, output),
            2 => multiply_tokens::<2, S>(source, x, token, output),
            3 => multiply_tokens::<3, S>(source, x, token, output),
            _ => {}
        }
    }
}

/// Multiplies a tile with `T` tokens.
#[inline(always)]
unsafe fn multiply_tokens<const T: usize, S: Source>(
    source: &S,
    x: &Activations,
    first: usize,
    output: Output,
) {
    let codes: [*const u32; T] = std::array::from_fn(|t| x.wide(first + t).as_ptr().cast());
    let x_scales: [*const f32; T] = std::array::from_fn(|t| x.scales(first + t).as_ptr());
    let mut y = [[f32x4_splat(0.0); 2]; T];
    for block in 0..x.features() / BLOCK {
        let mut dots = [[i32x4_splat(0); 2]; T];
        // SAFETY: `block` counts the blocks of both the tile and the tokens.
        unsafe {
            for i in 0..BLOCK / 4 {
                let at = block * (BLOCK / 4) + i;
                let weights = source.weights(at);
                for pair in 0..2 {
                    for t in 0..T {
                        let x = v128_load32_splat(codes[t].add(at * 2 + pair));
                        for half in 0..2 {
                            let product = i32x4_dot_i16x8(weights[pair * 2 + half], x);
                            dots[t][half] = i32x4_add(dots[t][half], product);
                        }
                    }
                }
            }
            let scales = source.scales(block);
            for t in 0..T {
                let x_scale = v128_load32_splat(x_scales[t].add(block).cast());
                for half in 0..2 {
                    let scale = f32x4_mul(scales[half], x_scale);
                    let dot = f32x4_convert_i32x4(dots[t][half]);
                    y[t][half] = f32x4_add(y[t][half], f32x4_mul(dot, scale));
                }
            }
        }
    }
    for (t, y) in y.into_iter().enumerate() {
        let mut values = [0.0f32; WIDTH];
        // SAFETY: a vector is four values; the place of the token is its own.
        unsafe {
            v128_store(values.as_mut_ptr().cast(), y[0]);
            v128_store(values.as_mut_ptr().add(4).cast(), y[1]);
            output.store(first + t, &values);
        }
    }
}
