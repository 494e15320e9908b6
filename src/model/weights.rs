//! The tensors of a model: which there must be, of which shape, and where each belongs.

use std::collections::HashMap;

use bioner_kernels::{BlockFormat, PackedMatrix, RowMatrix, Variant};

use super::config::Config;
use super::gguf::Header;
use super::requantize;
use crate::error::{Error, Result};

/// A tensor's place in a transformer block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
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

const PARTS: [(Part, &str); 14] = [
    (Part::AttentionNorm, "attn_norm.weight"),
    (Part::Query, "attn_q.weight"),
    (Part::Key, "attn_k.weight"),
    (Part::Value, "attn_v.weight"),
    (Part::QueryBias, "attn_q.bias"),
    (Part::KeyBias, "attn_k.bias"),
    (Part::ValueBias, "attn_v.bias"),
    (Part::QueryNorm, "attn_q_norm.weight"),
    (Part::KeyNorm, "attn_k_norm.weight"),
    (Part::AttentionOutput, "attn_output.weight"),
    (Part::FeedForwardNorm, "ffn_norm.weight"),
    (Part::Gate, "ffn_gate.weight"),
    (Part::Up, "ffn_up.weight"),
    (Part::Down, "ffn_down.weight"),
];

/// A tensor's place in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    Embedding,
    OutputNorm,
    Output,
    /// Divisors of the rotary frequencies (Llama 3.1 and later).
    RotaryFactors,
    Block(usize, Part),
}

/// How a tensor is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// f32 values.
    Vector(usize),
    /// A linear layer `[out_features, in_features]`.
    Linear(usize, usize),
    /// A table whose rows are looked up, `[rows, cols]`.
    Table(usize, usize),
}

impl Slot {
    /// The name in the file.
    pub fn name(self) -> String {
        match self {
            Slot::Embedding => "token_embd.weight".into(),
            Slot::OutputNorm => "output_norm.weight".into(),
            Slot::Output => "output.weight".into(),
            Slot::RotaryFactors => "rope_freqs.weight".into(),
            Slot::Block(i, part) => {
                let name = PARTS.iter().find(|(p, _)| *p == part).map_or("", |(_, name)| name);
                format!("blk.{i}.{name}")
            }
        }
    }

    pub fn shape(self, config: &Config) -> Shape {
        let (width, query, kv) = (config.width, config.query_width(), config.kv_width());
        match self {
            Slot::Embedding | Slot::Output => Shape::Table(config.vocabulary, width),
            Slot::OutputNorm => Shape::Vector(width),
            Slot::RotaryFactors => Shape::Vector(config.rotary_dims / 2),
            Slot::Block(_, part) => match part {
                Part::AttentionNorm | Part::FeedForwardNorm => Shape::Vector(width),
                Part::Query => Shape::Linear(query, width),
                Part::Key | Part::Value => Shape::Linear(kv, width),
                Part::QueryBias => Shape::Vector(query),
                Part::KeyBias | Part::ValueBias => Shape::Vector(kv),
                Part::QueryNorm | Part::KeyNorm => Shape::Vector(config.head_dim),
                Part::AttentionOutput => Shape::Linear(width, query),
                Part::Gate | Part::Up => Shape::Linear(config.feed_forward, width),
                Part::Down => Shape::Linear(width, config.feed_forward),
            },
        }
    }

    /// Every tensor the model must have.
    fn required(config: &Config) -> Vec<Slot> {
        let mut slots = vec![Slot::Embedding, Slot::OutputNorm];
        if !config.tied_output {
            slots.push(Slot::Output);
        }
        for i in 0..config.layers {
            let parts = PARTS.iter().map(|&(part, _)| part).filter(|part| match part {
                Part::QueryBias | Part::KeyBias | Part::ValueBias => {
                    config.architecture.has_attention_bias()
                }
                Part::QueryNorm | Part::KeyNorm => config.architecture.has_head_norms(),
                _ => true,
            });
            slots.extend(parts.map(|part| Slot::Block(i, part)));
        }
        slots
    }
}

/// Gives every tensor of the file its place, in the order of the file: all that are needed must be
/// there once, of the right shape, and no others, since a tensor unknown here means a computation
/// unknown here.
pub(super) fn plan(config: &Config, header: &Header) -> Result<Vec<Slot>> {
    let required = Slot::required(config);
    let mut places: HashMap<String, Slot> =
        required.iter().map(|slot| (slot.name(), *slot)).collect();
    places.insert(Slot::RotaryFactors.name(), Slot::RotaryFactors);
    let mut slots = Vec::with_capacity(header.tensors.len());
    for tensor in &header.tensors {
        let Some(slot) = places.remove(&tensor.name) else {
            let twice = slots.iter().any(|s: &Slot| s.name() == tensor.name);
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
        let fits = match slot.shape(config) {
            Shape::Vector(n) => tensor.dims == [n],
            Shape::Linear(rows, cols) | Shape::Table(rows, cols) => tensor.dims == [cols, rows],
        };
        if !fits {
            return Err(Error::ModelFile(format!(
                "the tensor {:?} has the shape {:?}, which does not fit the model's metadata",
                tensor.name, tensor.dims
            )));
        }
        slots.push(slot);
    }
    match required.iter().find(|slot| places.contains_key(&slot.name())) {
        Some(missing) => Err(Error::ModelFile(format!(
            "it lacks the tensor {:?}; download or convert it again",
            missing.name()
        ))),
        None => Ok(slots),
    }
}

/// How the linear layers are best multiplied here: by the format that most of their weights have.
pub(super) fn variant(config: &Config, header: &Header, slots: &[Slot]) -> Variant {
    let count = |format| -> u64 {
        let linear = slots
            .iter()
            .zip(&header.tensors)
            .filter(|(slot, _)| matches!(slot.shape(config), Shape::Linear(..)));
        linear
            .filter(|(_, tensor)| requantize::kept_format(tensor.dtype) == format)
            .map(|(_, tensor)| tensor.dims.iter().map(|&n| n as u64).product::<u64>())
            .sum()
    };
    let most = BlockFormat::ALL.into_iter().max_by_key(|&format| count(format));
    Variant::best(most.unwrap_or(BlockFormat::Q8_0))
}

/// A tensor ready for use.
pub(super) enum Stored {
    Vector(Vec<f32>),
    Linear(PackedMatrix),
    Table(RowMatrix),
}

/// The linear layer that makes queries, keys or values.
pub(super) struct Projection {
    pub matrix: PackedMatrix,
    /// Added to the product (Qwen2).
    pub bias: Option<Vec<f32>>,
    /// Weights of the RMS norm of each head (Qwen3; queries and keys).
    pub head_norm: Option<Vec<f32>>,
}

/// One transformer block.
pub(super) struct Block {
    pub attention_norm: Vec<f32>,
    pub query: Projection,
    pub key: Projection,
    pub value: Projection,
    pub attention_output: PackedMatrix,
    pub feed_forward_norm: Vec<f32>,
    pub gate: PackedMatrix,
    pub up: PackedMatrix,
    pub down: PackedMatrix,
}

/// All weights of a model.
pub(super) struct Weights {
    /// What the linear layers are packed for.
    pub variant: Variant,
    pub embedding: RowMatrix,
    pub blocks: Vec<Block>,
    pub output_norm: Vec<f32>,
    /// The output head where it is not the embedding table.
    pub output: Option<RowMatrix>,
    /// Divisors of the rotary frequencies, `[rotary_dims / 2]`.
    pub rotary_factors: Option<Vec<f32>>,
}

/// Tensors gathered while the file streams by.
#[derive(Default)]
pub(super) struct Gathered(HashMap<Slot, Stored>);

impl Gathered {
    pub fn insert(&mut self, slot: Slot, stored: Stored) {
        self.0.insert(slot, stored);
    }

    fn vector(&mut self, slot: Slot) -> Result<Vec<f32>> {
        match self.0.remove(&slot) {
            Some(Stored::Vector(values)) => Ok(values),
            _ => Err(missing(slot)),
        }
    }

    fn linear(&mut self, slot: Slot) -> Result<PackedMatrix> {
        match self.0.remove(&slot) {
            Some(Stored::Linear(matrix)) => Ok(matrix),
            _ => Err(missing(slot)),
        }
    }

    fn table(&mut self, slot: Slot) -> Result<RowMatrix> {
        match self.0.remove(&slot) {
            Some(Stored::Table(matrix)) => Ok(matrix),
            _ => Err(missing(slot)),
        }
    }

    /// Bias and norm are there exactly if the architecture has them: the plan saw to it.
    fn projection(
        &mut self,
        block: usize,
        matrix: Part,
        bias: Part,
        norm: Option<Part>,
    ) -> Result<Projection> {
        Ok(Projection {
            matrix: self.linear(Slot::Block(block, matrix))?,
            bias: self.vector(Slot::Block(block, bias)).ok(),
            head_norm: norm.and_then(|norm| self.vector(Slot::Block(block, norm)).ok()),
        })
    }

    /// Puts the model together; everything planned has been gathered by now.
    pub fn assemble(mut self, config: &Config, variant: Variant) -> Result<Weights> {
        let mut blocks = Vec::with_capacity(config.layers);
        for i in 0..config.layers {
            let slot = |part| Slot::Block(i, part);
            blocks.push(Block {
                attention_norm: self.vector(slot(Part::AttentionNorm))?,
                query: self.projection(i, Part::Query, Part::QueryBias, Some(Part::QueryNorm))?,
                key: self.projection(i, Part::Key, Part::KeyBias, Some(Part::KeyNorm))?,
                value: self.projection(i, Part::Value, Part::ValueBias, None)?,
                attention_output: self.linear(slot(Part::AttentionOutput))?,
                feed_forward_norm: self.vector(slot(Part::FeedForwardNorm))?,
                gate: self.linear(slot(Part::Gate))?,
                up: self.linear(slot(Part::Up))?,
                down: self.linear(slot(Part::Down))?,
            });
        }
        Ok(Weights {
            variant,
            embedding: self.table(Slot::Embedding)?,
            blocks,
            output_norm: self.vector(Slot::OutputNorm)?,
            output: match config.tied_output {
                true => None,
                false => Some(self.table(Slot::Output)?),
            },
            rotary_factors: self.vector(Slot::RotaryFactors).ok(),
        })
    }
}

fn missing(slot: Slot) -> Error {
    Error::Internal(format!("the tensor {} was planned but not loaded", slot.name()))
}
