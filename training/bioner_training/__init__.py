"""Training of bioner's models: corpora -> instructions -> fine-tuning -> quantized GGUF."""
