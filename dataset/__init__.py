"""Corpora become clips, and clips become arrays that training reads."""
