//! The tensors of a model file: which there must be, of which shape, and what each is for.

use std::collections::HashMap;

use super::config::Config;
use super::gguf::Header;
use super::requantize;
use crate::error::{Error, Result};
use bioner_kernels::{BlockFormat, Variant};

/// A tensor of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum TensorId {
    Embedding,
    OutputNorm,
    /// The output head, where it is not the embedding table.
    Output,
    /// Divisors of the rotary frequencies (Llama 3.1 and later).
    RotaryFactors,
    /// A tensor of the transformer block with this index.
    Block(usize, BlockTensor),
    /// A matrix of the adapter beside that matrix.
    LowRank(usize, BlockTensor, LowRankPart),
}

/// The matrices of an adapter, in the order in which they are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum LowRankPart {
    /// `[rank, in_features]`
    Down,
    /// `[out_features, rank]`
    Up,
}

/// A tensor of one transformer block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum BlockTensor {
    AttentionNorm,
    Query,
    Key,
    Value,
    QueryBias,
    KeyBias,
    ValueBias,
    QueryNorm,
    KeyNorm,
    AttentionOutput,
    FeedForwardNorm,
    Gate,
    Up,
    Down,
}

const BLOCK_TENSORS: [(BlockTensor, &str); 14] = [
    (BlockTensor::AttentionNorm, "attn_norm.weight"),
    (BlockTensor::Query, "attn_q.weight"),
    (BlockTensor::Key, "attn_k.weight"),
    (BlockTensor::Value, "attn_v.weight"),
    (BlockTensor::QueryBias, "attn_q.bias"),
    (BlockTensor::KeyBias, "attn_k.bias"),
    (BlockTensor::ValueBias, "attn_v.bias"),
    (BlockTensor::QueryNorm, "attn_q_norm.weight"),
    (BlockTensor::KeyNorm, "attn_k_norm.weight"),
    (BlockTensor::AttentionOutput, "attn_output.weight"),
    (BlockTensor::FeedForwardNorm, "ffn_norm.weight"),
    (BlockTensor::Gate, "ffn_gate.weight"),
    (BlockTensor::Up, "ffn_up.weight"),
    (BlockTensor::Down, "ffn_down.weight"),
];

/// The shape of a tensor, and how it is stored for the forward pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// f32 values.
    Vector(usize),
    /// The matrix of a linear layer, `[out_features, in_features]`.
    Linear(usize, usize),
    /// A table whose rows are looked up, `[rows, columns]`.
    Table(usize, usize),
}

impl TensorId {
    /// The tensor's name in the file.
    pub fn name(self) -> String {
        match self {
            TensorId::Embedding => "token_embd.weight".into(),
            TensorId::OutputNorm => "output_norm.weight".into(),
            TensorId::Output => "output.weight".into(),
            TensorId::RotaryFactors => "rope_freqs.weight".into(),
            TensorId::Block(i, tensor) => {
                let found = BLOCK_TENSORS.iter().find(|(other, _)| *other == tensor);
                format!("blk.{i}.{}", found.map_or("", |(_, name)| name))
            }
            TensorId::LowRank(i, tensor, part) => {
                let part = match part {
                    LowRankPart::Down => "lora_a",
                    LowRankPart::Up => "lora_b",
                };
                format!("{}.{part}", TensorId::Block(i, tensor).name())
            }
        }
    }

    /// The shape that the tensor has in a model with this configuration.
    pub fn shape(self, config: &Config) -> Shape {
        let (width, query, kv) = (config.width, config.query_width(), config.kv_width());
        match self {
            TensorId::Embedding | TensorId::Output => Shape::Table(config.vocabulary_size, width),
            TensorId::OutputNorm => Shape::Vector(width),
            TensorId::RotaryFactors => Shape::Vector(config.rotary_dims / 2),
            TensorId::Block(_, tensor) => match tensor {
                BlockTensor::AttentionNorm | BlockTensor::FeedForwardNorm => Shape::Vector(width),
                BlockTensor::Query => Shape::Linear(query, width),
                BlockTensor::Key | BlockTensor::Value => Shape::Linear(kv, width),
                BlockTensor::QueryBias => Shape::Vector(query),
                BlockTensor::KeyBias | BlockTensor::ValueBias => Shape::Vector(kv),
                BlockTensor::QueryNorm | BlockTensor::KeyNorm => Shape::Vector(config.head_dim),
                BlockTensor::AttentionOutput => Shape::Linear(width, query),
                BlockTensor::Gate | BlockTensor::Up => Shape::Linear(config.feed_forward, width),
                BlockTensor::Down => Shape::Linear(width, config.feed_forward),
            },
            TensorId::LowRank(i, tensor, part) => {
                let rank = config.adapter.as_ref().map_or(0, |adapter| adapter.rank);
                match (TensorId::Block(i, tensor).shape(config), part) {
                    (Shape::Linear(_, inner), LowRankPart::Down) => Shape::Linear(rank, inner),
                    (Shape::Linear(outer, _), LowRankPart::Up) => Shape::Linear(outer, rank),
                    (other, _) => other,
                }
            }
        }
    }

    /// The tensors that a model with this configuration must have.
    fn required(config: &Config) -> Vec<TensorId> {
        let mut required = vec![TensorId::Embedding, TensorId::OutputNorm];
        if !config.tied_output {
            required.push(TensorId::Output);
        }
        for i in 0..config.layers {
            let tensors = BLOCK_TENSORS.iter().map(|&(tensor, _)| tensor);
            let tensors = tensors.filter(|tensor| match tensor {
                BlockTensor::QueryBias | BlockTensor::KeyBias | BlockTensor::ValueBias => {
                    config.architecture.has_attention_bias()
                }
                BlockTensor::QueryNorm | BlockTensor::KeyNorm => {
                    config.architecture.has_head_norms()
                }
                _ => true,
            });
            required.extend(tensors.map(|tensor| TensorId::Block(i, tensor)));
        }
        required
    }
}

/// Identifies every tensor of a model's file, in the order of the file. Each required tensor must be there
/// once and have the right shape. Other tensors are refused: they would mean a computation that this
/// engine does not do.
///
/// # Errors
/// [`Error::ModelFile`] if a tensor is missing, is there twice, or has the wrong shape;
/// [`Error::ModelUnsupported`] if the file has a tensor that is unknown here.
pub(super) fn identify(config: &Config, header: &Header) -> Result<Vec<TensorId>> {
    identify_as(&TensorId::required(config), &[TensorId::RotaryFactors], config, header)
}

/// Identifies every tensor of the file of a model's adapters, as [`identify`] does. Each linear layer must
/// have an adapter.
///
/// # Errors
/// Those of [`identify`].
pub(super) fn identify_adapters(config: &Config, header: &Header) -> Result<Vec<TensorId>> {
    let linear = TensorId::required(config).into_iter().filter_map(|id| match id {
        TensorId::Block(i, tensor) if matches!(id.shape(config), Shape::Linear(..)) => {
            Some((i, tensor))
        }
        _ => None,
    });
    let parts = [LowRankPart::Down, LowRankPart::Up];
    let required: Vec<_> = linear
        .flat_map(|(i, tensor)| parts.map(|part| TensorId::LowRank(i, tensor, part)))
        .collect();
    identify_as(&required, &[], config, header)
}

fn identify_as(
    required: &[TensorId],
    optional: &[TensorId],
    config: &Config,
    header: &Header,
) -> Result<Vec<TensorId>> {
    let mut expected: HashMap<String, TensorId> =
        required.iter().chain(optional).map(|id| (id.name(), *id)).collect();
    let mut ids = Vec::with_capacity(header.tensors.len());
    for tensor in &header.tensors {
        let Some(id) = expected.remove(&tensor.name) else {
            let twice = ids.iter().any(|id: &TensorId| id.name() == tensor.name);
            return Err(if twice {
                Error::ModelFile(format!("it has the tensor {:?} twice", tensor.name))
            } else {
                Error::ModelUnsupported(format!(
                    "the tensor {:?} belongs to no {} model known here; choose another model",
                    tensor.name,
                    config.architecture.name()
                ))
            });
        };
        // The file lists the fastest-varying dimension first.
        let fits = match id.shape(config) {
            Shape::Vector(n) => tensor.dims == [n],
            Shape::Linear(rows, columns) | Shape::Table(rows, columns) => {
                tensor.dims == [columns, rows]
            }
        };
        if !fits {
            return Err(Error::ModelFile(format!(
                "the tensor {:?} has the shape {:?}, which does not fit the model's metadata",
                tensor.name, tensor.dims
            )));
        }
        ids.push(id);
    }
    match required.iter().find(|id| expected.contains_key(&id.name())) {
        Some(missing) => Err(Error::ModelFile(format!(
            "it lacks the tensor {:?}; download or convert it again",
            missing.name()
        ))),
        None => Ok(ids),
    }
}

/// The kernel that multiplies the linear layers fastest on this machine, chosen by the format that
/// most of their weights have.
pub(super) fn variant(config: &Config, header: &Header, ids: &[TensorId]) -> Variant {
    let count = |format| -> u64 {
        let linear = ids
            .iter()
            .zip(&header.tensors)
            .filter(|(id, _)| matches!(id.shape(config), Shape::Linear(..)));
        linear
            .filter(|(_, tensor)| requantize::stored_format(tensor.dtype) == format)
            .map(|(_, tensor)| tensor.dims.iter().map(|&n| n as u64).product::<u64>())
            .sum()
    };
    let most = BlockFormat::ALL.into_iter().max_by_key(|&format| count(format));
    Variant::best(most.unwrap_or(BlockFormat::Q8_0))
}
