"""A catalogue that only its own entrance changes.

What is written into a plain dictionary takes effect in this process alone: worker processes, run ids, manifests and
long runs that forget what is over would not know of it, and its figures would be missing or wrong without a word.
"""

from typing import Any, NoReturn

from pingan_abm.texts.errors import InputErrors, sentence


class Register[Entry](dict[str, Entry]):
    """Entries by name. `enter` and `leave` change it, which `pingan_abm.extend` calls; writing into it is refused."""

    def __init__(self, entrance: str, entries: dict[str, Entry]) -> None:
        """entrance: the function with which a user adds an entry."""
        super().__init__(entries)
        self._entrance = entrance

    def enter(self, name: str, entry: Entry) -> None:
        """Add an entry."""
        super().__setitem__(name, entry)

    def leave(self, name: str) -> None:
        """Take an entry out, if it is there."""
        super().pop(name, None)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise InputErrors(
            [
                sentence(
                    "what is written into a catalogue by hand does not reach worker processes, run ids and manifests; "
                    "use {entrance} instead.",
                    entrance=self._entrance,
                )
            ]
        )

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse
