"""The registry's own tables and queries; nothing else in the registry speaks SQL."""
