"""Fingerprints: one finger after the other from the sensor."""
