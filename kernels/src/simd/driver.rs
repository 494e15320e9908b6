//! A tile times every token.

use super::vectors::{Sums, Vectors};
use crate::activations::Activations;
use crate::codes::{BLOCK, PairSums};
use crate::tile::{Output, Tile};

/// The integer part of a product: dot products of a tile's weights, taken block after block.
pub(crate) trait Dot: Copy {
    /// The vectors that hold them.
    type Vectors: Vectors;

    /// Input features in a group.
    const GROUP: usize;

    /// The dot products of the tile's next block with the same block of `T` tokens. `words` are the
    /// tokens' codes as [`Activations::words`] has them, `sums` the sums of each token's codes.
    ///
    /// # Safety
    /// There is a next block, `words` has a block of `T` tokens, `sums` can be read, and the machine
    /// has the instructions.
    unsafe fn next<const T: usize>(
        &mut self,
        words: *const u32,
        sums: [*const PairSums; T],
    ) -> Sums<Self::Vectors, T>;
}

/// Bytes in a cache line.
const LINE: usize = 64;

/// Multiplies a tile with every token, a register block of `TOKENS` after another.
///
/// With [`Vectors::READS_AHEAD`] a byte is read meanwhile of each cache line of the next tile, so
/// that it is in the cache when its turn comes.
///
/// # Safety
/// `dot` has the weights of the whole tile; the tile and `x` have as many blocks, and `x` is laid
/// out for register blocks of `TOKENS`; `output` has a place of its own for every token; the machine
/// has the instructions of `D`.
#[inline(always)]
pub(crate) unsafe fn multiply_tile<const TOKENS: usize, D: Dot>(
    dot: D,
    tile: Tile<'_>,
    x: &Activations,
    output: Output,
) {
    const { assert!(TOKENS <= 8) };
    let (count, blocks) = (x.tokens() / TOKENS, x.features() / BLOCK);
    let mut ahead = if D::Vectors::READS_AHEAD { tile.ahead } else { &[] };
    // Enough lines with every block of input features that the last register block reads the last.
    let lines = (ahead.len() / LINE / blocks).div_ceil(count.max(1));
    // SAFETY: the tokens are those of `x`.
    unsafe {
        for token in (0..count).map(|index| index * TOKENS) {
            let (now, left) = ahead.split_at((lines * blocks * LINE).min(ahead.len()));
            ahead = left;
            match now.len() / LINE / blocks {
                4.. => multiply::<TOKENS, 4, D>(dot, tile, x, token, output, now.as_ptr()),
                2.. => multiply::<TOKENS, 2, D>(dot, tile, x, token, output, now.as_ptr()),
                1 => multiply::<TOKENS, 1, D>(dot, tile, x, token, output, now.as_ptr()),
                0 => multiply::<TOKENS, 0, D>(dot, tile, x, token, output, now.as_ptr()),
            }
        }
        let (token, ahead) = (count * TOKENS, ahead.as_ptr());
        match x.tokens() % TOKENS {
            1 => multiply::<1, 0, D>(dot, tile, x, token, output, ahead),
            2 => multiply::<2, 0, D>(dot, tile, x, token, output, ahead),
            3 => multiply::<3, 0, D>(dot, tile, x, token, output, ahead),
            4 if TOKENS > 4 => multiply::<4, 0, D>(dot, tile, x, token, output, ahead),
            5 if TOKENS > 4 => multiply::<5, 0, D>(dot, tile, x, token, output, ahead),
            6 if TOKENS > 4 => multiply::<6, 0, D>(dot, tile, x, token, output, ahead),
            7 if TOKENS > 4 => multiply::<7, 0, D>(dot, tile, x, token, output, ahead),
            _ => {}
        }
    }
}

/// Multiplies a tile with the `T` tokens of the register block that starts at token `first`.
///
/// # Safety
/// As for [`multiply_tile`]; and `ahead` has `LINES` cache lines for every block of `x`.
#[inline(always)]
pub(crate) unsafe fn multiply<const T: usize, const LINES: usize, D: Dot>(
    dot: D,
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    output: Output,
    ahead: *const u8,
) {
    // SAFETY: `x` has as many blocks as the tile, and these tokens; every token's place is its own.
    unsafe {
        let y = products::<T, LINES, D>(dot, tile, x, first, ahead);
        for (t, y) in y.iter().enumerate() {
            output.store(first + t, y);
        }
    }
}

/// The products of a tile with `T` tokens: of both halves of the outputs.
///
/// # Safety
/// As for [`multiply`].
#[inline(always)]
unsafe fn products<const T: usize, const LINES: usize, D: Dot>(
    mut dot: D,
    tile: Tile<'_>,
    x: &Activations,
    first: usize,
    mut ahead: *const u8,
) -> [[<D::Vectors as Vectors>::Floats; 2]; T] {
    let mut words = x.words(first).as_ptr();
    let x_scales = x.scales_of::<T>(first);
    let x_sums = x.sums_of::<T>(first);
    // SAFETY: `block` counts the blocks of both the tile and the tokens.
    unsafe {
        let mut y = [[D::Vectors::no_floats(); 2]; T];
        for block in 0..x.features() / BLOCK {
            for line in 0..LINES {
                ahead.add(line * LINE).read_volatile();
            }
            ahead = ahead.add(LINES * LINE);
            let dots = dot.next::<T>(words, x_sums.map(|sums| sums.add(block)));
            words = words.add(T * BLOCK / D::GROUP);
            let scales = tile.scales.as_ptr().add(block * D::Vectors::WIDTH);
            let scales = scales.cast::<<D::Vectors as Vectors>::Floats>();
            for half in 0..2 {
                let scales = scales.add(half).read_unaligned();
                for t in 0..T {
                    let x_scale = x_scales[t].add(block);
                    y[t][half] = D::Vectors::add_scaled(y[t][half], dots[t][half], scales, x_scale);
                }
            }
        }
        y
    }
}
