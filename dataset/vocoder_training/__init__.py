"""How the vocoder of `dataset.engines.vocoder` was trained and judged; nothing else needs it."""
