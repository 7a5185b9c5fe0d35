"""The page, its API and what monitoring asks."""
