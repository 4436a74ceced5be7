"""The keys of an office: their file, unlocking at a start, and what an administrator does to them."""
