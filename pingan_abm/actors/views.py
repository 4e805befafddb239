"""Actors whose state stands in the columns of the world: a view on one row of a table.

Mesa reads and writes an agent's attributes (`agents.select(lambda a: a.trust < 0.3)`, `agents.agg("backlog", sum)`,
`agents.set("trust", 0.9)`), and so can a program that looks at one actor. The attributes of a view are the columns of
its row: a value written there changes the model.
"""

from typing import Any

import numpy as np

from pingan_abm.actors.base import Actor
from pingan_abm.texts.errors import InputErrors, sentence, shown


class View(Actor):
    """An actor that is a row: its columns are its attributes, to read and to write."""

    def rows(self) -> tuple[Any, int]:
        """The table that the actor is a row of, and the number of the row."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and name not in ("model", "index", "unique_id"):
            table, number = self.rows()
            if name in (table.dtype.names or ()):
                value = table[name][number]
                return value.item() if np.ndim(value) == 0 else value
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in OWN and not hasattr(type(self), name) and hasattr(self, "index"):
            table, number = self.rows()
            if name in (table.dtype.names or ()):
                table[name][number] = value
                return
        super().__setattr__(name, value)


#: Attributes of every view that are no columns.
OWN = ("model", "unique_id", "pos", "index")


def write_share(column: np.ndarray, number: int, name: str, value: Any) -> None:
    """Write a value between 0 and 1 into a column. Raises InputErrors for any other."""
    if not (isinstance(value, int | float | np.number) and 0.0 <= value <= 1.0):
        raise InputErrors([sentence("{name} = {value}: write a number from 0 to 1.", name=name, value=shown(value))])
    column[number] = value
