"""Review: a second person decides what goes to the registry."""
