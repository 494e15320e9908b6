"""A training run: its state, its learning rate, and what it needs of the machine."""
