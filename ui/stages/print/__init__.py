"""Print: the card as it will be, and the printer's job."""
