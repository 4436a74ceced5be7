"""The rooms of the body: portraits and fingerprints measured, compared and written as standards say (pure)."""
