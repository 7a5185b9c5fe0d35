"""Checks of clips: defects, intelligibility, and confounders that give the class away."""
