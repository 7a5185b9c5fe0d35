"""Answers become the model card, its pictures and its figures."""
