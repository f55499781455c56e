"""Fits the scorers from an annotated corpus and cross-validates them."""
