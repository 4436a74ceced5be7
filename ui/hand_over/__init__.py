"""The room of finished cards: what lies ready, old cards, uncollected and recalled ones."""
