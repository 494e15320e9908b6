//! Attention: each row of queries over the keys and values of its own sequence.

use bioner_kernels::widest;

use super::batch::Row;
use super::cache::{KvCache, LANES, LayerPage};
use super::config::Config;
use super::ops;

/// The most query heads that read a block of keys together. More would not fit the registers of a
/// machine with 128-bit vectors.
const MAX_QUERIES: usize = 3;
/// The most rows of one sequence in a task: few enough that long runs are shared among threads,
/// enough that a head's keys are used many times while they are in the processor's cache.
const MAX_TASK_ROWS: usize = 16;

/// Computes attention at one layer: `queries` and `out` are `[rows, heads * head_dim]`. Rows of one
/// sequence should be neighbours.
pub(super) fn attend(
    config: &Config,
    cache: &KvCache,
    layer: usize,
    rows: &[Row],
    queries: &[f32],
    out: &mut [f32],
) {
    let width = config.query_width();
    let mut tasks = Vec::new();
    let (mut queries, mut out) = (queries, out);
    for same in rows.chunk_by(|a, b| a.sequence == b.sequence) {
        for rows in same.chunks(MAX_TASK_ROWS) {
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

/// Rows of one sequence.
struct Task<'a> {
    rows: &'a [Row],
    /// `[rows, heads * head_dim]`
    queries: &'a [f32],
    /// `[rows, heads * head_dim]`
    out: &'a mut [f32],
}

impl Task<'_> {
    #[inline(always)]
    fn run(self, config: &Config, cache: &KvCache, layer: usize) {
        let Some(sequence) = self.rows.first().map(|row| row.sequence) else { return };
        let pages: Vec<_> = cache.pages(sequence, layer).collect();
        let (width, dim) = (config.query_width(), config.head_dim);
        let group = config.heads / config.kv_heads;
        let scale = 1.0 / (dim as f32).sqrt();
        let mut scores = [const { Vec::new() }; MAX_QUERIES];
        for kv_head in 0..config.kv_heads {
            let head = KvHead { kv_head, dim, kv_width: config.kv_width(), scale, pages: &pages };
            let heads = kv_head * group * dim..(kv_head + 1) * group * dim;
            for (i, row) in self.rows.iter().enumerate() {
                let q = &self.queries[i * width..][heads.clone()];
                let o = &mut self.out[i * width..][heads.clone()];
                for (q, o) in q.chunks(MAX_QUERIES * dim).zip(o.chunks_mut(MAX_QUERIES * dim)) {
                    match q.len() / dim {
                        1 => head.attend::<1>(row.visible, q, o, &mut scores),
                        2 => head.attend::<2>(row.visible, q, o, &mut scores),
                        _ => head.attend::<3>(row.visible, q, o, &mut scores),
                    }
                }
            }
        }
    }
}

/// The keys and values of one head of one sequence.
struct KvHead<'a> {
    kv_head: usize,
    /// Features of a head.
    dim: usize,
    /// Features of all key-value heads.
    kv_width: usize,
    /// Scores are multiplied by this, `1 / sqrt(dim)`.
    scale: f32,
    pages: &'a [LayerPage<'a>],
}

impl KvHead<'_> {
    /// Attention of `Q` queries `[Q, dim]` over the first `visible` positions, into `out [Q, dim]`.
    #[inline(always)]
    fn attend<const Q: usize>(
        &self,
        visible: usize,
        queries: &[f32],
        out: &mut [f32],
        scores: &mut [Vec<f32>; MAX_QUERIES],
    ) {
        let queries: [&[f32]; Q] =
            std::array::from_fn(|i| &queries[i * self.dim..(i + 1) * self.dim]);
        self.scores(visible, queries, scores);
        let sums: [f32; Q] =
            std::array::from_fn(|i| ops::softmax_unnormalised(&mut scores[i], self.scale));
        for first in (0..self.dim).step_by(LANES) {
            // The last features of a head may be fewer than the lanes.
            let lanes = LANES.min(self.dim - first);
            let mut weighted = [[0.0; LANES]; Q];
            let mut start = 0;
            for page in self.pages {
                let end = (start + page.len).min(visible);
                let weights: [&[f32]; Q] = std::array::from_fn(|i| &scores[i][start..end]);
                start = end;
                let values = &page.values[self.kv_head * self.dim + first..];
                match lanes {
                    LANES => add_weighted(&mut weighted, weights, values, self.kv_width),
                    _ => add_weighted_few(&mut weighted, weights, values, self.kv_width, lanes),
                }
            }
            for ((out, weighted), sum) in out.chunks_exact_mut(self.dim).zip(&weighted).zip(sums) {
                for (out, w) in out[first..first + lanes].iter_mut().zip(weighted) {
                    *out = w / sum;
                }
            }
        }
    }

    /// The dot products of each query with the keys of the first `visible` positions, into
    /// `scores [Q, visible]`.
    #[inline(always)]
    fn scores<const Q: usize>(
        &self,
        visible: usize,
        queries: [&[f32]; Q],
        scores: &mut [Vec<f32>; MAX_QUERIES],
    ) {
        scores.iter_mut().for_each(Vec::clear);
        let mut left = visible;
        for page in self.pages {
            let count = left.min(page.len);
            left -= count;
            for first in (0..count).step_by(LANES) {
                let block = first / LANES * self.kv_width + self.kv_head * self.dim;
                let mut sums = [[0.0; LANES]; Q];
                add_weighted(&mut sums, queries, &page.keys[block * LANES..], LANES);
                for (scores, sums) in scores.iter_mut().zip(&sums) {
                    scores.extend_from_slice(&sums[..LANES.min(count - first)]);
                }
            }
        }
    }
}

/// Adds weighted rows to `sums`, with `Q` sets of weights at once: `sums[q] += weights[q][i] *
/// row i`, where row `i` is the [`LANES`] values from `rows[i * stride]` on. This is the one inner
/// loop of attention: for scores, a row is one feature of a block of keys; for the output, it is
/// the values of one position. The order of the additions does not depend on how a sequence is cut
/// into pages, so the results do not either, to the bit.
#[inline(always)]
fn add_weighted<const Q: usize>(
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

/// [`add_weighted`] for rows of `lanes` values, fewer than [`LANES`].
#[inline(always)]
fn add_weighted_few<const Q: usize>(
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
