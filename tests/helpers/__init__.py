"""What several tests share. pytest puts the folder `tests` on Python's path, so tests write `from helpers.x import y`."""
