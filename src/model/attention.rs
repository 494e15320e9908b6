//! Attention of a batch of queries, each over its own sequence's keys and values.

use bioner_kernels::widest;

use super::cache::{KvCache, LANES, LayerSegment, SequenceId};
use super::config::Config;
use super::ops;

/// Query heads taken through a block of keys together; more would not fit the registers of a
/// 128-bit machine.
const QUERIES: usize = 3;
/// Rows of one sequence handled as one task, small enough to share out, large enough to keep a
/// head's keys in cache.
const TASK_ROWS: usize = 16;

/// One row of queries: a position of a sequence.
#[derive(Debug, Clone, Copy)]
pub(super) struct QueryRow {
    pub sequence: SequenceId,
    pub position: usize,
    /// How many of the sequence's positions it sees: those up to its own or, in a prefix, up to the
    /// prefix's end.
    pub seen: usize,
}

/// Attention of `queries` `[rows, heads * head_dim]` at one layer, into `out` of the same shape.
/// Rows of one sequence should be neighbours.
pub(super) fn attend(
    config: &Config,
    cache: &KvCache,
    layer: usize,
    rows: &[QueryRow],
    queries: &[f32],
    out: &mut [f32],
) {
    let width = config.query_width();
    let mut tasks = Vec::new();
    let (mut queries, mut out) = (queries, out);
    for same in rows.chunk_by(|a, b| a.sequence == b.sequence) {
        for rows in same.chunks(TASK_ROWS) {
            let (q, queries_left) = queries.split_at(rows.len() * width);
            let (o, out_left) = out.split_at_mut(rows.len() * width);
            (queries, out) = (queries_left, out_left);
            tasks.push(Task { rows, queries: q, out: o });
        }
    }
    let run = |task: Task<'_>| run(task, config, cache, layer);
    #[cfg(not(target_arch = "wasm32"))]
    {
        use rayon::prelude::*;
        if tasks.len() > 1 {
            return tasks.into_par_iter().for_each(run);
        }
    }
    tasks.into_iter().for_each(run);
}

widest! {
    /// Runs a task.
    fn run<'a>(task: Task<'a>, config: &Config, cache: &KvCache, layer: usize) {
        task.run(config, cache, layer);
    }
}

/// Some rows of one sequence.
struct Task<'a> {
    rows: &'a [QueryRow],
    queries: &'a [f32],
    out: &'a mut [f32],
}

impl Task<'_> {
    #[inline(always)]
    fn run(self, config: &Config, cache: &KvCache, layer: usize) {
        let Some(sequence) = self.rows.first().map(|row| row.sequence) else { return };
        let pieces: Vec<_> = cache.pieces(sequence, layer).collect();
        let (width, dim) = (config.query_width(), config.head_dim);
        let group = config.heads / config.kv_heads;
        let scale = 1.0 / (dim as f32).sqrt();
        let mut scores = [const { Vec::new() }; QUERIES];
        for kv_head in 0..config.kv_heads {
            let head = Head { kv_head, dim, kv_width: config.kv_width(), scale, pieces: &pieces };
            let heads = kv_head * group * dim..(kv_head + 1) * group * dim;
            for (i, row) in self.rows.iter().enumerate() {
                let q = &self.queries[i * width..][heads.clone()];
                let o = &mut self.out[i * width..][heads.clone()];
                for (q, o) in q.chunks(QUERIES * dim).zip(o.chunks_mut(QUERIES * dim)) {
                    match q.len() / dim {
                        1 => head.attend::<1>(row.seen, q, o, &mut scores),
                        2 => head.attend::<2>(row.seen, q, o, &mut scores),
                        _ => head.attend::<3>(row.seen, q, o, &mut scores),
                    }
                }
            }
        }
    }
}

/// One key-value head of one sequence.
struct Head<'a> {
    kv_head: usize,
    dim: usize,
    kv_width: usize,
    scale: f32,
    pieces: &'a [(&'a LayerSegment, usize)],
}

impl Head<'_> {
    /// `Q` queries `[Q, dim]` over the first `seen` positions, into `out` `[Q, dim]`.
    #[inline(always)]
    fn attend<const Q: usize>(
        &self,
        seen: usize,
        queries: &[f32],
        out: &mut [f32],
        scores: &mut [Vec<f32>; QUERIES],
    ) {
        let queries: [&[f32]; Q] =
            std::array::from_fn(|i| &queries[i * self.dim..(i + 1) * self.dim]);
        scores.iter_mut().for_each(Vec::clear);
        let mut left = seen;
        for (segment, used) in self.pieces {
            let count = left.min(*used);
            left -= count;
            for first in (0..count).step_by(LANES) {
                let block = first / LANES * self.kv_width + self.kv_head * self.dim;
                let mut sums = [[0.0; LANES]; Q];
                weigh(&mut sums, queries, &segment.keys[block * LANES..], LANES);
                for (scores, sums) in scores.iter_mut().zip(&sums) {
                    scores.extend_from_slice(&sums[..LANES.min(count - first)]);
                }
            }
        }
        let sums: [f32; Q] =
            std::array::from_fn(|i| ops::softmax_unnormalised(&mut scores[i], self.scale));
        for first in (0..self.dim).step_by(LANES) {
            // A head whose width is no multiple of the lanes is finished by itself.
            let lanes = LANES.min(self.dim - first);
            let mut weighted = [[0.0; LANES]; Q];
            let mut start = 0;
            for (segment, used) in self.pieces {
                let end = (start + used).min(seen);
                let weights: [&[f32]; Q] = std::array::from_fn(|i| &scores[i][start..end]);
                start = end;
                let values = &segment.values[self.kv_head * self.dim + first..];
                match lanes {
                    LANES => weigh(&mut weighted, weights, values, self.kv_width),
                    _ => weigh_few(&mut weighted, weights, values, self.kv_width, lanes),
                }
            }
            for ((out, weighted), sum) in out.chunks_exact_mut(self.dim).zip(&weighted).zip(sums) {
                for (out, w) in out[first..first + lanes].iter_mut().zip(weighted) {
                    *out = w / sum;
                }
            }
        }
    }
}

/// Adds to `sums` the rows of [`LANES`] values that lie `stride` apart in `rows`, weighted in `Q`
/// ways at once: the one inner loop of attention, over features for the scores and over positions
/// for the values. The order of the additions does not depend on how positions are cut into
/// segments, so neither does a bit of the outcome.
#[inline(always)]
fn weigh<const Q: usize>(
    sums: &mut [[f32; LANES]; Q],
    weights: [&[f32]; Q],
    rows: &[f32],
    stride: usize,
) {
    let count = weights.first().map_or(0, |w| w.len());
    let weights = weights.map(|w| &w[..count]);
    // A copy, so that the sums stay in registers.
    let mut held = *sums;
    for (i, row) in rows.chunks(stride).take(count).enumerate() {
        let row = &row[..LANES];
        for (sums, weights) in held.iter_mut().zip(&weights) {
            let w = weights[i];
            for (sum, v) in sums.iter_mut().zip(row) {
                *sum += w * v;
            }
        }
    }
    *sums = held;
}

/// [`weigh`] for rows of fewer values.
#[inline(always)]
fn weigh_few<const Q: usize>(
    sums: &mut [[f32; LANES]; Q],
    weights: [&[f32]; Q],
    rows: &[f32],
    stride: usize,
    lanes: usize,
) {
    for (sums, weights) in sums.iter_mut().zip(weights) {
        for (w, row) in weights.iter().zip(rows.chunks(stride)) {
            for (sum, v) in sums.iter_mut().zip(&row[..lanes]) {
                *sum += w * v;
            }
        }
    }
}
