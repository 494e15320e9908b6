//! The buffers of a forward pass, and how its rows are shared among threads.

use super::linear::LowRankBuffers;
use super::rotary::Rotary;
use bioner_kernels::Activations;

/// The most rows that go through the linear layers together: enough to use each weight many times
/// while it is in the processor's cache, few enough that the values between two layers stay there
/// as well.
const MAX_TILE_ROWS: usize = 128;

/// The buffers of the forward pass. They are kept from one pass to the next and grow when a pass
/// needs more. A workspace is independent of the model and of the cache that it is used with.
#[derive(Default)]
pub struct Workspace {
    /// The residual stream, `[rows, width]`.
    pub(super) hidden: Vec<f32>,
    /// `[rows, heads * head_dim]`
    pub(super) queries: Vec<f32>,
    /// `[rows, kv_heads * head_dim]`
    pub(super) keys: Vec<f32>,
    /// `[rows, kv_heads * head_dim]`
    pub(super) values: Vec<f32>,
    /// The output of attention, `[rows, heads * head_dim]`.
    pub(super) attended: Vec<f32>,
    /// The angles of all rows.
    pub(super) rotary: Rotary,
    /// One for each tile that is computed at the same time.
    pub(super) tiles: Vec<TileBuffers>,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace").finish_non_exhaustive()
    }
}

/// The buffers of one tile: some neighbouring rows.
#[derive(Default)]
pub(super) struct TileBuffers {
    /// The normed hidden states, `[tile, width]`.
    pub normed: Vec<f32>,
    /// `[tile, feed_forward]`
    pub gate: Vec<f32>,
    /// `[tile, feed_forward]`
    pub up: Vec<f32>,
    /// What a layer adds to the residual stream, `[tile, width]`.
    pub delta: Vec<f32>,
    /// The quantized input of the next linear layers, `[tile, width]` or as wide as theirs is.
    pub activations: Activations,
    /// For the adapters of linear layers.
    pub low_rank: LowRankBuffers,
}

/// Rows in a tile when there are `rows`: natively as many tiles as threads, if that gives each
/// enough work.
pub(super) fn tile_rows(rows: usize) -> usize {
    #[cfg(not(target_arch = "wasm32"))]
    {
        /// The fewest rows that are worth a thread.
        const MIN_TILE_ROWS: usize = 16;
        let share = rows.div_ceil(rayon::current_num_threads()).next_multiple_of(MIN_TILE_ROWS);
        share.clamp(1, MAX_TILE_ROWS)
    }
    #[cfg(target_arch = "wasm32")]
    rows.clamp(1, MAX_TILE_ROWS)
}

/// Calls `work` for every tile: natively in parallel, each with its own buffers.
pub(super) fn for_each_tile<T: Send>(
    tiles: Vec<T>,
    buffers: &mut Vec<TileBuffers>,
    work: impl Fn(T, &mut TileBuffers) + Sync,
) {
    #[cfg(not(target_arch = "wasm32"))]
    if tiles.len() > 1 && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        buffers.resize_with(tiles.len().max(buffers.len()), TileBuffers::default);
        let pairs: Vec<_> = tiles.into_iter().zip(buffers).collect();
        let alone = |(tile, buffers)| bioner_kernels::alone(|| work(tile, buffers));
        return pairs.into_par_iter().for_each(alone);
    }
    if buffers.is_empty() {
        buffers.push(TileBuffers::default());
    }
    tiles.into_iter().for_each(|tile| work(tile, &mut buffers[0]));
}

/// The first `len` values of a buffer, which grows if needed. Their contents are undefined.
pub(super) fn sized(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
    &mut buffer[..len]
}
