"""Networks learn from arrays."""
