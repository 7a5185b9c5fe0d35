"""How alike the voices of two recordings are."""
