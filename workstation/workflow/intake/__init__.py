"""Intake: who the person is, where the household is recorded, which documents were shown."""
