"""Search before entry and everywhere: what was typed, who answers to it, who may be the same person."""
