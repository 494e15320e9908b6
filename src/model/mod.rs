//! 4. Weights and the forward pass.

pub mod kernel;
