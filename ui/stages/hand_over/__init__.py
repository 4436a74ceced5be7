"""The page of the hand-over stage: the finger is taken again and the card is given."""
