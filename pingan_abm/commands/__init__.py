"""The commands of `pingan`, one module a group. A command is a function; `cli.py` registers it in one line."""
