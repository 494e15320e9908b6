//! The embedding table and the output head tied to it.

use super::activations::Activations;
use super::layout::{BLOCK, BlockFormat, scale};
use crate::error::Result;

/// A weight matrix `[rows, columns]` kept as the file has it, row by row.
#[derive(Debug)]
pub struct RowMatrix {
    format: BlockFormat,
    rows: usize,
    columns: usize,
    bytes: Vec<u8>,
}

impl RowMatrix {
    /// Takes the bytes of a GGUF matrix as they are.
    ///
    /// # Errors
    /// [`ModelFile`](crate::error::Error::ModelFile) if `bytes` is not such a matrix: `columns` is
    /// no multiple of 32, the length is wrong, or a scale is not finite.
    pub fn new(format: BlockFormat, bytes: Vec<u8>, rows: usize, columns: usize) -> Result<Self> {
        format.check(&bytes, rows, columns)?;
        Ok(RowMatrix { format, rows, columns, bytes })
    }

    /// Rows of the matrix.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Values in a row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Memory the weights take, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Writes the values of row `index` to `out`.
    ///
    /// # Panics
    /// If there is no such row, or `out` is not as long as a row.
    pub fn row(&self, index: usize, out: &mut [f32]) {
        assert_eq!(out.len(), self.columns, "columns");
        for (block, out) in self.blocks(index).zip(out.chunks_exact_mut(BLOCK)) {
            let scale = scale(block);
            for (out, code) in out.iter_mut().zip(self.format.codes(block)) {
                *out = code as f32 * scale;
            }
        }
    }

    /// Writes the products of the given rows with one token of `x` to `out`.
    ///
    /// # Panics
    /// If the shapes do not agree, or there is no such row or token.
    pub fn multiply_rows(&self, x: &Activations, token: usize, rows: &[u32], out: &mut [f32]) {
        assert_eq!(rows.len(), out.len(), "rows");
        for (&row, out) in rows.iter().zip(out) {
            *out = self.product(row as usize, x, token);
        }
    }

    /// Writes `x` times the transposed weights to `y`, which is `[tokens, rows]`.
    ///
    /// # Panics
    /// If the shapes do not agree.
    pub fn multiply(&self, x: &Activations, y: &mut [f32]) {
        assert_eq!(y.len(), x.tokens() * self.rows, "outputs");
        if self.rows == 0 {
            return;
        }
        for (token, y) in y.chunks_exact_mut(self.rows).enumerate() {
            for (row, y) in y.iter_mut().enumerate() {
                *y = self.product(row, x, token);
            }
        }
    }

    fn blocks(&self, row: usize) -> impl Iterator<Item = &[u8]> {
        let bytes = self.columns / BLOCK * self.format.block_bytes();
        self.bytes[row * bytes..][..bytes].chunks_exact(self.format.block_bytes())
    }

    /// The definition of a product: every other variant's result equals this one's.
    fn product(&self, row: usize, x: &Activations, token: usize) -> f32 {
        assert_eq!(x.features(), self.columns, "features");
        let mut y = 0.0;
        let blocks = x.codes(token).chunks_exact(BLOCK).zip(x.scales(token));
        for (block, (x, x_scale)) in self.blocks(row).zip(blocks) {
            let codes = self.format.codes(block);
            let dot: i32 = codes.iter().zip(x).map(|(&w, &x)| w as i32 * x as i32).sum();
            y += dot as f32 * (scale(block) * x_scale);
        }
        y
    }
}
