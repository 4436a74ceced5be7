"""Families in the window: the next member of the same household, and the address that a household is known to have."""
