//! Products of quantized weight matrices with quantized activations, the same bits on every machine.
//!
//! # The product
//!
//! Weights are a matrix `[out_features, in_features]`, in GGUF blocks of 32 along the input features
//! ([`BlockFormat`]: `Q8_0`, `Q5_0` or `Q4_0`). Activations are `[tokens, in_features]`, f32,
//! quantized to 8 bits, also in blocks of 32 ([`Activations`]). The product is
//! `[tokens, out_features]`, f32. One value of it is
//!
//! ```text
//! y[token, out] = sum over blocks, in order, of f32(integer dot product) * (weight scale * activation scale)
//! ```
//!
//! Each f32 operation is rounded by itself, without fused multiply-add, and the integer part cannot
//! overflow. Every variant keeps that order. So all of them give the same bits, natively and in
//! WebAssembly; the tests compare each with the definition.
//!
//! # The matrices
//!
//! - [`PackedMatrix`] is for the layers. Weights are repacked at load into tiles that hold several
//!   outputs side by side, so that a weight vector is loaded once for a register block of tokens
//!   and nothing is added across lanes.
//! - [`RowMatrix`] is for the embedding table and the output head tied to it. Rows stay as the file
//!   has them, and are multiplied only where they are asked for.
//!
//! # The variants
//!
//! A [`Variant`] is one way to multiply, with its own layout of tiles and activations.
//! [`Variant::best`] takes the fastest that this machine can run: on x86-64 and Arm it asks the
//! processor; in WebAssembly the features of the build decide (`simd128` by the target feature,
//! relaxed SIMD by the crate's feature `relaxed-simd`), and a test of what the relaxed instruction
//! does. `simd/` is what all variants with vectors share; `x86/`, `arm/` and `wasm/` have the
//! instructions; `portable.rs` is plain Rust.
//!
//! # Example
//!
//! ```
//! use bioner_kernels::{Activations, BlockFormat, PackedMatrix, Variant};
//!
//! // Two rows of 32 weights: the scale 0.5, as f16, then a byte for each weight.
//! let mut bytes = Vec::new();
//! for code in [1i8, -2] {
//!     bytes.extend([0x00, 0x38]);
//!     bytes.extend([code as u8; 32]);
//! }
//! let variant = Variant::best(BlockFormat::Q8_0);
//! let matrix = PackedMatrix::pack(variant, BlockFormat::Q8_0, &bytes, 2, 32)?;
//!
//! // One token.
//! let mut x = Activations::default();
//! x.quantize(variant, &[3.0; 32], 1, 32);
//! let mut y = [0.0; 2];
//! matrix.multiply(&x, &mut y);
//! assert_eq!(y, [48.0, -96.0]);
//! # Ok::<(), bioner_kernels::Error>(())
//! ```

mod activations;
mod buffer;
mod codes;
mod error;
mod format;
mod layout;
mod packed;
mod portable;
mod quantize;
mod rows;
#[cfg(not(target_arch = "wasm32"))]
mod threads;
mod tile;
mod variant;
mod widest;

#[cfg(target_arch = "aarch64")]
mod arm;
#[cfg(any(
    target_arch = "x86_64",
    target_arch = "aarch64",
    all(target_arch = "wasm32", target_feature = "simd128")
))]
mod simd;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(any(test, feature = "testing"))]
#[doc(hidden)]
pub mod case;
#[cfg(test)]
mod tests;

pub use activations::Activations;
pub use error::{Error, Result};
pub use format::BlockFormat;
pub use packed::PackedMatrix;
pub use rows::RowMatrix;
#[cfg(not(target_arch = "wasm32"))]
pub use threads::alone;
pub use variant::Variant;
