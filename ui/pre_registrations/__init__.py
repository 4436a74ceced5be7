"""Pre-registrations at the counter: scanned, typed, read by the camera, or chosen from those who come today."""
