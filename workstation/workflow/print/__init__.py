"""Print: the card job from rendering to the card in the tray."""
