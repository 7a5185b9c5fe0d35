"""Coqui's models, in an environment of their own (extra `coqui`): cloning, reading, converting."""
