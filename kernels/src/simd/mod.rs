//! What all variants with vectors share, in terms of a few operations that each machine names.
//!
//! A tile is two vectors of outputs. It is multiplied with a register block of tokens, so called
//! because their sums stay in registers, then with the next ([`driver`]). For a block of 32 input
//! features integer dot products are summed in 32 bits ([`sums32`]) or, with weights of up to 5
//! bits, in 16 (`sums16`); they are then scaled and added in f32.
//!
//! Everything is inlined into the function that calls it, which is compiled for a machine that has
//! the instructions. So no closure here has an instruction in it and is handed to another function:
//! that function would be compiled for any machine, and the instruction be a call.

pub(crate) mod driver;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod fours;
#[cfg(any(not(target_arch = "wasm32"), feature = "relaxed-simd"))]
pub(crate) mod nibbles;
pub(crate) mod source;
#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", feature = "relaxed-simd")))]
pub(crate) mod sums16;
pub(crate) mod sums32;
pub(crate) mod vectors;
