"""Fingerprints: the fingers that the policy asks for, each with image, quality and template."""
