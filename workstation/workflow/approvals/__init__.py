"""Approvals by a second person elsewhere: keys, requests, signing, applying."""
