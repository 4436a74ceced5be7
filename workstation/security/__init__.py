"""Pure operations with keys and passwords; nothing here stores anything."""
