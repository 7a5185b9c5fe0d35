"""Samples become constant-Q spectrograms and images of them."""
