"""Corpora, their sentences, and ways to vary them."""
