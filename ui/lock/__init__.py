"""The lock: a window that nobody attends, what is put away when it locks, and the way back to the same caret."""
