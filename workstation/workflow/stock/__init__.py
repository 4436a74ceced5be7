"""Blank cards: taken in, given out, loaded, counted by two people; what the ledger says and its reports."""
