"""Photo: live picture, advice and the shot."""
