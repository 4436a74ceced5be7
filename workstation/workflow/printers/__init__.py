"""The office's card printers: added by address, remembered, chosen, paused."""
