"""Invented people for training and demonstrations: many applications at once, without pictures."""
