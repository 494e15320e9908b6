//! Low-rank adapters (LoRA: Hu et al., arXiv 2106.09685): a second tuning of a model, for questions that its
//! weights by themselves were not tuned for. They are a GGUF file of their own, as llama.cpp's adapters are.

use serde::Serialize;

use super::calibration::Calibrations;
use super::config::BLOCK;
use super::gguf::Header;
use super::tensors::{BlockTensor, LowRankPart, TensorId};
use crate::error::{Error, Result};
use crate::format;
use bioner_documents::{inventory, plain_type_name};

/// The largest rank.
const MAX_RANK: usize = 1024;
/// What their scale may be.
const MIN_SCALE: f32 = 1e-3;
const MAX_SCALE: f32 = 1e3;

/// What the adapters of a model are for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdapterConfig {
    /// Rows of each first matrix, and columns of each second.
    pub rank: usize,
    /// What their product is multiplied by: `adapter.lora.alpha` by the rank.
    pub scale: f32,
    /// The output format of the answers (`bioner.format`): all questions in this format are answered with the
    /// adapters, and no others. See [`Config::plan`](super::Config::plan).
    pub format: &'static str,
    /// The names of types that the weights by themselves were tuned for (`bioner.adapter.except`, separated by
    /// commas).
    pub except: Vec<String>,
    /// From probabilities to scores, with the adapters (`bioner.score.*`).
    pub calibrations: Calibrations,
}

impl AdapterConfig {
    /// Reads what a file of adapters says of them.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if it is no such file, or its rank or its metadata cannot be;
    /// [`Error::ModelUnsupported`] if the adapters are of another kind, or their output format is not known.
    pub(super) fn read(header: &Header) -> Result<Self> {
        let metadata = &header.metadata;
        if metadata.text("general.type")? != Some("adapter") {
            return Err(Error::ModelFile("a second model follows it; give one file".into()));
        }
        match metadata.text("adapter.type")? {
            Some("lora") => {}
            other => {
                return Err(Error::ModelUnsupported(format!(
                    "its adapters are of the type {other:?}; only \"lora\" is known"
                )));
            }
        }
        let first = TensorId::LowRank(0, BlockTensor::Query, LowRankPart::Down).name();
        let tensor = header.tensors.iter().find(|tensor| tensor.name == first);
        let rank = match tensor.map(|tensor| &tensor.dims[..]) {
            Some(&[_, rank]) if rank.is_multiple_of(BLOCK) && rank <= MAX_RANK => rank,
            Some(dims) => {
                return Err(Error::ModelUnsupported(format!(
                    "its adapters have the shape {dims:?}; their rank must be a multiple of {BLOCK}, \
                     up to {MAX_RANK}"
                )));
            }
            None => return Err(Error::ModelFile(format!("its adapters lack {first:?}"))),
        };
        let alpha = metadata.float("adapter.lora.alpha")?.unwrap_or(rank as f64);
        let scale = (alpha / rank as f64) as f32;
        if !(MIN_SCALE..=MAX_SCALE).contains(&scale) {
            return Err(Error::ModelFile(format!("its adapter.lora.alpha is {alpha}")));
        }
        let names = metadata.text("bioner.adapter.except")?.unwrap_or_default();
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        let format = metadata.text("bioner.format")?.ok_or_else(|| {
            Error::ModelFile("its adapters do not name their output format (bioner.format)".into())
        })?;
        Ok(AdapterConfig {
            rank,
            scale,
            format: format::of_model(format)?,
            except: names.map(str::to_owned).collect(),
            calibrations: Calibrations::read(metadata)?,
        })
    }

    /// For each of these types, whether it is asked for with the adapters where no output format is named.
    ///
    /// A type is the adapters' own if it is in the inventory and not among those [excepted](Self::except). Next to
    /// one of their own, the adapters are also asked for the types of the presets that have one. For a name that is not
    /// in the inventory, the weights by themselves are the better guess.
    pub fn is_for<S: AsRef<str>>(&self, types: &[S]) -> Vec<bool> {
        let except: Vec<String> = self.except.iter().map(|name| plain_type_name(name)).collect();
        let is_own = |name: &str| {
            inventory().find(name).is_some() && !except.contains(&plain_type_name(name))
        };
        if !types.iter().any(|name| is_own(name.as_ref())) {
            return vec![false; types.len()];
        }
        let presets = inventory().presets.iter();
        let presets = presets.filter(|preset| preset.types.iter().any(|name| is_own(name)));
        let beside: Vec<String> =
            presets.flat_map(|preset| &preset.types).map(|name| plain_type_name(name)).collect();
        let is_for = |name: &str| is_own(name) || beside.contains(&plain_type_name(name));
        types.iter().map(|name| is_for(name.as_ref())).collect()
    }
}
