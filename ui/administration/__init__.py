"""What the administrator of the office does in the window."""
