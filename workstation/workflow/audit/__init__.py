"""The audit trail as its reader meets it: looked at by filters, verified, exported."""
