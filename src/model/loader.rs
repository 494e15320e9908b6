//! Loads a model while its file arrives. Each tensor is packed when its last byte is there, and its
//! raw bytes are dropped, so that the file and the weights are never in memory together.
//!
//! A second GGUF file may follow the first: the model's adapters.

use bioner_kernels::Variant;

use super::Model;
use super::config::Config;
use super::describe::Description;
use super::gguf::{Header, HeaderParser, MAGIC};
use super::tensor_loader::TensorLoader;
use super::tensors;
use super::token_table::TokenTable;
use crate::error::{Error, Result};

/// Loads a model from the bytes of a GGUF file, given in order and in pieces of any size, and from those of
/// the file of its adapters, if they follow.
pub struct Loader {
    stage: Stage,
    /// The kernels that are asked for; without, the fastest.
    variant: Option<Variant>,
}

/// What the loader reads next.
enum Stage {
    Header(HeaderParser),
    Tensors(Box<Unfinished>),
    /// A model that is complete, and the file of its adapters, which need not follow.
    AdapterHeader(Box<Model>, HeaderParser),
    AdapterTensors(Box<Model>, Box<TensorLoader>),
    /// Nothing: an earlier piece was refused.
    Failed,
}

/// A model that lacks tensors.
struct Unfinished {
    config: Config,
    token_table: TokenTable,
    description: Description,
    tensors: TensorLoader,
}

impl Default for Loader {
    fn default() -> Self {
        Self::new()
    }
}

impl Loader {
    /// A loader at the start of a file.
    pub fn new() -> Self {
        Self { stage: Stage::Header(HeaderParser::new()), variant: None }
    }

    /// A loader at the start of a file, of a model that computes with these kernels instead of the fastest of
    /// this machine. Its results are the same to the bit; this is how one can tell.
    ///
    /// # Errors
    /// [`Error::Input`] if this machine cannot run them.
    pub fn on(variant: Variant) -> Result<Self> {
        if !Variant::available().contains(&variant) {
            return Err(Error::Input(format!("this machine cannot run the kernels {variant:?}")));
        }
        Ok(Self { variant: Some(variant), ..Self::new() })
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// [`Error::ModelFile`] or [`Error::ModelUnsupported`] as soon as the bytes show that the model
    /// cannot be run. Every later call fails too.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Header(mut parser) => {
                if !parser.push(bytes)? {
                    self.stage = Stage::Header(parser);
                    return Ok(());
                }
                let (header, rest) = parser.finish();
                self.stage = Stage::Tensors(Box::new(Unfinished::new(header, self.variant)?));
                self.push(&rest)
            }
            Stage::Tensors(mut model) => {
                let rest = model.tensors.push(bytes)?;
                if rest.is_empty() {
                    self.stage = Stage::Tensors(model);
                    return Ok(());
                }
                self.stage = Stage::AdapterHeader(Box::new(model.finish()?), HeaderParser::new());
                self.push(rest)
            }
            Stage::AdapterHeader(mut model, mut parser) => {
                if parser.seen() == 0 && !bytes.starts_with(&MAGIC[..bytes.len().min(MAGIC.len())])
                {
                    return Err(goes_on());
                }
                if !parser.push(bytes)? {
                    self.stage = Stage::AdapterHeader(model, parser);
                    return Ok(());
                }
                let (header, rest) = parser.finish();
                let tensors = model.adapters(header)?;
                self.stage = Stage::AdapterTensors(model, Box::new(tensors));
                self.push(&rest)
            }
            Stage::AdapterTensors(model, mut tensors) => {
                let rest = tensors.push(bytes)?;
                self.stage = Stage::AdapterTensors(model, tensors);
                if rest.is_empty() { Ok(()) } else { Err(goes_on()) }
            }
            Stage::Failed => Err(Error::ModelFile("loading it has already failed".into())),
        }
    }

    /// The model, once the whole file has been pushed.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if the file ended too early.
    pub fn finish(self) -> Result<Model> {
        match self.stage {
            Stage::Tensors(model) => model.finish(),
            Stage::AdapterHeader(model, parser) if parser.seen() == 0 => Ok(*model),
            Stage::Header(parser) | Stage::AdapterHeader(_, parser) => Err(parser.ends_early()),
            Stage::AdapterTensors(mut model, tensors) => {
                let scale = model.config.adapter.as_ref().map_or(1.0, |adapter| adapter.scale);
                model.weights.adapt(tensors.finish()?, scale)?;
                Ok(*model)
            }
            Stage::Failed => Err(Error::ModelFile("loading it has already failed".into())),
        }
    }
}

impl Unfinished {
    /// A model with this header, on these kernels or the fastest.
    fn new(mut header: Header, variant: Option<Variant>) -> Result<Self> {
        let config = Config::from_header(&header)?;
        let ids = tensors::identify(&config, &header)?;
        let variant = variant.unwrap_or_else(|| tensors::variant(&config, &header, &ids));
        let description = Description::new(&header, Ok(&config));
        let token_table = TokenTable::take(&mut header.metadata, Some(config.vocabulary_size))?;
        let tensors = TensorLoader::new(header, config.clone(), ids, variant);
        Ok(Self { config, token_table, description, tensors })
    }

    fn finish(self) -> Result<Model> {
        let variant = self.tensors.variant();
        Ok(Model {
            weights: self.tensors.finish()?.assemble(&self.config, variant)?,
            config: self.config,
            token_table: self.token_table,
            description: self.description,
        })
    }
}

impl Model {
    /// Takes the header of a file of adapters. Returns what loads its tensors.
    fn adapters(&mut self, header: Header) -> Result<TensorLoader> {
        let ids = self.config.adapt(&header)?;
        self.description.add_adapters(&header, &self.config);
        Ok(TensorLoader::new(header, self.config.clone(), ids, self.weights.variant))
    }
}

fn goes_on() -> Error {
    Error::ModelFile("it goes on after its last tensor; download it again".into())
}
