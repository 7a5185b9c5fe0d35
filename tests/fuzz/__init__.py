"""Mutated input for everything that reads what strangers send; `scripts/fuzz N` runs it."""
