"""The holder's signature: taken with the last captures, shown at the review, printed on the card."""
