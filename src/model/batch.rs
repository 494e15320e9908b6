//! What one forward pass reads: the new tokens of several sequences, as rows of one matrix.

use std::collections::HashSet;

use super::cache::{KvCache, SequenceId};
use super::config::Config;
use crate::error::{Error, Result};

/// The new tokens of one sequence.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The sequence that the tokens are appended to. A pass takes at most one run of a sequence.
    pub sequence: SequenceId,
    /// Token ids, in order.
    pub tokens: &'a [u32],
    /// Length of the bidirectional prefix: each of the first `prefix` tokens attends to all of these,
    /// also to the ones after it, and to everything before the run. Every other token is causal: it
    /// attends to itself and to everything before it. 0 makes the whole run causal.
    pub prefix: usize,
    /// Which hidden states are returned.
    pub outputs: Outputs,
}

/// The tokens of a run whose hidden states are returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// The last `n`. With 0, the run only fills the cache.
    Last(usize),
    /// All.
    All,
}

/// One new token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The row's index in [`Batch::rows`].
    pub index: usize,
    pub token: u32,
    pub sequence: SequenceId,
    /// Position in the sequence.
    pub position: usize,
    /// How many positions of the sequence the token attends to, counted from the first:
    /// `position + 1` for a causal token; up to the end of the prefix for a token of the prefix.
    pub visible: usize,
}

/// The rows of one pass.
#[derive(Debug)]
pub(super) struct Batch {
    /// All new tokens, run after run. Rows of one sequence are neighbours.
    pub rows: Vec<Row>,
    /// The rows whose hidden states are returned, in the same order.
    pub outputs: Vec<Row>,
}

impl Batch {
    /// Checks the runs and lays out their tokens.
    ///
    /// # Errors
    /// [`Error::TextTooLarge`] if a sequence would outgrow the model's context;
    /// [`Error::Internal`] for a sequence that is not in the cache or has two runs, or a token the
    /// model does not have.
    pub fn new(config: &Config, cache: &KvCache, runs: &[Run<'_>]) -> Result<Self> {
        check(config, cache, runs)?;
        let (mut rows, mut outputs) = (Vec::new(), Vec::new());
        for run in runs {
            let start = cache.len(run.sequence);
            let prefix_end = start + run.prefix.min(run.tokens.len());
            let first = rows.len();
            rows.extend(run.tokens.iter().enumerate().map(|(i, &token)| {
                let position = start + i;
                let visible = (position + 1).max(prefix_end);
                Row { index: first + i, token, sequence: run.sequence, position, visible }
            }));
            let rows = &rows[first..];
            outputs.extend_from_slice(match run.outputs {
                Outputs::Last(n) => &rows[rows.len() - n.min(rows.len())..],
                Outputs::All => rows,
            });
        }
        Ok(Self { rows, outputs })
    }

    /// The rows of each sequence.
    pub fn runs(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunk_by(|a, b| a.sequence == b.sequence)
    }
}

fn check(config: &Config, cache: &KvCache, runs: &[Run<'_>]) -> Result<()> {
    let mut seen = HashSet::new();
    for run in runs {
        if !cache.contains(run.sequence) || !seen.insert(run.sequence) {
            return Err(Error::Internal("a run's sequence is unknown or given twice".into()));
        }
        config.check_tokens(run.tokens)?;
        let len = cache.len(run.sequence) + run.tokens.len();
        if len > config.context {
            return Err(Error::TextTooLarge(format!(
                "{len} tokens in one piece, where the model reads {} at most",
                config.context
            )));
        }
    }
    Ok(())
}
