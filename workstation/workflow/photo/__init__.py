"""Photo: the portrait, measured and cropped."""
