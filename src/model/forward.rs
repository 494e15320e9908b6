//! The batched forward pass of a llama-family transformer.
//!
//! The new tokens of all sequences are rows of one matrix: every linear layer sees them together,
//! only attention looks at each sequence by itself. Rows whose hidden state nobody asked for leave
//! the pass in the last layer, as soon as their keys and values are stored.

use bioner_kernels::Activations;
use candle_core::{Device, Tensor};

use super::Model;
use super::attention::{self, QueryRow};
use super::cache::{KvCache, Room, SequenceId};
use super::config::Config;
use super::ops;
use super::rotary::Rotary;
use super::weights::{Block, Projection, Weights};
use crate::error::{Error, Result};

/// Rows taken through the linear layers together, at most: enough to use each weight many times while
/// it is in cache, few enough that what lies between two layers stays there too.
const TILE: usize = 128;

/// The new tokens of one sequence.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// Where they are appended. A sequence may have one run in a pass.
    pub sequence: SequenceId,
    /// Token ids, in order.
    pub tokens: &'a [u32],
    /// So many of the first tokens see each other, those behind them too; all others see what stands
    /// before them only.
    pub prefix: usize,
    /// Which hidden states are wanted.
    pub outputs: Outputs,
}

/// The positions of a run whose hidden states are returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// Those of the last so many tokens; 0: the run is only read.
    Last(usize),
    /// Those of all tokens.
    All,
}

/// Buffers of a pass, kept from one to the next.
#[derive(Default)]
pub(super) struct Workspace {
    hidden: Vec<f32>,
    queries: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    attended: Vec<f32>,
    rotary: Rotary,
    scratch: Vec<Scratch>,
}

/// What lies between two layers, for the rows of a tile.
#[derive(Default)]
struct Scratch {
    normed: Vec<f32>,
    gate: Vec<f32>,
    up: Vec<f32>,
    delta: Vec<f32>,
    activations: Activations,
}

/// Rows of a tile when there are `rows`: natively as many tiles as threads, if there is enough to do.
fn tile_rows(rows: usize) -> usize {
    #[cfg(not(target_arch = "wasm32"))]
    {
        /// Rows for which a thread of its own is worth it.
        const FEWEST: usize = 16;
        let share = rows.div_ceil(rayon::current_num_threads()).next_multiple_of(FEWEST);
        share.clamp(1, TILE)
    }
    #[cfg(target_arch = "wasm32")]
    rows.clamp(1, TILE)
}

/// Works on every tile: natively side by side, each with a scratch of its own.
fn each_tile<T: Send>(
    tiles: Vec<T>,
    scratch: &mut Vec<Scratch>,
    work: impl Fn(T, &mut Scratch) + Sync,
) {
    #[cfg(not(target_arch = "wasm32"))]
    if tiles.len() > 1 && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        scratch.resize_with(tiles.len().max(scratch.len()), Scratch::default);
        let pairs: Vec<_> = tiles.into_iter().zip(scratch).collect();
        return pairs.into_par_iter().for_each(|(tile, scratch)| work(tile, scratch));
    }
    if scratch.is_empty() {
        scratch.push(Scratch::default());
    }
    tiles.into_iter().for_each(|tile| work(tile, &mut scratch[0]));
}

/// The first `len` places of a buffer, which grows if it must. What they hold is left over.
fn sized(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
    &mut buffer[..len]
}

impl Model {
    /// One pass over the new tokens of several sequences, which are appended to them in the cache.
    /// Returns the final-normed hidden states asked for, `[outputs, width]` f32: run after run, and
    /// within a run in the order of its tokens.
    ///
    /// # Errors
    /// [`Error::TextTooLarge`] if a sequence would outgrow the model's context;
    /// [`Error::Internal`] for a sequence that is not in the cache or has two runs, or a token the
    /// model does not have. The cache is then as it was.
    pub fn forward(&self, cache: &mut KvCache, runs: &[Run<'_>]) -> Result<Tensor> {
        self.check(cache, runs)?;
        // The buffers are taken out, so that they can be used while the cache is read.
        let mut workspace = std::mem::take(&mut cache.workspace);
        let outcome = Pass::new(self, cache, runs).and_then(|pass| pass.run(cache, &mut workspace));
        cache.workspace = workspace;
        outcome
    }

    fn check(&self, cache: &KvCache, runs: &[Run<'_>]) -> Result<()> {
        let mut seen = std::collections::HashSet::new();
        for run in runs {
            if !cache.contains(run.sequence) || !seen.insert(run.sequence) {
                return Err(Error::Internal("a run's sequence is unknown or given twice".into()));
            }
            if let Some(token) = run.tokens.iter().find(|&&t| t as usize >= self.config.vocabulary)
            {
                return Err(Error::Internal(format!("the model has no token {token}")));
            }
            let len = cache.len(run.sequence) + run.tokens.len();
            if len > self.config.context {
                return Err(Error::TextTooLarge(format!(
                    "{len} tokens in one piece, where the model reads {} at most",
                    self.config.context
                )));
            }
        }
        Ok(())
    }
}

/// One pass: the rows, and where each belongs.
struct Pass<'a> {
    config: &'a Config,
    weights: &'a Weights,
    tokens: Vec<u32>,
    rows: Vec<QueryRow>,
    /// Per run: where its keys and values go, and how many there are.
    rooms: Vec<(Room, usize)>,
    /// Rows whose hidden states are wanted, ascending.
    wanted: Vec<usize>,
}

impl<'a> Pass<'a> {
    fn new(model: &'a Model, cache: &mut KvCache, runs: &[Run<'_>]) -> Result<Self> {
        let mut pass = Self {
            config: &model.config,
            weights: &model.weights,
            tokens: Vec::new(),
            rows: Vec::new(),
            rooms: Vec::new(),
            wanted: Vec::new(),
        };
        for run in runs.iter().filter(|run| !run.tokens.is_empty()) {
            let (sequence, count) = (run.sequence, run.tokens.len());
            let first = pass.rows.len();
            let start = cache.len(sequence);
            pass.tokens.extend_from_slice(run.tokens);
            pass.rows.extend((start..start + count).map(|position| {
                let seen = (position + 1).max(start + run.prefix.min(count));
                QueryRow { sequence, position, seen }
            }));
            pass.wanted.extend(match run.outputs {
                Outputs::Last(some) => first + count - some.min(count)..first + count,
                Outputs::All => first..first + count,
            });
            pass.rooms.push((cache.extend(sequence, count)?, count));
        }
        Ok(pass)
    }

    fn run(self, cache: &mut KvCache, work: &mut Workspace) -> Result<Tensor> {
        let width = self.config.width;
        let positions = self.rows.iter().map(|row| row.position);
        work.rotary.prepare(self.config, self.weights.rotary_factors.as_deref(), positions);
        let hidden = sized(&mut work.hidden, self.tokens.len() * width);
        for (&token, hidden) in self.tokens.iter().zip(hidden.chunks_exact_mut(width)) {
            self.weights.embedding.row(token as usize, hidden);
        }
        // Every row up to the last layer, which needs the others' keys and values only.
        let all: Vec<usize> = (0..self.rows.len()).collect();
        let mut left = &all;
        for (i, block) in self.weights.blocks.iter().enumerate() {
            let last = i + 1 == self.weights.blocks.len();
            if last {
                self.project(&[Linear::Key, Linear::Value], block, &all, work);
                left = &self.wanted;
                for (to, &from) in left.iter().enumerate() {
                    work.hidden.copy_within(from * width..(from + 1) * width, to * width);
                }
                self.project(&[Linear::Query], block, left, work);
            } else {
                self.project(&[Linear::Query, Linear::Key, Linear::Value], block, &all, work);
            }
            self.store(i, cache, work);
            self.attend(i, block, left, cache, work);
            self.feed_forward(block, left.len(), work);
        }
        let mut out = vec![0.0; left.len() * width];
        let hidden = &work.hidden[..left.len() * width];
        ops::rms_norm(hidden, &self.weights.output_norm, self.config.rms_epsilon, &mut out);
        Ok(Tensor::from_vec(out, (left.len(), width), &Device::Cpu)?)
    }

    /// Queries, keys or values of the rows in `hidden`, which are the rows `rows` of the pass.
    fn project(&self, wanted: &[Linear], block: &Block, rows: &[usize], work: &mut Workspace) {
        struct Tile<'a> {
            rows: &'a [usize],
            hidden: &'a [f32],
            out: Vec<(Linear, &'a mut [f32])>,
        }
        let Workspace { hidden, queries, keys, values, rotary, scratch, .. } = work;
        let width = self.config.width;
        let size = tile_rows(rows.len());
        let pairs = rows.chunks(size).zip(hidden.chunks(size * width));
        let mut tiles: Vec<Tile<'_>> = pairs
            .map(|(rows, hidden)| Tile {
                rows,
                hidden: &hidden[..rows.len() * width],
                out: Vec::new(),
            })
            .collect();
        let outputs = [(Linear::Query, queries), (Linear::Key, keys), (Linear::Value, values)];
        for (linear, out) in outputs.into_iter().filter(|(linear, _)| wanted.contains(linear)) {
            let features = linear.of(block).matrix.out_features();
            let out = sized(out, rows.len() * features).chunks_mut(size * features);
            for (tile, out) in tiles.iter_mut().zip(out) {
                tile.out.push((linear, out));
            }
        }
        each_tile(tiles, scratch, |tile, scratch| {
            let n = tile.rows.len();
            let normed = sized(&mut scratch.normed, n * width);
            ops::rms_norm(tile.hidden, &block.attention_norm, self.config.rms_epsilon, normed);
            scratch.activations.quantize(self.weights.variant, normed, n, width);
            for (linear, out) in tile.out {
                let projection = linear.of(block);
                self.apply(projection, &scratch.activations, out);
                if !matches!(linear, Linear::Value) {
                    let rows = out.chunks_exact_mut(projection.matrix.out_features());
                    for (out, &row) in rows.zip(tile.rows) {
                        let (cos, sin) = rotary.row(row);
                        ops::rotate(out, self.config.head_dim, cos, sin);
                    }
                }
            }
        });
    }

    fn apply(&self, projection: &Projection, x: &Activations, out: &mut [f32]) {
        projection.matrix.multiply(x, out);
        if let Some(bias) = &projection.bias {
            ops::add_bias(out, bias);
        }
        if let Some(norm) = &projection.head_norm {
            ops::rms_norm_in_place(out, norm, self.config.rms_epsilon);
        }
    }

    /// Puts the keys and values of every run into the cache.
    fn store(&self, layer: usize, cache: &mut KvCache, work: &Workspace) {
        let width = self.config.kv_width();
        let mut first = 0;
        for &(room, n) in &self.rooms {
            let range = first * width..(first + n) * width;
            cache.write(layer, room, &work.keys[range.clone()], &work.values[range]);
            first += n;
        }
    }

    /// Attention of the rows left, added to their hidden states.
    fn attend(
        &self,
        layer: usize,
        block: &Block,
        rows: &[usize],
        cache: &KvCache,
        work: &mut Workspace,
    ) {
        let (width, inner) = (self.config.width, self.config.query_width());
        let query_rows: Vec<_> = rows.iter().map(|&row| self.rows[row]).collect();
        let queries = &work.queries[..rows.len() * inner];
        let attended = sized(&mut work.attended, rows.len() * inner);
        attention::attend(self.config, cache, layer, &query_rows, queries, attended);
        let size = tile_rows(rows.len());
        let tiles = attended.chunks(size * inner).zip(work.hidden.chunks_mut(size * width));
        each_tile(tiles.collect(), &mut work.scratch, |(attended, hidden), scratch| {
            let n = attended.len() / inner;
            scratch.activations.quantize(self.weights.variant, attended, n, inner);
            let delta = sized(&mut scratch.delta, n * width);
            block.attention_output.multiply(&scratch.activations, delta);
            ops::add(&mut hidden[..n * width], delta);
        });
    }

    /// The gated feed-forward layers of the first `count` rows, added to their hidden states.
    fn feed_forward(&self, block: &Block, count: usize, work: &mut Workspace) {
        let (width, inner) = (self.config.width, self.config.feed_forward);
        let tiles = work.hidden[..count * width].chunks_mut(tile_rows(count) * width);
        each_tile(tiles.collect(), &mut work.scratch, |hidden: &mut [f32], scratch| {
            let n = hidden.len() / width;
            let normed = sized(&mut scratch.normed, n * width);
            ops::rms_norm(hidden, &block.feed_forward_norm, self.config.rms_epsilon, normed);
            scratch.activations.quantize(self.weights.variant, normed, n, width);
            let gate = sized(&mut scratch.gate, n * inner);
            let up = sized(&mut scratch.up, n * inner);
            block.gate.multiply(&scratch.activations, gate);
            block.up.multiply(&scratch.activations, up);
            ops::silu_times(gate, up);
            scratch.activations.quantize(self.weights.variant, gate, n, inner);
            let delta = sized(&mut scratch.delta, n * width);
            block.down.multiply(&scratch.activations, delta);
            ops::add(hidden, delta);
        });
    }
}

/// The linear layers before attention.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Linear {
    Query,
    Key,
    Value,
}

impl Linear {
    fn of(self, block: &Block) -> &Projection {
        match self {
            Linear::Query => &block.query,
            Linear::Key => &block.key,
            Linear::Value => &block.value,
        }
    }
}
