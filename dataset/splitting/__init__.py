"""Clips are assigned to train, dev and test."""
