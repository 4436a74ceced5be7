"""Card layouts in the office: which one is in force, bringing one in, publishing one from the centre."""
