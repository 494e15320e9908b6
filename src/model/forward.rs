//! The forward pass of a llama-family transformer: token ids to hidden states.
//!
//! [`forward`] lists the steps in order, and the functions below it follow in the same order. The
//! new tokens of all sequences are rows of one matrix. Every step takes all rows together; only
//! attention looks at each sequence by itself. Linear layers work on tiles, which are some
//! neighbouring rows, so that a tile's values stay in the processor's cache from one step to the
//! next. No row depends on which others share its tile.
//!
//! The sizes in shapes, as in [`Config`]: `width`, `feed_forward`, `heads`, `kv_heads`, `head_dim`;
//! `rows` are the rows that the step works on, `tile` those of one tile.

use bioner_kernels::Activations;

use super::attention;
use super::batch::{Batch, Row};
use super::cache::KvCache;
use super::config::Config;
use super::linear::{Linear, LowRankBuffers};
use super::ops;
use super::rotary::Rotary;
use super::weights::{Block, Projection, Weights};
use super::workspace::{Workspace, for_each_tile, sized, tile_rows};
use crate::error::Result;

/// Runs the model on all rows of the batch and appends their keys and values to the cache. Returns
/// the hidden states after the last norm, `[outputs, width]`.
pub(super) fn forward(
    config: &Config,
    weights: &Weights,
    batch: &Batch,
    cache: &mut KvCache,
    workspace: &mut Workspace,
) -> Result<Vec<f32>> {
    for run in batch.runs() {
        cache.extend(run[0].sequence, run.len())?;
    }
    let adapted = cache.adapted;
    let mut pass = Pass { config, weights, rows: &batch.rows, workspace, adapted };
    pass.embed();
    pass.compute_angles();
    for (layer, block) in weights.blocks.iter().enumerate() {
        if layer + 1 < config.layers {
            pass.project(block, Projections::All);
        } else {
            // The keys and values of all rows are stored. What follows is only needed for the rows
            // whose hidden states are returned.
            pass.project(block, Projections::KeysAndValues);
            pass.keep_rows(&batch.outputs);
            pass.project(block, Projections::Queries);
        }
        pass.store_keys_and_values(layer, batch, cache)?;
        pass.attend(layer, cache);
        pass.add_attention_output(block);
        pass.add_feed_forward(block);
    }
    Ok(pass.output_norm())
}

/// The linear layers that [`Pass::project`] applies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Projections {
    All,
    KeysAndValues,
    Queries,
}

/// A pass under way.
struct Pass<'a> {
    config: &'a Config,
    weights: &'a Weights,
    /// The rows in the residual stream.
    rows: &'a [Row],
    workspace: &'a mut Workspace,
    /// Whether the adapters of linear layers are applied.
    adapted: bool,
}

impl<'a> Pass<'a> {
    /// Looks up the embedding of every token: `hidden [rows, width]`.
    fn embed(&mut self) {
        let width = self.config.width;
        let hidden = sized(&mut self.workspace.hidden, self.rows.len() * width);
        for (row, hidden) in self.rows.iter().zip(hidden.chunks_exact_mut(width)) {
            self.weights.embedding.row(row.token as usize, hidden);
        }
    }

    /// Computes the angles of the rotary position embedding for every row.
    fn compute_angles(&mut self) {
        let positions = self.rows.iter().map(|row| row.position);
        let factors = self.weights.rotary_factors.as_deref();
        self.workspace.rotary.prepare(self.config, factors, positions);
    }

    /// Norms the hidden states and projects them to `queries [rows, heads * head_dim]`, `keys` and
    /// `values [rows, kv_heads * head_dim]`; rotates queries and keys by their positions.
    fn project(&mut self, block: &Block, which: Projections) {
        struct Tile<'a> {
            rows: &'a [Row],
            hidden: &'a [f32],
            queries: &'a mut [f32],
            keys: &'a mut [f32],
            values: &'a mut [f32],
        }
        let (config, variant, adapted) = (self.config, self.weights.variant, self.adapted);
        let (want_queries, want_keys_and_values) =
            (which != Projections::KeysAndValues, which != Projections::Queries);
        let (rows, width) = (self.rows.len(), config.width);
        let query_width = if want_queries { config.query_width() } else { 0 };
        let kv_width = if want_keys_and_values { config.kv_width() } else { 0 };

        let Workspace { hidden, queries, keys, values, rotary, tiles: buffers, .. } =
            &mut *self.workspace;
        let mut queries = sized(queries, rows * query_width);
        let mut keys = sized(keys, rows * kv_width);
        let mut values = sized(values, rows * kv_width);
        let size = tile_rows(rows);
        let mut tiles = Vec::with_capacity(rows.div_ceil(size));
        for (rows, hidden) in self.rows.chunks(size).zip(hidden.chunks(size * width)) {
            tiles.push(Tile {
                rows,
                hidden: &hidden[..rows.len() * width],
                queries: cut(&mut queries, rows.len() * query_width),
                keys: cut(&mut keys, rows.len() * kv_width),
                values: cut(&mut values, rows.len() * kv_width),
            });
        }
        for_each_tile(tiles, buffers, |tile, buffers| {
            let normed = sized(&mut buffers.normed, tile.hidden.len());
            ops::rms_norm(tile.hidden, &block.attention_norm, config.rms_epsilon, normed);
            let x = &mut buffers.activations;
            x.quantize(variant, normed, tile.rows.len(), width);
            let mut apply = |projection: &Projection, out: &mut [f32]| {
                let low_rank = adapted.then_some(&mut buffers.low_rank);
                apply(projection, x, config.rms_epsilon, out, low_rank);
            };
            if want_queries {
                apply(&block.query, tile.queries);
                rotate(rotary, tile.rows, config.head_dim, tile.queries);
            }
            if want_keys_and_values {
                apply(&block.key, tile.keys);
                rotate(rotary, tile.rows, config.head_dim, tile.keys);
                apply(&block.value, tile.values);
            }
        });
    }

    /// Continues with some of the rows only: their hidden states move to the front of `hidden`.
    fn keep_rows(&mut self, rows: &'a [Row]) {
        let width = self.config.width;
        for (to, row) in rows.iter().enumerate() {
            let from = row.index * width;
            self.workspace.hidden.copy_within(from..from + width, to * width);
        }
        self.rows = rows;
    }

    /// Appends the keys and values of all rows of the batch to their sequences.
    fn store_keys_and_values(
        &mut self,
        layer: usize,
        batch: &Batch,
        cache: &mut KvCache,
    ) -> Result<()> {
        let width = self.config.kv_width();
        for run in batch.runs() {
            let range = run[0].index * width..(run[0].index + run.len()) * width;
            let (keys, values) = (&self.workspace.keys, &self.workspace.values);
            cache.write(layer, run[0].sequence, &keys[range.clone()], &values[range])?;
        }
        Ok(())
    }

    /// Attention of every row over its own sequence: `attended [rows, heads * head_dim]`.
    fn attend(&mut self, layer: usize, cache: &KvCache) {
        let len = self.rows.len() * self.config.query_width();
        let attended = sized(&mut self.workspace.attended, len);
        let queries = &self.workspace.queries[..len];
        attention::attend(self.config, cache, layer, self.rows, queries, attended);
    }

    /// `hidden += output(attended)`.
    fn add_attention_output(&mut self, block: &Block) {
        let (width, inner) = (self.config.width, self.config.query_width());
        let (rows, variant, adapted) = (self.rows.len(), self.weights.variant, self.adapted);
        let Workspace { hidden, attended, tiles: buffers, .. } = &mut *self.workspace;
        let size = tile_rows(rows);
        let tiles = attended[..rows * inner]
            .chunks(size * inner)
            .zip(hidden[..rows * width].chunks_mut(size * width));
        for_each_tile(tiles.collect(), buffers, |(attended, hidden), buffers| {
            let delta = sized(&mut buffers.delta, hidden.len());
            let x = &mut buffers.activations;
            x.quantize(variant, attended, attended.len() / inner, inner);
            let low_rank = adapted.then_some(&mut buffers.low_rank);
            block.attention_output.apply(x, delta, low_rank);
            ops::add(hidden, delta);
        });
    }

    /// `hidden += down(silu(gate(x)) * up(x))`, where `x` is the normed hidden state.
    fn add_feed_forward(&mut self, block: &Block) {
        let (width, inner) = (self.config.width, self.config.feed_forward);
        let (rows, variant, adapted) = (self.rows.len(), self.weights.variant, self.adapted);
        let epsilon = self.config.rms_epsilon;
        let Workspace { hidden, tiles: buffers, .. } = &mut *self.workspace;
        let tiles = hidden[..rows * width].chunks_mut(tile_rows(rows) * width);
        for_each_tile(tiles.collect(), buffers, |hidden: &mut [f32], buffers| {
            let tile = hidden.len() / width;
            let normed = sized(&mut buffers.normed, tile * width);
            let gate = sized(&mut buffers.gate, tile * inner);
            let up = sized(&mut buffers.up, tile * inner);
            let delta = sized(&mut buffers.delta, tile * width);
            let x = &mut buffers.activations;
            ops::rms_norm(hidden, &block.feed_forward_norm, epsilon, normed);
            x.quantize(variant, normed, tile, width);
            let mut apply = |linear: &Linear, x: &Activations, out: &mut [f32]| {
                linear.apply(x, out, adapted.then_some(&mut buffers.low_rank));
            };
            apply(&block.gate, x, gate);
            apply(&block.up, x, up);
            ops::silu_times(gate, up);
            x.quantize(variant, gate, tile, inner);
            apply(&block.down, x, delta);
            ops::add(hidden, delta);
        });
    }

    /// The normed hidden states of the rows left, `[rows, width]`.
    fn output_norm(&self) -> Vec<f32> {
        let mut out = vec![0.0; self.rows.len() * self.config.width];
        let hidden = &self.workspace.hidden[..out.len()];
        ops::rms_norm(hidden, &self.weights.output_norm, self.config.rms_epsilon, &mut out);
        out
    }
}

/// Applies a projection to `x [tile, width]`, with its bias and the norm of its heads where the model
/// has them: `out [tile, out_features]`.
fn apply(
    projection: &Projection,
    x: &Activations,
    epsilon: f32,
    out: &mut [f32],
    low_rank: Option<&mut LowRankBuffers>,
) {
    projection.matrix.apply(x, out, low_rank);
    if let Some(bias) = &projection.bias {
        ops::add_bias(out, bias);
    }
    if let Some(norm) = &projection.head_norm {
        ops::rms_norm_in_place(out, norm, epsilon);
    }
}

/// Rotates each head of `x [tile, heads * head_dim]` by the angles of its row.
fn rotate(rotary: &Rotary, rows: &[Row], head_dim: usize, x: &mut [f32]) {
    for (x, row) in x.chunks_exact_mut(x.len() / rows.len()).zip(rows) {
        let (cos, sin) = rotary.row(row.index);
        ops::rotate(x, head_dim, cos, sin);
    }
}

/// Cuts the first `len` values off a buffer.
fn cut<'a>(buffer: &mut &'a mut [f32], len: usize) -> &'a mut [f32] {
    let (first, rest) = std::mem::take(buffer).split_at_mut(len);
    *buffer = rest;
    first
}
