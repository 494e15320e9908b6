//! The embedding table and the output head tied to it.

use crate::activations::{Activations, Token};
#[cfg(target_arch = "aarch64")]
use crate::arm;
use crate::codes::BLOCK;
use crate::error::{Result, check};
use crate::format::{BlockFormat, scale};
use crate::portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use crate::wasm;
#[cfg(target_arch = "x86_64")]
use crate::x86;

/// A weight matrix `[rows, columns]`, kept as a GGUF file has it, row by row.
#[derive(Debug)]
pub struct RowMatrix {
    format: BlockFormat,
    rows: usize,
    columns: usize,
    bytes: Vec<u8>,
    products: Products,
}

/// Multiplies four rows with one token.
///
/// # Safety
/// The rows have as many blocks as the token, and the machine can run the function.
type Products = unsafe fn(BlockFormat, [&[u8]; 4], Token<'_>) -> [f32; 4];

impl RowMatrix {
    /// Takes the bytes of a GGUF matrix as they are.
    ///
    /// # Errors
    /// An [`Error`](crate::Error) if `bytes` is not such a matrix: `columns` is no multiple of 32, the
    /// length is wrong, or a scale is not finite.
    pub fn new(format: BlockFormat, bytes: Vec<u8>, rows: usize, columns: usize) -> Result<Self> {
        check(format, &bytes, rows, columns)?;
        Ok(RowMatrix { format, rows, columns, bytes, products: products() })
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
        let blocks = self.stored(index).chunks_exact(self.format.block_bytes());
        for (block, out) in blocks.zip(out.chunks_exact_mut(BLOCK)) {
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
        self.multiply_with(x, token, |at| rows[at] as usize, out);
    }

    /// Writes `x` times the transposed weights to `y`, which is `[tokens, rows]`. Natively the work
    /// is shared among rayon's threads.
    ///
    /// # Panics
    /// If the shapes do not agree.
    pub fn multiply(&self, x: &Activations, y: &mut [f32]) {
        /// Rows at a time: few enough for a cache.
        const STRIP: usize = 256;

        assert_eq!(y.len(), x.tokens() * self.rows, "outputs");
        #[cfg(target_arch = "wasm32")]
        for first in (0..self.rows).step_by(STRIP) {
            for (token, y) in y.chunks_exact_mut(self.rows).enumerate() {
                let y = &mut y[first..self.rows.min(first + STRIP)];
                self.multiply_with(x, token, |at| first + at, y);
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            use rayon::prelude::*;
            y.par_chunks_exact_mut(self.rows).enumerate().for_each(|(token, y)| {
                y.par_chunks_mut(STRIP).enumerate().for_each(|(strip, y)| {
                    self.multiply_with(x, token, |at| strip * STRIP + at, y);
                });
            });
        }
    }

    /// Writes to `out[at]` the product of one token with the row that `row(at)` names.
    fn multiply_with(
        &self,
        x: &Activations,
        token: usize,
        row: impl Fn(usize) -> usize,
        out: &mut [f32],
    ) {
        assert_eq!(x.features(), self.columns, "features");
        let token = x.token(token);
        for (chunk, out) in out.chunks_mut(4).enumerate() {
            // After the last row, the last row again.
            let rows = [0, 1, 2, 3].map(|i| self.stored(row(chunk * 4 + i.min(out.len() - 1))));
            // SAFETY: a stored row has as many blocks as there are columns in `x`, and `products`
            // gave what the machine can run.
            let products = unsafe { (self.products)(self.format, rows, token) };
            out.copy_from_slice(&products[..out.len()]);
        }
    }

    fn stored(&self, row: usize) -> &[u8] {
        let bytes = self.columns / BLOCK * self.format.block_bytes();
        &self.bytes[row * bytes..][..bytes]
    }
}

/// The fastest way this machine has.
fn products() -> Products {
    #[cfg(target_arch = "x86_64")]
    if x86::rows::available() {
        return x86::rows::products;
    }
    #[cfg(target_arch = "aarch64")]
    return arm::rows::products;
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return wasm::rows::products;
    #[allow(unreachable_code)]
    {
        portable::products as Products
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Variant;
    use crate::case::Random;

    #[test]
    fn the_portable_products_are_those_of_the_machine() {
        for format in BlockFormat::ALL {
            let mut random = Random(9);
            let bytes = random.matrix(format, 4 * 6);
            let mut x = Activations::default();
            x.quantize(Variant::Portable, &random.activations(6 * BLOCK), 1, 6 * BLOCK);
            let token = x.token(0);
            let size = 6 * format.block_bytes();
            let rows = [0, 1, 2, 3].map(|row| &bytes[row * size..][..size]);
            // SAFETY: six blocks each, and the machine can run it.
            let fast = unsafe { products()(format, rows, token) };
            assert_eq!(
                portable::products(format, rows, token).map(f32::to_bits),
                fast.map(f32::to_bits)
            );
        }
    }
}
