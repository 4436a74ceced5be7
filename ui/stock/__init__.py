"""The room of blank cards: how many lie where, every act with them, the count at the end of the day, reports."""
