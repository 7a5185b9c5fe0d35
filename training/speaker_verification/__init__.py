"""The network that compares voices, and how often it errs."""
