"""Before the work: first start of an office, its passphrase, and signing in."""
