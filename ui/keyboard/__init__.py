"""The on-screen Lao keyboard: any text field of a window can be written in Lao without the system's input methods."""
