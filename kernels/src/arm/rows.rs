//! Products of four rows, as a GGUF file stores them, with one token: NEON.

use std::arch::aarch64::*;

use crate::activations::Token;
use crate::codes::BLOCK;
use crate::format::BlockFormat;

/// Multiplies four rows with one token.
///
/// # Safety
/// The rows have as many blocks as the token.
pub(crate) unsafe fn products(format: BlockFormat, rows: [&[u8]; 4], token: Token<'_>) -> [f32; 4] {
    let mut rows = rows.map(<[u8]>::as_ptr);
    let mut products = [0.0; 4];
    // SAFETY: every machine of this architecture has NEON; there are as many blocks in a row as in
    // the token.
    unsafe {
        let mut y = vdupq_n_f32(0.0);
        for (x, &x_scale) in token.codes.as_chunks::<BLOCK>().0.iter().zip(token.scales) {
            let x = [vld1q_s8(x.as_ptr()), vld1q_s8(x.as_ptr().add(16))];
            let [a, b, c, d] = rows.map(|block| dot(codes(format, block.add(2)), x));
            let dots = vpaddq_s32(vpaddq_s32(a, b), vpaddq_s32(c, d));
            let scales = rows.map(|block| block.cast::<u16>().read_unaligned());
            let scales = vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(scales.as_ptr())));
            let product = vmulq_f32(vcvtq_f32_s32(dots), vmulq_n_f32(scales, x_scale));
            y = vaddq_f32(y, product);
            rows = rows.map(|block| block.add(format.block_bytes()));
        }
        vst1q_f32(products.as_mut_ptr(), y);
    }
    products
}

/// Four sums that add up to the dot product of a block of codes with one of activations.
#[inline(always)]
unsafe fn dot(codes: [int8x16_t; 2], x: [int8x16_t; 2]) -> int32x4_t {
    // SAFETY: every machine of this architecture has NEON.
    unsafe {
        // Two products are at most 2 * 128 * 127, which 16 bits hold.
        let low = vmull_s8(vget_low_s8(codes[0]), vget_low_s8(x[0]));
        let low = vmlal_s8(low, vget_low_s8(codes[1]), vget_low_s8(x[1]));
        let high = vmull_high_s8(codes[0], x[0]);
        let high = vmlal_high_s8(high, codes[1], x[1]);
        vpadalq_s16(vpaddlq_s16(low), high)
    }
}

/// The 32 signed codes of a block, without its scale.
#[inline(always)]
unsafe fn codes(format: BlockFormat, bytes: *const u8) -> [int8x16_t; 2] {
    // SAFETY: the caller gives a block.
    unsafe {
        match format {
            BlockFormat::Q8_0 => [vld1q_s8(bytes.cast()), vld1q_s8(bytes.add(16).cast())],
            BlockFormat::Q5_0 => {
                let [low, high] = nibbles(bytes.add(4));
                [vorrq_s8(low, lowered(bytes)), vorrq_s8(high, lowered(bytes.add(2)))]
            }
            BlockFormat::Q4_0 => nibbles(bytes).map(|codes| vsubq_s8(codes, vdupq_n_s8(8))),
        }
    }
}

/// The low nibbles of 16 bytes, and the high ones.
#[inline(always)]
unsafe fn nibbles(bytes: *const u8) -> [int8x16_t; 2] {
    // SAFETY: the caller gives 16 bytes.
    unsafe {
        let both = vld1q_u8(bytes);
        [
            vreinterpretq_s8_u8(vandq_u8(both, vdupq_n_u8(15))),
            vreinterpretq_s8_u8(vshrq_n_u8::<4>(both)),
        ]
    }
}

/// The high nibbles of 16 signed codes of 5 bits, one for each of the bits of two bytes: all ones,
/// which makes a code 16 less, where its bit is not set.
#[inline(always)]
unsafe fn lowered(bits: *const u8) -> int8x16_t {
    // SAFETY: the caller gives two bytes.
    unsafe {
        let spread = vcombine_u8(vdup_n_u8(*bits), vdup_n_u8(*bits.add(1)));
        let each = vreinterpretq_u8_u64(vdupq_n_u64(0x8040_2010_0804_0201));
        let set = vreinterpretq_s8_u8(vtstq_u8(spread, each));
        vbicq_s8(vdupq_n_s8(-16), set)
    }
}
