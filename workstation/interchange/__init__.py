"""Packets and messages between station and registry: build, seal, sign, open. Pure: no storage, no network."""
