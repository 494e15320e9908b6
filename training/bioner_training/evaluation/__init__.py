"""Scores of a model, measured here or by the `bioner` program."""
