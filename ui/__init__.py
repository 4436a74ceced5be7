"""The window and the commands: the only room of the program that knows Qt."""
