"""Engines that read a text."""
