"""What the builder knows before it reads: gazetteer, lexicon, corpus and trained scorers."""
