//! Products of four rows, as a GGUF file stores them, with one token: 128-bit SIMD.

use std::arch::wasm32::*;

use crate::activations::Token;
use crate::codes::BLOCK;
use crate::format::BlockFormat;

/// Multiplies four rows with one token.
///
/// # Safety
/// The rows have as many blocks as the token.
pub(crate) unsafe fn products(format: BlockFormat, rows: [&[u8]; 4], token: Token<'_>) -> [f32; 4] {
    let mut rows = rows.map(<[u8]>::as_ptr);
    let mut y = f32x4_splat(0.0);
    for (x, x_scale) in token.codes.as_chunks::<BLOCK>().0.iter().zip(token.scales) {
        // SAFETY: as many blocks in a row as in the token.
        unsafe {
            let x = x.as_ptr();
            let x = [0, 8, 16, 24].map(|at| i16x8_load_extend_i8x8(x.add(at)));
            let [a, b, c, d] = rows.map(|block| {
                let [low, high] = codes(format, block.add(2));
                let low = i32x4_add(
                    i32x4_dot_i16x8(i16x8_extend_low_i8x16(low), x[0]),
                    i32x4_dot_i16x8(i16x8_extend_high_i8x16(low), x[1]),
                );
                let high = i32x4_add(
                    i32x4_dot_i16x8(i16x8_extend_low_i8x16(high), x[2]),
                    i32x4_dot_i16x8(i16x8_extend_high_i8x16(high), x[3]),
                );
                i32x4_add(low, high)
            });
            let ab =
                i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
            let cd =
                i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
            let dots = i32x4_add(i64x2_shuffle::<0, 2>(ab, cd), i64x2_shuffle::<1, 3>(ab, cd));
            let scales = f32x4_mul(scales(rows), v128_load32_splat((x_scale as *const f32).cast()));
            y = f32x4_add(y, f32x4_mul(f32x4_convert_i32x4(dots), scales));
            rows = rows.map(|block| block.add(format.block_bytes()));
        }
    }
    let mut products = [0.0; 4];
    // SAFETY: four values.
    unsafe { v128_store(products.as_mut_ptr().cast(), y) };
    products
}

/// The 32 signed codes of a block, without its scale.
#[inline(always)]
unsafe fn codes(format: BlockFormat, bytes: *const u8) -> [v128; 2] {
    // SAFETY: the caller gives a block.
    unsafe {
        match format {
            BlockFormat::Q8_0 => [v128_load(bytes.cast()), v128_load(bytes.add(16).cast())],
            BlockFormat::Q5_0 => {
                let upper = bytes.cast::<u32>().read_unaligned();
                let [low, high] = nibbles(bytes.add(4));
                [v128_or(low, lowered(upper)), v128_or(high, lowered(upper >> 16))]
            }
            BlockFormat::Q4_0 => nibbles(bytes).map(|nibbles| i8x16_sub(nibbles, i8x16_splat(8))),
        }
    }
}

/// The low nibbles of 16 bytes, and the high ones.
#[inline(always)]
unsafe fn nibbles(bytes: *const u8) -> [v128; 2] {
    // SAFETY: the caller gives 16 bytes.
    let both = unsafe { v128_load(bytes.cast()) };
    [v128_and(both, u8x16_splat(15)), u8x16_shr(both, 4)]
}

/// The high nibbles of 16 signed codes of 5 bits, one for each of the low 16 bits: all ones, which
/// makes a code 16 less, where its bit is not set.
#[inline(always)]
fn lowered(bits: u32) -> v128 {
    let spread = u8x16_splat(bits as u8);
    let spread = i64x2_replace_lane::<1>(spread, i64::from_ne_bytes([(bits >> 8) as u8; 8]));
    let each = i64x2_splat(0x8040_2010_0804_0201u64 as i64);
    v128_andnot(i8x16_splat(-16), i8x16_eq(v128_and(spread, each), each))
}

/// The scales of four blocks. They are finite, so shifting the exponent into place and scaling by
/// the difference of the biases is exact, for subnormal ones too.
#[inline(always)]
unsafe fn scales(blocks: [*const u8; 4]) -> v128 {
    let bias = f32x4_splat(f32::from_bits((127 + 127 - 15) << 23));
    // SAFETY: a block begins with its scale.
    let [a, b, c, d] = blocks.map(|block| unsafe { block.cast::<u16>().read_unaligned() as u32 });
    let halves = u32x4(a, b, c, d);
    let sign = u32x4_shl(v128_and(halves, u32x4_splat(0x8000)), 16);
    let magnitude = u32x4_shl(v128_and(halves, u32x4_splat(0x7fff)), 13);
    v128_or(f32x4_mul(magnitude, bias), sign)
}
