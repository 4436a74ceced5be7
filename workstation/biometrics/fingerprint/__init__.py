"""Fingerprints: positions, exchange formats, quality, minutiae and 1:1 matching."""
