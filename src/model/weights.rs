//! The weights of a model, as the forward pass uses them.

use std::collections::HashMap;

use bioner_kernels::{PackedMatrix, RowMatrix, Variant};

use super::config::Config;
use super::linear::{Linear, LowRank};
use super::tensors::{BlockTensor, LowRankPart, TensorId};
use crate::error::{Error, Result};

/// The linear layer that makes queries, keys or values.
pub(super) struct Projection {
    /// `[heads * head_dim, width]`, or `kv_heads` for keys and values.
    pub matrix: Linear,
    /// Added to the product (Qwen2), `[heads * head_dim]`.
    pub bias: Option<Vec<f32>>,
    /// Weights of the RMS norm of each head (Qwen3; queries and keys), `[head_dim]`.
    pub head_norm: Option<Vec<f32>>,
}

/// One transformer block.
pub(super) struct Block {
    /// `[width]`
    pub attention_norm: Vec<f32>,
    pub query: Projection,
    pub key: Projection,
    pub value: Projection,
    /// `[width, heads * head_dim]`
    pub attention_output: Linear,
    /// `[width]`
    pub feed_forward_norm: Vec<f32>,
    /// `[feed_forward, width]`
    pub gate: Linear,
    /// `[feed_forward, width]`
    pub up: Linear,
    /// `[width, feed_forward]`
    pub down: Linear,
}

/// All weights of a model.
pub(super) struct Weights {
    /// The kernel that the linear layers are packed for.
    pub variant: Variant,
    /// `[vocabulary_size, width]`
    pub embedding: RowMatrix,
    pub blocks: Vec<Block>,
    /// `[width]`
    pub output_norm: Vec<f32>,
    /// The output head where it is not the embedding table, `[vocabulary_size, width]`.
    pub output: Option<RowMatrix>,
    /// Divisors of the rotary frequencies, `[rotary_dims / 2]`.
    pub rotary_factors: Option<Vec<f32>>,
}

/// A tensor ready for use.
pub(super) enum LoadedTensor {
    Vector(Vec<f32>),
    Linear(PackedMatrix),
    Table(RowMatrix),
}

/// The tensors loaded so far.
#[derive(Default)]
pub(super) struct LoadedTensors(HashMap<TensorId, LoadedTensor>);

impl LoadedTensors {
    pub fn insert(&mut self, id: TensorId, tensor: LoadedTensor) {
        self.0.insert(id, tensor);
    }

    fn vector(&mut self, id: TensorId) -> Result<Vec<f32>> {
        match self.0.remove(&id) {
            Some(LoadedTensor::Vector(values)) => Ok(values),
            _ => Err(missing(id)),
        }
    }

    fn matrix(&mut self, id: TensorId) -> Result<PackedMatrix> {
        match self.0.remove(&id) {
            Some(LoadedTensor::Linear(matrix)) => Ok(matrix),
            _ => Err(missing(id)),
        }
    }

    fn linear(&mut self, id: TensorId) -> Result<Linear> {
        Ok(Linear { matrix: self.matrix(id)?, adapter: None })
    }

    fn table(&mut self, id: TensorId) -> Result<RowMatrix> {
        match self.0.remove(&id) {
            Some(LoadedTensor::Table(matrix)) => Ok(matrix),
            _ => Err(missing(id)),
        }
    }

    /// A projection of one block. Its bias and norm have been loaded if the architecture has them:
    /// [`identify`](super::tensors::identify) requires them then, and refuses them otherwise.
    fn projection(
        &mut self,
        block: usize,
        matrix: BlockTensor,
        bias: BlockTensor,
        norm: Option<BlockTensor>,
    ) -> Result<Projection> {
        Ok(Projection {
            matrix: self.linear(TensorId::Block(block, matrix))?,
            bias: self.vector(TensorId::Block(block, bias)).ok(),
            head_norm: norm.and_then(|norm| self.vector(TensorId::Block(block, norm)).ok()),
        })
    }

    /// The weights of the model, once all tensors have been loaded.
    ///
    /// # Errors
    /// [`Error::Internal`] if one has not.
    pub fn assemble(mut self, config: &Config, variant: Variant) -> Result<Weights> {
        use BlockTensor as T;

        let mut blocks = Vec::with_capacity(config.layers);
        for i in 0..config.layers {
            let id = |tensor| TensorId::Block(i, tensor);
            blocks.push(Block {
                attention_norm: self.vector(id(T::AttentionNorm))?,
                query: self.projection(i, T::Query, T::QueryBias, Some(T::QueryNorm))?,
                key: self.projection(i, T::Key, T::KeyBias, Some(T::KeyNorm))?,
                value: self.projection(i, T::Value, T::ValueBias, None)?,
                attention_output: self.linear(id(T::AttentionOutput))?,
                feed_forward_norm: self.vector(id(T::FeedForwardNorm))?,
                gate: self.linear(id(T::Gate))?,
                up: self.linear(id(T::Up))?,
                down: self.linear(id(T::Down))?,
            });
        }
        Ok(Weights {
            variant,
            embedding: self.table(TensorId::Embedding)?,
            blocks,
            output_norm: self.vector(TensorId::OutputNorm)?,
            output: match config.tied_output {
                true => None,
                false => Some(self.table(TensorId::Output)?),
            },
            rotary_factors: self.vector(TensorId::RotaryFactors).ok(),
        })
    }
}

impl Weights {
    /// Puts adapters beside the linear layers, once all their tensors have been loaded.
    ///
    /// # Errors
    /// [`Error::Internal`] if one has not.
    pub fn adapt(&mut self, mut loaded: LoadedTensors, scale: f32) -> Result<()> {
        use BlockTensor as T;

        for (i, block) in self.blocks.iter_mut().enumerate() {
            for (tensor, linear) in [
                (T::Query, &mut block.query.matrix),
                (T::Key, &mut block.key.matrix),
                (T::Value, &mut block.value.matrix),
                (T::AttentionOutput, &mut block.attention_output),
                (T::Gate, &mut block.gate),
                (T::Up, &mut block.up),
                (T::Down, &mut block.down),
            ] {
                let down = loaded.matrix(TensorId::LowRank(i, tensor, LowRankPart::Down))?;
                let up = loaded.matrix(TensorId::LowRank(i, tensor, LowRankPart::Up))?;
                linear.adapter = Some(LowRank { down, up, scale });
            }
        }
        Ok(())
    }
}

fn missing(id: TensorId) -> Error {
    Error::Internal(format!("the tensor {} was planned but not loaded", id.name()))
}
