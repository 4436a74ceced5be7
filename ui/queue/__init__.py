"""Today's queue: what waits at which stage, and which application to take next."""
