"""Training of bioner's models, from the corpora to quantized GGUF files.

The modules at the top are programs: `python -m bioner_training.train --help`. The folders hold what
the programs share.
"""
