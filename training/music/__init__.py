"""The small model that tells music from other sounds without speech."""
