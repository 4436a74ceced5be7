"""The page about the office's backups."""
