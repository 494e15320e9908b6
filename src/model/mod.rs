//! 4. Weights and the forward pass.
