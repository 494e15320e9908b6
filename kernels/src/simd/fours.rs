//! Tiles in groups of four, read as they are packed.

use super::driver;
use super::nibbles::{NibbleVectors, Nibbles};
use super::source::Plain;
use super::sums32::{Instruction, Sums32};
use crate::activations::Activations;
use crate::format::BlockFormat;
use crate::layout::Layout;
use crate::tile::{Output, Tile};

/// Multiplies a tile with every token.
///
/// # Safety
/// As for [`driver::multiply_tile`]; and the tile is of `layout`.
#[inline(always)]
pub(crate) unsafe fn multiply_tile<const TOKENS: usize, I: Instruction>(
    layout: Layout,
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
) where
    I::Vectors: NibbleVectors,
{
    let bias = layout.bias(tile.format);
    let codes = tile.codes.as_ptr().cast();
    // SAFETY: by this function's own conditions.
    unsafe {
        match tile.format {
            BlockFormat::Q8_0 | BlockFormat::Q5_0 => {
                let dot = Sums32::<I, Plain<I::Vectors>, 2>::new(Plain(codes), bias);
                driver::multiply_tile::<TOKENS, _>(dot, tile, x, output);
            }
            BlockFormat::Q4_0 => {
                let dot = Sums32::<I, Nibbles<I::Vectors>, 2>::new(Nibbles(codes), bias);
                driver::multiply_tile::<TOKENS, _>(dot, tile, x, output);
            }
        }
    }
}
