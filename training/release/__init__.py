"""A new model takes the place of the served one, unless it is worse somewhere."""
