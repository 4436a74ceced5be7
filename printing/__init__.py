"""Printing: content and a validated layout in millimetres become one PDF, which is previewed and printed."""
