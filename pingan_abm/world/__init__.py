"""The state of a run: registers, tables, calendar, population and networks. What is so, without decisions."""
