"""One command from labelled clips to the served file; `recipe.py` is its diagram."""
