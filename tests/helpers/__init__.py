"""What several tests share. pytest puts `tests` on the path of Python: tests write `from helpers.x import y`."""
