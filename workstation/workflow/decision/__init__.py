"""Decision: the registry has the word; this room only shows how far it is."""
