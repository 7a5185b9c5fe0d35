"""Corpora are fetched, unpacked and listed."""
