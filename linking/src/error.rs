//! What can be wrong with a vocabulary.

use std::fmt;

/// Shorthand used throughout the crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a vocabulary or a part of it cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The bytes are no vocabulary file, or not a whole one.
    File(&'static str),
    /// An identifier or a name is empty, or has nothing in it but white space.
    Empty,
    /// An identifier or a name is longer than [`MAX_NAME`](crate::MAX_NAME) bytes.
    TooLong,
    /// There is more of it than an index can hold.
    TooLarge,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::File(what) => write!(f, "this is no vocabulary file: {what}"),
            Error::Empty => write!(f, "an identifier or a name is empty"),
            Error::TooLong => {
                write!(f, "an identifier or a name has more than {} bytes", crate::MAX_NAME)
            }
            Error::TooLarge => write!(f, "the vocabulary is too large: its names exceed 4 GB"),
        }
    }
}

impl std::error::Error for Error {}
