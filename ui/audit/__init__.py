"""The audit trail on the screen: the auditor's table, its filters, and its verification."""
