"""Pre-flight in the window: what stops a new application, what only warns, and what to do about each."""
