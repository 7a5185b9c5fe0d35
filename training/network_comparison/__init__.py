"""The study's question asked again: which of the three networks, on the same arrays?"""
