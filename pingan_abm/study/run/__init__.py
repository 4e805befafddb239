"""Carrying out many runs: worker processes, clusters, and what happens when one of them dies."""
