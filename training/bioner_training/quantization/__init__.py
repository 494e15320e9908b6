"""ggml's block formats, and rounding to them."""
