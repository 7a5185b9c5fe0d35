"""Bytes of any container become samples."""
