"""The way to the registry and back: the outbox is sent, the decisions are taken in."""
