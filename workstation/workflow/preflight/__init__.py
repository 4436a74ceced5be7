"""Pre-flight: what must be right before a new application is started, and what should be but never stops the work."""
