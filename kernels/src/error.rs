//! Whether bytes are a matrix, and why not.

use crate::codes::BLOCK;
use crate::format::{BlockFormat, stored_scale};

/// Why bytes are refused as a matrix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There are no rows or no columns, or the columns are no multiple of 32.
    #[error("a {format:?} matrix cannot have {rows} rows and {columns} columns")]
    Shape {
        /// The format that was named.
        format: BlockFormat,
        /// The rows asked for.
        rows: usize,
        /// The columns asked for.
        columns: usize,
    },
    /// There are too few bytes for the shape, or too many.
    #[error("a {format:?} matrix of {rows} by {columns} does not fit {bytes} bytes")]
    Length {
        /// The format that was named.
        format: BlockFormat,
        /// The rows asked for.
        rows: usize,
        /// The columns asked for.
        columns: usize,
        /// The bytes given.
        bytes: usize,
    },
    /// The scale of a block, counted from the first of the matrix, is infinite or not a number.
    #[error("the scale of block {block} of a matrix is not a number")]
    Scale {
        /// The first such block.
        block: usize,
    },
}

/// The result of reading a matrix.
pub type Result<T> = std::result::Result<T, Error>;

/// Checks that `bytes` is a whole matrix whose scales are all finite.
pub(crate) fn check(format: BlockFormat, bytes: &[u8], rows: usize, columns: usize) -> Result<()> {
    if columns == 0 || rows == 0 || !columns.is_multiple_of(BLOCK) {
        return Err(Error::Shape { format, rows, columns });
    }
    let blocks = rows.checked_mul(columns / BLOCK);
    if blocks.and_then(|n| n.checked_mul(format.block_bytes())) != Some(bytes.len()) {
        return Err(Error::Length { format, rows, columns, bytes: bytes.len() });
    }
    match bytes
        .chunks_exact(format.block_bytes())
        .position(|block| !stored_scale(block).is_finite())
    {
        Some(block) => Err(Error::Scale { block }),
        None => Ok(()),
    }
}
