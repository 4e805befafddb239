"""Districts kept as they stood: in memory, to step back; on disk, so that a warm district need not be lived through
twice."""
