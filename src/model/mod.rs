//! Stage 4, weights and the forward pass: a GGUF file becomes a [`Model`], which turns token ids
//! into hidden states and those into logits.
//!
//! ```text
//! bytes ─► gguf ─► config, vocabulary ─► loader ─► weights ─► forward ─► hidden states ─► logits
//!                                                               │
//!                                                        cache, attention
//! ```
//!
//! candle-core carries the data: it dequantizes what the kernels do not multiply, and hidden states
//! and logits are its tensors. The pass between is our own, because it takes many sequences at
//! once, shares what they have in common, and answers for every position asked for.

mod attention;
mod cache;
mod calibration;
mod config;
mod describe;
mod forward;
mod gguf;
mod loader;
mod ops;
mod requantize;
mod rotary;
mod type_sets;
mod vocabulary;
mod weights;

use bioner_kernels::{Activations, RowMatrix};
use candle_core::{Device, Tensor};

pub use cache::{KvCache, SequenceId};
pub use calibration::Calibration;
pub use config::{Architecture, Config};
pub use describe::{Description, inspect};
pub use forward::{Outputs, Run};
pub use loader::Loader;
pub use type_sets::TypeSets;
pub use vocabulary::{TokenKind, TokenTable};

use crate::error::{Error, Result};
use weights::Weights;

/// A model ready to run. It is not changed by running: what a run leaves behind is in its
/// [`KvCache`].
pub struct Model {
    config: Config,
    vocabulary: TokenTable,
    description: Description,
    weights: Weights,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Model {
    fn new(
        config: Config,
        vocabulary: TokenTable,
        description: Description,
        weights: Weights,
    ) -> Self {
        Self { config, vocabulary, description, weights }
    }

    /// Sizes and constants.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The tokens, as the file has them.
    pub fn vocabulary(&self) -> &TokenTable {
        &self.vocabulary
    }

    /// What the file said of itself.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// An empty cache for sequences of this model.
    pub fn cache(&self) -> KvCache {
        KvCache::new(&self.config)
    }

    fn head(&self) -> &RowMatrix {
        self.weights.output.as_ref().unwrap_or(&self.weights.embedding)
    }

    /// Logits of every token, `[n, vocabulary]` f32, for hidden states `[n, width]`.
    ///
    /// # Errors
    /// [`Error::Internal`] if the hidden states are of another shape.
    pub fn logits(&self, hidden: &Tensor) -> Result<Tensor> {
        let (n, width) = hidden.dims2()?;
        if width != self.config.width {
            return Err(Error::Internal(format!("hidden states of width {width}")));
        }
        let mut activations = Activations::default();
        activations.quantize(
            self.weights.variant,
            &hidden.flatten_all()?.to_vec1::<f32>()?,
            n,
            width,
        );
        let mut logits = vec![0.0; n * self.config.vocabulary];
        self.head().multiply(&activations, &mut logits);
        Ok(Tensor::from_vec(logits, (n, self.config.vocabulary), &Device::Cpu)?)
    }

    /// Logits of some tokens only, in their order, for one hidden state. `out` is overwritten.
    ///
    /// # Errors
    /// [`Error::Internal`] if the hidden state has another width or a token does not exist.
    pub fn logits_of(&self, hidden: &[f32], tokens: &[u32], out: &mut Vec<f32>) -> Result<()> {
        if hidden.len() != self.config.width {
            return Err(Error::Internal(format!("a hidden state of width {}", hidden.len())));
        }
        if let Some(token) = tokens.iter().find(|&&t| t as usize >= self.config.vocabulary) {
            return Err(Error::Internal(format!("the model has no token {token}")));
        }
        let mut activations = Activations::default();
        activations.quantize(self.weights.variant, hidden, 1, hidden.len());
        out.clear();
        out.resize(tokens.len(), 0.0);
        self.head().multiply_rows(&activations, 0, tokens, out);
        Ok(())
    }
}
