"""Hand-over: the person is recognised by a finger and gets the card."""
