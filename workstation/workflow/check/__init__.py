"""Check: what stands on the finished card is read back and compared with the record."""
