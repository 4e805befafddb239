"""Ping'an 365: an agent-based model of multi-actor co-governance in a city district."""
