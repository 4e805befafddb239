"""The state of a run: registers, tables, calendar, population and networks. This room holds no decisions."""
