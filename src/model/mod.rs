//! Stage 4, weights and the forward pass: a GGUF file becomes a [`Model`], which turns token ids
//! into hidden states and those into logits.
//!
//! ```text
//! loading:  bytes ─► gguf ─► config, token_table, tensors ─► loader ─► weights
//! running:  token ids ─► batch ─► forward ─► hidden states ─► logits
//! ```
//!
//! Each file below uses only files that stand under it:
//!
//! | file | what it does |
//! |---|---|
//! | `loader` | takes the bytes of a file, and of that of its adapters |
//! | `plan` | which questions the model is asked for some types |
//! | `mod` | [`Model`], which the rest of the engine calls |
//! | `forward` | the steps of the pass, in order |
//! | `workspace` | the buffers of a pass |
//! | `attention` | queries over the cached keys and values |
//! | `batch` | the rows of a pass, and what each attends to |
//! | `cache` | keys and values of the positions already read |
//! | `rotary`, `ops` | position embedding, norms and the other arithmetic of single rows |
//! | `tensor_loader` | packs each tensor of a file |
//! | `describe` | what a file is, before it is loaded |
//! | `linear` | a linear layer with its adapter |
//! | `weights` | the tensors of a model, ready for the pass |
//! | `tensors` | which tensors a file must have, and of which shape |
//! | `requantize` | tensor types to those that the kernels multiply |
//! | `config` | sizes and constants, read from the metadata and checked |
//! | `adapter` | what the adapters of a model are for |
//! | `token_table`, `calibration`, `type_sets` | other metadata |
//! | `gguf` | the container |
//!
//! Products of quantized matrices are the crate `bioner_kernels`.
//!
//! candle-core knows the tensor types of GGUF: it dequantizes the ones that the kernels do not
//! multiply. The pass itself is our own, because it takes many sequences at once, shares their
//! common prefix, and returns the hidden state of any position asked for.

mod adapter;
mod attention;
mod batch;
mod cache;
mod calibration;
mod config;
mod describe;
mod forward;
mod gguf;
mod linear;
mod loader;
mod ops;
mod plan;
mod requantize;
mod rotary;
mod tensor_loader;
mod tensors;
mod token_table;
mod type_sets;
mod weights;
mod workspace;

pub use adapter::AdapterConfig;
pub use batch::{Outputs, Run};
pub use bioner_kernels::Variant;
pub use cache::{KvCache, SequenceId};
pub use calibration::{Calibration, Calibrations};
pub use config::{Architecture, Config};
pub use describe::{Description, inspect};
pub use loader::Loader;
pub use plan::PlannedQuestion;
pub use token_table::{TokenKind, TokenTable};
pub use type_sets::TypeSets;
pub use workspace::Workspace;

use crate::error::{Error, Result};
use batch::Batch;
use bioner_kernels::{Activations, RowMatrix};
use weights::Weights;

/// A model ready to run. Running does not change it: keys and values go to a [`KvCache`], and
/// intermediate results to a [`Workspace`].
pub struct Model {
    config: Config,
    token_table: TokenTable,
    description: Description,
    weights: Weights,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Model {
    /// Sizes and constants.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The tokens, as the file lists them.
    pub fn token_table(&self) -> &TokenTable {
        &self.token_table
    }

    /// The description of the file.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// An empty cache for sequences of this model.
    pub fn cache(&self) -> KvCache {
        KvCache::new(&self.config, false)
    }

    /// An empty cache for sequences that the model reads with its [adapters](AdapterConfig), if it has any.
    pub fn adapted_cache(&self) -> KvCache {
        KvCache::new(&self.config, true)
    }

    /// One pass over the new tokens of several sequences, which are appended to the sequences in the
    /// cache. Returns the hidden states asked for, after the last norm, `[outputs, width]`: run after
    /// run, and within a run in the order of its tokens.
    ///
    /// # Errors
    /// [`Error::TextTooLarge`] if a sequence would outgrow the model's context;
    /// [`Error::Internal`] for a sequence that is not in the cache or has two runs, or a token the
    /// model does not have. The cache is then unchanged.
    pub fn forward(
        &self,
        cache: &mut KvCache,
        workspace: &mut Workspace,
        runs: &[Run<'_>],
    ) -> Result<Vec<f32>> {
        let batch = Batch::new(&self.config, cache, runs)?;
        forward::forward(&self.config, &self.weights, &batch, cache, workspace)
    }

    /// Logits of every token, `[n, vocabulary_size]`, for hidden states `[n, width]`.
    ///
    /// # Errors
    /// [`Error::Internal`] if the hidden states are of another width.
    pub fn logits(&self, hidden: &[f32]) -> Result<Vec<f32>> {
        let width = self.config.width;
        if !hidden.len().is_multiple_of(width) {
            return Err(Error::Internal(format!(
                "{} values are no hidden states of width {width}",
                hidden.len()
            )));
        }
        let n = hidden.len() / width;
        let mut activations = Activations::default();
        activations.quantize(self.weights.variant, hidden, n, width);
        let mut logits = vec![0.0; n * self.config.vocabulary_size];
        self.head().multiply(&activations, &mut logits);
        Ok(logits)
    }

    /// Logits of some tokens, in the order of `tokens`, for one hidden state `[width]`. `out` is
    /// overwritten.
    ///
    /// # Errors
    /// [`Error::Internal`] if the hidden state has another width or a token does not exist.
    pub fn logits_of(&self, hidden: &[f32], tokens: &[u32], out: &mut Vec<f32>) -> Result<()> {
        if hidden.len() != self.config.width {
            return Err(Error::Internal(format!("a hidden state of width {}", hidden.len())));
        }
        self.config.check_tokens(tokens)?;
        let mut activations = Activations::default();
        activations.quantize(self.weights.variant, hidden, 1, hidden.len());
        out.clear();
        out.resize(tokens.len(), 0.0);
        self.head().multiply_rows(&activations, 0, tokens, out);
        Ok(())
    }

    fn head(&self) -> &RowMatrix {
        self.weights.output.as_ref().unwrap_or(&self.weights.embedding)
    }
}
