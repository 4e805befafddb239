"""Which runs a study asks for: its file, ranges and design."""
