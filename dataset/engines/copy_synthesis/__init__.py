"""Engines that say a recording again."""
