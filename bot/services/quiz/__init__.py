"""*Person or machine?*: the clips, and a game of five of them."""
