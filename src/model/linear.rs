//! A linear layer of the pass: a matrix, and the adapter beside it.

use bioner_kernels::{Activations, PackedMatrix};

use super::ops;
use super::workspace::sized;

/// A linear layer.
pub(super) struct Linear {
    /// `[out_features, in_features]`
    pub matrix: PackedMatrix,
    pub adapter: Option<LowRank>,
}

/// A low-rank matrix that is added to another one: the product of two narrow matrices.
pub(super) struct LowRank {
    /// `[rank, in_features]`
    pub down: PackedMatrix,
    /// `[out_features, rank]`
    pub up: PackedMatrix,
    /// What the product is multiplied by.
    pub scale: f32,
}

/// The buffers of the adapters of a tile.
#[derive(Default)]
pub(super) struct LowRankBuffers {
    /// `[tile, rank]`
    narrow: Vec<f32>,
    /// `narrow`, quantized.
    activations: Activations,
    /// `[tile, out_features]`
    wide: Vec<f32>,
}

impl Linear {
    /// Writes the product with `x [tile, in_features]` to `out [tile, out_features]`. With `buffers`, that
    /// of the adapter is added.
    pub fn apply(&self, x: &Activations, out: &mut [f32], buffers: Option<&mut LowRankBuffers>) {
        self.matrix.multiply(x, out);
        let (Some(LowRank { down, up, scale }), Some(buffers)) = (&self.adapter, buffers) else {
            return;
        };
        let (rows, rank) = (x.tokens(), down.out_features());
        let narrow = sized(&mut buffers.narrow, rows * rank);
        down.multiply(x, narrow);
        narrow.iter_mut().for_each(|value| *value *= scale);
        buffers.activations.quantize(up.variant(), narrow, rows, rank);
        let wide = sized(&mut buffers.wide, out.len());
        up.multiply(&buffers.activations, wide);
        ops::add(out, wide);
    }
}
