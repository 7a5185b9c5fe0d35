"""The quiz *Person or machine?*: its clips, and a game of five of them."""
