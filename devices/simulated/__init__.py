"""Simulated devices: the same wire protocols, spoken from the other end of the line."""
