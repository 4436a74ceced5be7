"""The verifier: anyone checks a card offline, without an office and without signing in."""
