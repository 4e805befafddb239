"""The commands of `pingan`, one module a group. A command is a function; `cli.py` names it and its module in one
line."""
