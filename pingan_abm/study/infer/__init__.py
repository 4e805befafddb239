"""Which values of the unknown numbers fit what is known."""
