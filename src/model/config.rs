//! The configuration of a model, read from the file's metadata and checked.

use serde::Serialize;

use super::adapter::AdapterConfig;
use super::calibration::Calibrations;
use super::gguf::Header;
use super::tensors::{self, TensorId};
use super::type_sets::TypeSets;
use crate::error::{Error, Result};
use crate::format;

// Limits on the sizes that a header may name. They are far above those of any model that runs in a
// browser, and far below what could overflow or exhaust memory before the first weight has arrived.
const MAX_LAYERS: u64 = 512;
const MAX_WIDTH: u64 = 1 << 15;
const MAX_FEED_FORWARD: u64 = 1 << 17;
const MAX_HEADS: u64 = 512;
const MAX_VOCABULARY: usize = 1 << 20;
const MAX_CONTEXT: u64 = 1 << 24;
/// Weights are quantized in blocks of this many inputs.
pub(super) const BLOCK: usize = 32;

/// The model families this engine runs. They share one forward pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// Llama and models of the same structure: SmolLM2, TinyLlama, Mistral.
    Llama,
    /// Qwen2: biases on queries, keys and values.
    Qwen2,
    /// Qwen3: queries and keys normed per head.
    Qwen3,
}

impl Architecture {
    /// The name in `general.architecture`, which is also the prefix of the metadata keys.
    pub fn name(self) -> &'static str {
        match self {
            Architecture::Llama => "llama",
            Architecture::Qwen2 => "qwen2",
            Architecture::Qwen3 => "qwen3",
        }
    }

    pub(crate) fn has_attention_bias(self) -> bool {
        self == Architecture::Qwen2
    }

    pub(crate) fn has_head_norms(self) -> bool {
        self == Architecture::Qwen3
    }

    /// Whether the features that are rotated together are neighbours `(2i, 2i + 1)` in the file.
    /// Otherwise they are `(i, i + n/2)`. Conversion to GGUF permutes Llama weights to the former.
    pub(crate) fn has_interleaved_rotary(self) -> bool {
        self == Architecture::Llama
    }
}

/// The sizes and constants of a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Config {
    /// The family of models it belongs to.
    pub architecture: Architecture,
    /// Transformer blocks.
    pub layers: usize,
    /// Features of a hidden state (of the residual stream).
    pub width: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; divides `heads`.
    pub kv_heads: usize,
    /// Features of one head.
    pub head_dim: usize,
    /// Inner features of the feed-forward layers.
    pub feed_forward: usize,
    /// Number of tokens the model knows.
    #[serde(rename = "vocabulary")]
    pub vocabulary_size: usize,
    /// Positions the model was trained for: the most that a sequence may have.
    pub context: usize,
    /// Added to the mean square in RMS norms.
    pub rms_epsilon: f32,
    /// Base of the rotary frequencies.
    pub rotary_base: f32,
    /// Features of a head that are rotated. The rest are left unchanged.
    pub rotary_dims: usize,
    /// Whether the output head is the embedding table.
    pub tied_output: bool,
    /// Whether the model was tuned as a prefix language model (Dong et al., arXiv 1905.03197): all
    /// tokens of the question attend to each other, and the answer is causal as usual. The file says
    /// so by `bioner.attention.prefix`; without it, everything is causal.
    #[serde(rename = "reads_both_ways")]
    pub bidirectional_prefix: bool,
    /// The name of the output format that the model is asked for where none is named. The file says so
    /// by `bioner.format`; without it, it is [`format::DEFAULT`].
    pub format: &'static str,
    /// From the model's probabilities to scores.
    pub calibrations: Calibrations,
    /// The entity types that the model was tuned to be asked for together.
    pub type_sets: TypeSets,
    /// What its adapters are for, if it has any. They come in a file of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adapter: Option<AdapterConfig>,
}

impl Config {
    /// Features of all query heads together.
    pub fn query_width(&self) -> usize {
        self.heads * self.head_dim
    }

    /// Features of all key (or value) heads together.
    pub fn kv_width(&self) -> usize {
        self.kv_heads * self.head_dim
    }

    /// The adapters that answer questions in this output format, if any do.
    pub(crate) fn adapter_for(&self, format: &str) -> Option<&AdapterConfig> {
        self.adapter.as_ref().filter(|adapter| adapter.format == format)
    }

    /// Takes the header of the file of the model's adapters. Returns its tensors, in the order of the file.
    ///
    /// # Errors
    /// Those of [`AdapterConfig::read`] and [`tensors::identify`].
    pub(super) fn adapt(&mut self, header: &Header) -> Result<Vec<TensorId>> {
        self.adapter = Some(AdapterConfig::read(header)?);
        tensors::identify_adapters(self, header)
    }

    /// Checks that the model has these tokens.
    ///
    /// # Errors
    /// [`Error::Internal`] if it does not.
    pub(super) fn check_tokens(&self, tokens: &[u32]) -> Result<()> {
        match tokens.iter().find(|&&token| token as usize >= self.vocabulary_size) {
            Some(token) => Err(Error::Internal(format!("the model has no token {token}"))),
            None => Ok(()),
        }
    }

    /// Reads and checks the configuration.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] for a model of another kind; [`Error::ModelFile`] if a number is
    /// missing or impossible.
    pub(crate) fn from_header(header: &Header) -> Result<Self> {
        let metadata = &header.metadata;
        let architecture = match metadata.text("general.architecture")? {
            Some("llama") => Architecture::Llama,
            Some("qwen2") => Architecture::Qwen2,
            Some("qwen3") => Architecture::Qwen3,
            Some(other) => {
                return Err(Error::ModelUnsupported(format!(
                    "its architecture is {other:?}; llama, qwen2 and qwen3 are run"
                )));
            }
            None => return Err(bad("it does not name its architecture")),
        };
        let keys = Keys { header, prefix: architecture.name() };
        keys.refuse_variants()?;

        let layers = keys.size("block_count", MAX_LAYERS)?;
        let width = keys.size("embedding_length", MAX_WIDTH)?;
        let feed_forward = keys.size("feed_forward_length", MAX_FEED_FORWARD)?;
        let heads = keys.size("attention.head_count", MAX_HEADS)?;
        let kv_heads = match keys.optional_size("attention.head_count_kv", MAX_HEADS)? {
            Some(n) => n,
            None => heads,
        };
        if !heads.is_multiple_of(kv_heads) {
            return Err(bad(format!("{heads} heads cannot share {kv_heads} key-value heads")));
        }
        let head_dim = match keys.optional_size("attention.key_length", MAX_WIDTH)? {
            Some(n) => n,
            None if width.is_multiple_of(heads) => width / heads,
            None => return Err(bad(format!("width {width} does not divide into {heads} heads"))),
        };
        let value_dim = keys.optional_size("attention.value_length", MAX_WIDTH)?;
        if value_dim.is_some_and(|n| n != head_dim) {
            return Err(Error::ModelUnsupported(
                "its values are not as wide as its keys; choose another model".into(),
            ));
        }
        let rotary_dims = match keys.optional_size("rope.dimension_count", MAX_WIDTH)? {
            Some(n) => n,
            None => head_dim,
        };
        if !rotary_dims.is_multiple_of(2) || rotary_dims > head_dim {
            return Err(bad(format!("{rotary_dims} of {head_dim} features cannot be rotated")));
        }
        for (name, n) in
            [("width", width), ("feed-forward width", feed_forward), ("heads", heads * head_dim)]
        {
            if !n.is_multiple_of(BLOCK) {
                return Err(Error::ModelUnsupported(format!(
                    "its {name} of {n} is not a multiple of {BLOCK}; choose another model"
                )));
            }
        }
        let config = Self {
            architecture,
            layers,
            width,
            heads,
            kv_heads,
            head_dim,
            feed_forward,
            vocabulary_size: vocabulary_size(header)?,
            context: keys.size("context_length", MAX_CONTEXT)?,
            rms_epsilon: keys.constant("attention.layer_norm_rms_epsilon", None, 0.0..=0.1)?,
            rotary_base: keys.constant("rope.freq_base", Some(10_000.0), 1.0..=1e12)?,
            rotary_dims,
            tied_output: !header.tensors.iter().any(|t| t.name == "output.weight"),
            bidirectional_prefix: metadata.bool("bioner.attention.prefix")?.unwrap_or(false),
            format: format::of_model(metadata.text("bioner.format")?.unwrap_or(format::DEFAULT))?,
            calibrations: Calibrations::read(metadata)?,
            type_sets: TypeSets::read(metadata)?,
            adapter: None,
        };
        Ok(config)
    }
}

/// Rows of the embedding table. This size is not always in the metadata.
fn vocabulary_size(header: &Header) -> Result<usize> {
    let table = header
        .tensors
        .iter()
        .find(|t| t.name == "token_embd.weight")
        .ok_or_else(|| bad("it has no embedding table (token_embd.weight)"))?;
    match table.dims[..] {
        [_, rows] if rows <= MAX_VOCABULARY => Ok(rows),
        _ => Err(bad(format!("its embedding table has the shape {:?}", table.dims))),
    }
}

fn bad(why: impl Into<String>) -> Error {
    Error::ModelFile(why.into())
}

/// The metadata whose keys begin with the architecture's name.
struct Keys<'a> {
    header: &'a Header,
    prefix: &'static str,
}

impl Keys<'_> {
    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.prefix)
    }

    fn optional_size(&self, name: &str, max: u64) -> Result<Option<usize>> {
        let key = self.key(name);
        match self.header.metadata.unsigned(&key)? {
            Some(n) if (1..=max).contains(&n) => Ok(Some(n as usize)),
            Some(n) => Err(bad(format!("its {key} is {n}, outside 1 to {max}"))),
            None => Ok(None),
        }
    }

    fn size(&self, name: &str, max: u64) -> Result<usize> {
        self.optional_size(name, max)?
            .ok_or_else(|| bad(format!("its metadata lacks {}", self.key(name))))
    }

    /// A constant, which must be within `range`. NaN never is.
    fn constant(
        &self,
        name: &str,
        default: Option<f64>,
        range: std::ops::RangeInclusive<f64>,
    ) -> Result<f32> {
        let key = self.key(name);
        let value = self
            .header
            .metadata
            .float(&key)?
            .or(default)
            .ok_or_else(|| bad(format!("its metadata lacks {key}")))?;
        if !range.contains(&value) {
            return Err(bad(format!("its {key} is {value}")));
        }
        Ok(value as f32)
    }

    /// Refuses models that have the name of a known architecture but compute something else.
    fn refuse_variants(&self) -> Result<()> {
        let metadata = &self.header.metadata;
        let refuse = |what: &str| Err(Error::ModelUnsupported(format!("{what}; choose another")));
        if metadata.unsigned(&self.key("expert_count"))?.is_some_and(|n| n > 0) {
            return refuse("it is a mixture of experts");
        }
        if metadata.text(&self.key("rope.scaling.type"))?.is_some_and(|kind| kind != "none") {
            return refuse("it stretches its positions (rope scaling)");
        }
        if metadata.unsigned(&self.key("attention.sliding_window"))?.is_some_and(|n| n > 0) {
            return refuse("it attends through a sliding window");
        }
        Ok(())
    }
}
