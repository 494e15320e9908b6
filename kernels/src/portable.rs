//! Plain Rust, for any machine. The loops are in an order that compilers turn into vector code.

use crate::activations::{Activations, Token};
use crate::buffer::AlignedBytes;
use crate::codes::BLOCK;
use crate::format::{BlockFormat, scale};
use crate::layout::{Group, Layout};
use crate::tile::{Output, Tile};

/// Outputs in a tile.
const WIDTH: usize = 8;

pub(crate) const LAYOUT: Layout =
    Layout { group: Group::Pair, signed: true, width: WIDTH, tokens: 1 };

/// Multiplies one tile with every token.
///
/// # Safety
/// As for [`Variant::multiply_tile`](crate::Variant).
pub(crate) unsafe fn multiply_tile(
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
    panel: &mut AlignedBytes,
) {
    let codes = panel.reserve(tile.scales.len() * BLOCK);
    match tile.format {
        BlockFormat::Q8_0 | BlockFormat::Q5_0 => codes.copy_from_slice(tile.codes),
        BlockFormat::Q4_0 => {
            for (to, from) in
                codes.chunks_exact_mut(4 * WIDTH).zip(tile.codes.chunks_exact(2 * WIDTH))
            {
                unpack_nibbles(from, to);
            }
        }
    }
    for token in 0..x.tokens() {
        let mut y = [0.0; WIDTH];
        let blocks = codes.chunks_exact(BLOCK * WIDTH).zip(tile.scales.chunks_exact(WIDTH));
        let row = x.token(token);
        let activations = row.codes.chunks_exact(BLOCK).zip(row.scales);
        for ((codes, scales), (x, x_scale)) in blocks.zip(activations) {
            let dots = dot(codes, x);
            for ((y, dot), scale) in y.iter_mut().zip(dots).zip(scales) {
                *y += dot as f32 * (scale * x_scale);
            }
        }
        // SAFETY: by this function's own conditions.
        unsafe { output.store(token, &y) };
    }
}

/// The dot products of a block of every output with a block of one token.
#[inline(always)]
fn dot(codes: &[u8], x: &[i8]) -> [i32; WIDTH] {
    let mut dots = [0; WIDTH];
    for (codes, x) in codes.chunks_exact(2 * WIDTH).zip(x.chunks_exact(2)) {
        for (dot, codes) in dots.iter_mut().zip(codes.chunks_exact(2)) {
            *dot += codes[0] as i8 as i32 * x[0] as i32 + codes[1] as i8 as i32 * x[1] as i32;
        }
    }
    dots
}

/// Unpacks two pairs of input features of every output: see [`Layout`].
fn unpack_nibbles(from: &[u8], to: &mut [u8]) {
    for (lane, bytes) in from.chunks_exact(2).enumerate() {
        let lanes = u16::from_le_bytes([bytes[0], bytes[1]]);
        for vector in 0..4 {
            let code = ((lanes << (12 - 4 * vector)) as i16 >> 12) as u8;
            to[vector * WIDTH + lane] = code;
        }
    }
}

/// Multiplies four rows, as a GGUF file stores them, with one token.
pub(crate) fn products(format: BlockFormat, rows: [&[u8]; 4], token: Token<'_>) -> [f32; 4] {
    rows.map(|row| {
        let mut y = 0.0;
        let x = token.codes.chunks_exact(BLOCK).zip(token.scales);
        for (block, (x, x_scale)) in row.chunks_exact(format.block_bytes()).zip(x) {
            let codes = format.codes(block);
            let dot: i32 = codes.iter().zip(x).map(|(&w, &x)| w as i32 * x as i32).sum();
            y += dot as f32 * (scale(block) * x_scale);
        }
        y
    })
}
