//! 64-bit Arm.

pub(crate) mod dotprod;
pub(crate) mod neon;
pub(crate) mod rows;
pub(crate) mod vectors;
