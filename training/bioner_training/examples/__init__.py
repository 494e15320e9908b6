"""Training examples: what is asked about a sentence, its tokens, and epochs of batches."""
