//! Products of quantized weight matrices with quantized activations.
//!
//! Weights are GGUF blocks of 32 along the input features ([`BlockFormat`]). Activations are quantized to 8 bits, also in blocks of 32
//! ([`Activations`]). One output is
//!
//! ```text
//! y[token, out] = sum over blocks, in order, of f32(integer dot product) * (weight scale * activation scale)
//! ```
//!
//! in f32 without fused multiply-add, and the integer part cannot overflow. Every variant keeps
//! that order, so all of them, on every machine and in WebAssembly, give the same bits.
//!
//! - [`PackedMatrix`] is for the layers: weights are repacked at load into tiles that hold several
//!   outputs side by side, so that a weight vector is loaded once for a register block of tokens
//!   and nothing is added across lanes.
//! - [`RowMatrix`] is for the embedding table and the output head tied to it: rows as the file has
//!   them, multiplied only where a row is asked for.
//!
//! A [`Variant`] is one way to do it: one file each, chosen once per process.

mod activations;
mod buffer;
mod layout;
mod packed;
mod portable;
mod rows;
mod variant;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx2_block;
#[cfg(target_arch = "x86_64")]
mod avx2_narrow;
#[cfg(target_arch = "x86_64")]
mod avx512_vnni;
#[cfg(target_arch = "x86_64")]
mod avx_vnni;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "aarch64")]
mod neon_block;
#[cfg(target_arch = "aarch64")]
mod neon_dotprod;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod quantize_simd128;
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
mod relaxed_nibbles;
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
mod relaxed_simd128;
#[cfg(target_arch = "x86_64")]
mod rows_avx2;
#[cfg(target_arch = "aarch64")]
mod rows_neon;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod rows_simd128;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128_block;

#[cfg(test)]
mod case;
#[cfg(test)]
mod tests;

pub use activations::Activations;
pub use layout::BlockFormat;
pub use packed::PackedMatrix;
pub use rows::RowMatrix;
pub use variant::Variant;
