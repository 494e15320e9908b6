//! WebAssembly with 128-bit SIMD, and what relaxed SIMD adds.

#[cfg(feature = "relaxed-simd")]
pub(crate) mod narrow;
pub(crate) mod pairs;
pub(crate) mod quantize;
#[cfg(feature = "relaxed-simd")]
pub(crate) mod relaxed;
pub(crate) mod rows;
mod vectors;
