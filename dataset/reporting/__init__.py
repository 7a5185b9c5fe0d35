"""Figures become a page."""
