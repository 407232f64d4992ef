"""Each file answers one question; `python -m benchmarks [name]` runs them and prints ratios."""
