"""What the program is about, in plain Python: stages, people, cards, rules. Standard library only."""
