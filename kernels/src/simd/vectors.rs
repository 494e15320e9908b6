//! What a machine's vectors can do.

use crate::codes::PairSums;

/// The vectors of a machine, which all have the same number of bytes: four for each output of half
/// a tile. Any bytes are a valid value of each of the types.
pub(crate) trait Vectors: Copy {
    /// Codes of weights or of activations.
    type Codes: Copy;
    /// Integer sums, one of 32 bits or two of 16 bits for each output.
    type Sums: Copy;
    /// An f32 for each output.
    type Floats: Copy;

    /// Outputs in a tile: those of two vectors.
    const WIDTH: usize = 2 * size_of::<Self::Floats>() / size_of::<f32>();

    /// Whether the next tile is read ahead, a byte of each cache line, for want of an instruction
    /// for that.
    const READS_AHEAD: bool = false;

    /// How often an inner loop runs: `count`, which an implementation may hide from the compiler so
    /// that it does not unroll the loop.
    #[inline(always)]
    fn repeats(count: usize) -> usize {
        count
    }

    /// The same 32 bits for each output.
    ///
    /// # Safety
    /// `word` can be read, and the machine has these vectors.
    unsafe fn splat(word: *const u32) -> Self::Codes;

    /// A zero for each output.
    ///
    /// # Safety
    /// The machine has these vectors.
    unsafe fn no_sums() -> Self::Sums;

    /// For each output a sum of 32 bits: both of `sums`, times `factor`.
    ///
    /// # Safety
    /// `sums` can be read, and the machine has these vectors.
    unsafe fn multiple(sums: *const PairSums, factor: i16) -> Self::Sums;

    /// A zero for each output.
    ///
    /// # Safety
    /// The machine has these vectors.
    unsafe fn no_floats() -> Self::Floats;

    /// `y + f32(sums) * (scales * x_scale)`, each operation rounded by itself.
    ///
    /// # Safety
    /// `x_scale` can be read, and the machine has these vectors.
    unsafe fn add_scaled(
        y: Self::Floats,
        sums: Self::Sums,
        scales: Self::Floats,
        x_scale: *const f32,
    ) -> Self::Floats;
}

/// Weights of a group of input features: of both halves of the outputs.
pub(crate) type Weights<V> = [<V as Vectors>::Codes; 2];

/// Sums of `T` tokens: of both halves of the outputs.
pub(crate) type Sums<V, const T: usize> = [[<V as Vectors>::Sums; 2]; T];
