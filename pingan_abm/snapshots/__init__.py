"""Saved states of districts: in memory, to step back; on disk, so that a warm-up need not be simulated twice."""
