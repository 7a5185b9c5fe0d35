"""Arrays of spectrograms become balanced, augmented batches."""
