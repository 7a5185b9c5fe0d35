"""An answer becomes a picture."""
