"""Benchmarks: a corpus of any size, the questions of families, and what the engine and the page need for them."""
