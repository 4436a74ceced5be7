"""Check: the finished card read back and compared."""
