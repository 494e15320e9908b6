//! The one error type of the crate. Every variant has a stable code, for programs, and a message
//! that says what to do, for people.

use bioner_documents::{TypesError, inventory};

/// Shorthand used throughout the crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can go wrong, by cause.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The model file is not what it says it is: truncated, corrupted, or not GGUF at all.
    #[error("the model file cannot be used: {0}")]
    ModelFile(String),
    /// The model file is sound, but of a kind this engine does not run.
    #[error("this model is not supported: {0}")]
    ModelUnsupported(String),
    /// The model's bytes do not have the checksum its manifest names.
    #[error("the model file does not match its checksum: {0}; download it again")]
    ModelChecksum(String),
    /// No entity type was asked for, or one that cannot be written.
    #[error(transparent)]
    Types(#[from] TypesError),
    /// No preset of that name.
    #[error("there is no preset called {0:?}; there are {names}", names = preset_names())]
    Preset(String),
    /// No output format of that name.
    #[error("there is no output format called {0:?}; `bioner formats` lists them")]
    Format(String),
    /// The input is larger than can be processed.
    #[error("the text is too large: {0}")]
    TextTooLarge(String),
    /// An input line or document cannot be read.
    #[error("{0}")]
    Input(String),
    /// Reading or writing failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A defect in this program.
    #[error("internal error: {0}; please report it")]
    Internal(String),
}

impl Error {
    /// The stable code of the error: part of the contract with callers, never renamed.
    pub fn code(&self) -> &'static str {
        match self {
            Error::ModelFile(_) => "model-file",
            Error::ModelUnsupported(_) => "model-unsupported",
            Error::ModelChecksum(_) => "model-checksum",
            Error::Types(_) => "types",
            Error::Preset(_) => "preset",
            Error::Format(_) => "format",
            Error::TextTooLarge(_) => "text-too-large",
            Error::Input(_) => "input",
            Error::Io(_) => "io",
            Error::Internal(_) => "internal",
        }
    }
}

fn preset_names() -> String {
    let names: Vec<_> = inventory().presets.iter().map(|preset| preset.name.as_str()).collect();
    names.join(", ")
}

impl From<bioner_kernels::Error> for Error {
    fn from(e: bioner_kernels::Error) -> Self {
        Error::ModelFile(e.to_string())
    }
}

impl From<candle_core::Error> for Error {
    fn from(e: candle_core::Error) -> Self {
        Error::Internal(e.to_string())
    }
}
