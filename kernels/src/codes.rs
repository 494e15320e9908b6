//! What weights and activations have in common: blocks of 32 codes.

/// Codes in a block, along the input features.
pub(crate) const BLOCK: usize = 32;

/// Adding 1.5 * 2^23 to an f32 rounds it to the nearest integer, ties to even, and leaves that
/// integer in the low bits. Its own low byte is 0.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// Two sums of a block's activations: of the codes in its even pairs, and of those in its odd pairs.
/// Added up, they are the sum of all codes; apart, they are what the two halves of every group of
/// four codes add up to.
pub(crate) type PairSums = [i16; 2];
