"""The network in PyTorch: its file, its batches, its forward pass, its loss, and decoding."""
