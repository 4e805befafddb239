"""What `pingan run` and `pingan compare` do with finished runs when they have a folder, and what they report when they
are broken off."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pingan_abm.commands.terminal import note
from pingan_abm.texts.errors import refusal, translated
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.study.keep.records import Record
    from pingan_abm.study.keep.store import Store


BROKEN_OFF = "Broken off."
KEPT = "Broken off. What is finished is kept in the folder."
NOT_KEPT = "Broken off. Without --out nothing is kept."
NOTHING = "Broken off. Nothing was kept."
GOES_ON = "Broken off. What is finished is kept, and the same command goes on from there."


class Keeping:
    """Stores runs as they finish. When the disk takes no more, it reports that once, and the runs go on: their results
    are still shown."""

    def __init__(self, store: "Store | None", language: str) -> None:
        from pingan_abm.study.keep.writer import Writer

        self._writer = None if store is None else Writer(store)
        self._language = language
        self.whole = True  # nothing was lost
        self._taken: set[str] = set()  # run ids: equal runs of two scenarios are stored once

    def add(self, record: "Record") -> None:
        """Take a finished run."""
        if self._writer is not None and record.run_id not in self._taken:
            self._taken.add(record.run_id)
            self.attempt(self._writer.store.folder, self._writer.add, record)

    def fate(self) -> str:
        """The sentence that says what becomes of finished runs when the command is interrupted now."""
        if self._writer is None:
            return NOT_KEPT
        return KEPT if self.whole else BROKEN_OFF

    def passed(self, records: "Iterable[Record]") -> "Iterator[Record]":
        """The same runs, each stored, without their days and events, so that memory stays flat."""
        for record in records:
            self.add(record)
            yield replace(record, series={}, events=None)

    def close(self) -> None:
        """Store the runs that are not stored yet."""
        if self._writer is not None:
            self.attempt(self._writer.store.folder, self._writer.flush)

    def attempt(self, folder: Path, write: Callable[..., object], *arguments: object) -> None:
        """Write something into the folder, or report that the disk does not take it."""
        if not self.whole:
            return
        try:
            write(*arguments)
        except OSError as wrong:
            self.whole = False
            text = translator(self._language)(
                "{folder}: the runs could not all be stored ({why}); what is stored stays, and nothing half-written is "
                "left."
            )
            note(text.format(folder=folder, why=translated(refusal(wrong), translator(self._language))))


@contextmanager
def reported_when_broken_off(language: str, kept: str | Callable[[], str]) -> Iterator[None]:
    """Report Ctrl-C and signals like it. kept: the sentence that says what becomes of finished runs, or a function that
    returns it."""
    try:
        yield
    except KeyboardInterrupt:
        note(translator(language)(kept if isinstance(kept, str) else kept()))
        raise
