"""The processes that judge sounds, and the way to them and back."""
