"""The room of printing: what waits, what the printers have, and the printers themselves."""
