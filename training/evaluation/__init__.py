"""Clips are answered through the served path; answers become figures."""
