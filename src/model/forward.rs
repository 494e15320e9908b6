//! The batched forward pass of a llama-family transformer.
//!
//! The new tokens of all sequences are rows of one matrix: every linear layer sees them together,
//! only attention looks at each sequence by itself. Rows whose hidden state nobody asked for leave
//! the pass in the last layer, as soon as their keys and values are stored.

use candle_core::{Device, Tensor};

use super::Model;
use super::attention::{self, QueryRow};
use super::cache::{KvCache, Room, SequenceId};
use super::config::Config;
use super::kernel::Activations;
use super::ops;
use super::rotary::Rotary;
use super::weights::{Block, Projection, Weights};
use crate::error::{Error, Result};

/// Rows taken through the linear layers together: enough to use each weight many times while it is
/// in cache, few enough that what lies between two layers stays there too.
const TILE: usize = 128;

/// The new tokens of one sequence.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// Where they are appended. A sequence may have one run in a pass.
    pub sequence: SequenceId,
    /// Token ids, in order.
    pub tokens: &'a [u32],
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
    normed: Vec<f32>,
    queries: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    attended: Vec<f32>,
    gate: Vec<f32>,
    up: Vec<f32>,
    delta: Vec<f32>,
    activations: Activations,
    rotary: Rotary,
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
            pass.rows
                .extend((start..start + count).map(|position| QueryRow { sequence, position }));
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
        let (width, epsilon) = (self.config.width, self.config.rms_epsilon);
        for (tile, rows) in rows.chunks(TILE).enumerate() {
            let (first, n) = (tile * TILE, rows.len());
            let normed = sized(&mut work.normed, n * width);
            let hidden = &work.hidden[first * width..][..n * width];
            ops::rms_norm(hidden, &block.attention_norm, epsilon, normed);
            work.activations.quantize(self.weights.variant, normed, n, width);
            for linear in wanted {
                let (projection, out, rotated) = match linear {
                    Linear::Query => (&block.query, &mut work.queries, true),
                    Linear::Key => (&block.key, &mut work.keys, true),
                    Linear::Value => (&block.value, &mut work.values, false),
                };
                let features = projection.matrix.out_features();
                let out = &mut sized(out, (first + n) * features)[first * features..];
                self.apply(projection, &work.activations, out);
                if rotated {
                    for (out, &row) in out.chunks_exact_mut(features).zip(rows) {
                        let (cos, sin) = work.rotary.row(row);
                        ops::rotate(out, self.config.head_dim, cos, sin);
                    }
                }
            }
        }
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
        let tiles = attended.chunks(TILE * inner).zip(work.hidden.chunks_mut(TILE * width));
        for (attended, hidden) in tiles {
            let n = attended.len() / inner;
            work.activations.quantize(self.weights.variant, attended, n, inner);
            let delta = sized(&mut work.delta, n * width);
            block.attention_output.multiply(&work.activations, delta);
            ops::add(hidden, delta);
        }
    }

    /// The gated feed-forward layers of the first `count` rows, added to their hidden states.
    fn feed_forward(&self, block: &Block, count: usize, work: &mut Workspace) {
        let (width, inner) = (self.config.width, self.config.feed_forward);
        for hidden in work.hidden[..count * width].chunks_mut(TILE * width) {
            let n = hidden.len() / width;
            let normed = sized(&mut work.normed, n * width);
            ops::rms_norm(hidden, &block.feed_forward_norm, self.config.rms_epsilon, normed);
            work.activations.quantize(self.weights.variant, normed, n, width);
            let gate = sized(&mut work.gate, n * inner);
            let up = sized(&mut work.up, n * inner);
            block.gate.multiply(&work.activations, gate);
            block.up.multiply(&work.activations, up);
            ops::silu_times(gate, up);
            work.activations.quantize(self.weights.variant, gate, n, inner);
            let delta = sized(&mut work.delta, n * width);
            block.down.multiply(&work.activations, delta);
            ops::add(hidden, delta);
        }
    }
}

/// The linear layers before attention.
#[derive(Clone, Copy)]
enum Linear {
    Query,
    Key,
    Value,
}
