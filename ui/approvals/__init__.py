"""Approvals from elsewhere at the window: what waits for a signature here, and what was asked of others."""
