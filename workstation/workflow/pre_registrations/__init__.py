"""Pre-registrations at the counter: looked up by number or slip, opened once, every value confirmed by a clerk."""
