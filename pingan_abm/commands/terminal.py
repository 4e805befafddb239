"""What commands print: results on standard output, progress and announcements on standard error, for people only."""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pingan_abm.texts.errors import translated
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document; what is no number there is null."""
    try:
        sys.stdout.write(json.dumps(plain(document), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # without its number, by which click would know it and end with 1
        raise BrokenPipeError from None


def plain(value: Any) -> Any:
    """A value with not-a-number replaced by None, for JSON."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def out() -> "Console":
    """The console of results. Piped, it is as wide as its lines need, so that nothing is cut."""
    from rich.console import Console

    class Results(Console):
        """Leaves a closed pipe to the command line, which handles it for all other output too."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Results(highlight=False, width=None if sys.stdout.isatty() else 160)


def note(text: str) -> None:
    """Print a message that is no result, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def note_messages(messages: Iterable[str], language: str) -> None:
    """Print the messages of a folder of results, in a language."""
    for message in messages:
        note(translated(message, translator(language)))


def note_on_size(residents: int, language: str) -> None:
    """Print that a smaller district is less strained than the whole, so that its results are not taken for those of the
    whole."""
    from pingan_abm.report.summary import words_on_size

    if text := words_on_size(residents, language):
        note(text)


class Announcement:
    """Says once that the model is being compiled."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self) -> None:
        """Say it."""
        note(translator(self.language)("preparing the model, about 30 s, once per version"))


@contextmanager
def progress_bar(total: int, what: str) -> "Iterator[Bar]":
    """A bar with the time left, on a terminal; nothing when standard error is piped."""
    if not sys.stderr.isatty():
        yield Bar(None, 0)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, int(progress.add_task(what, total=total)))


class Bar:
    """A progress bar, or nothing."""

    def __init__(self, progress: "Progress | None", task: int) -> None:
        self._progress, self._task = progress, task

    def at(self, done: int, total: int | None = None, what: str | None = None) -> None:
        """Update the bar: how many are done, of how many, and of what, if that has changed."""
        if self._progress is not None:
            from rich.progress import TaskID

            self._progress.update(TaskID(self._task), completed=done, total=total, description=what)


class Counting:
    """Counts finished runs over several calls."""

    def __init__(self, bar: Bar) -> None:
        self.bar, self.count = bar, 0

    def __call__(self, _: int) -> None:
        """One more is finished."""
        self.count += 1
        self.bar.at(self.count)
