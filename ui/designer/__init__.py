"""The room in which the centre designs cards, and in which every office looks at what it prints."""
