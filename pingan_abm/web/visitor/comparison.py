"""A comparison that runs in the background: paired replications with progress, cancelled when asked, and what it
found."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import solara

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.study.decide.compare import Arm, Comparison, Replicated, check_labels, replicate
from pingan_abm.study.run.workers import available_workers
from pingan_abm.texts.errors import InputErrors

if TYPE_CHECKING:
    from pingan_abm.study.keep.records import Record

MOST_ARMS, MOST_REPLICATIONS = 4, 50
PAUSE = 3.0  # seconds between partial results
AT_ONCE = 1  # comparisons under way on this machine; others wait
SMALL = 10_000  # residents up to which a run is so short that starting further processes would take longer
FEW = 8  # runs


class Cancelled(Exception):
    """The visitor has cancelled the comparison."""


@cache
def places() -> threading.BoundedSemaphore:
    """The places for comparisons under way on this machine."""
    return threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Found:
    """The results of a comparison. series: {label: {indicator: float64 [replications, days]}}."""

    arms: tuple[Arm, ...]
    replications: int
    comparisons: tuple[Comparison, ...]
    series: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    replicated: Replicated | None = None


class Comparing:
    """The comparison of one visitor. Reactive values are for the page to read."""

    def __init__(self) -> None:
        self.share = solara.reactive(0.0)
        self.running, self.waiting = solara.reactive(False), solara.reactive(False)
        self.message: solara.Reactive[tuple[str, ...]] = solara.reactive(())
        self.found: solara.Reactive[Found | None] = solara.reactive(None)
        self.stop = threading.Event()

    def start(self, arms: Sequence[Arm], replications: int) -> None:
        """Begin, unless one is under way."""
        if self.running.value:
            return
        self.stop.clear()
        self.running.value, self.share.value, self.message.value = True, 0.0, ()
        self.found.value = None  # what is shown belongs to what is set
        threading.Thread(target=partial(self.work, tuple(arms), replications), name="comparison", daemon=True).start()

    def cancel(self) -> None:
        """Stop as soon as the run under way is done; what is finished is shown."""
        self.stop.set()

    def work(self, arms: tuple[Arm, ...], replications: int) -> None:
        """In the thread: wait for a place, run, show."""
        try:
            problems = check_labels(arms)
            if problems:
                raise InputErrors(problems)
            self.waiting.value = True
            while not places().acquire(timeout=0.2):
                if self.stop.is_set():
                    return
            try:
                self.waiting.value = False
                self.run(arms, replications)
            finally:
                places().release()
        except InputErrors as wrong:
            self.message.value = wrong.problems
        except Exception as error:
            logging.getLogger(__name__).exception("a comparison failed")
            self.message.value = (str(error),)
        finally:
            self.running.value = self.waiting.value = False

    def run(self, arms: tuple[Arm, ...], replications: int) -> None:
        """All replications, or as many as there was time for."""
        done, kept = Replicated(arms), Kept(arms)
        total = replications * len(arms)
        small = arms[0].spec.residents <= SMALL or total <= FEW
        workers = 1 if small else max(1, min(2, available_workers()))
        progress = Progress(self, done, kept, total)
        try:
            replicate(done, list(range(replications)), workers, keep=kept.keep, announce=progress.announce, series=True)
        except Cancelled:
            pass
        self.show(done, kept)

    def show(self, done: Replicated, kept: "Kept") -> None:
        """Show what the replications that every arm has say so far."""
        whole = done.whole()
        if whole:
            self.found.value = Found(
                done.arms, len(whole), tuple(done.comparisons(OUTCOMES)), kept.series(whole), tuple(done.failed), done
            )
        elif done.failed:
            self.message.value = tuple(done.failed[:5])


class Progress:
    """Follows a comparison under way: shows its share, and results as they come."""

    def __init__(self, comparing: Comparing, done: Replicated, kept: "Kept", total: int) -> None:
        self.comparing, self.done, self.kept, self.total = comparing, done, kept, total
        self.shown, self.next = 0, 0.0  # replications shown; when more may be shown

    def announce(self, count: int) -> None:
        """Note progress; show what is new from time to time; end when cancelled."""
        self.comparing.share.value = min(1.0, count / self.total)
        if self.comparing.stop.is_set():
            raise Cancelled
        whole = len(self.done.whole())
        if whole > self.shown and count < self.total and time.monotonic() >= self.next:
            self.comparing.show(self.done, self.kept)
            self.shown, self.next = whole, time.monotonic() + PAUSE


class Kept:
    """The series of the runs of a comparison. Equal specifications under two labels are kept under both."""

    def __init__(self, arms: Sequence[Arm]) -> None:
        self.arms = arms
        self.found: dict[str, dict[int, dict[str, np.ndarray]]] = {arm.label: {} for arm in arms}

    def keep(self, record: "Record") -> None:
        """Note a finished run."""
        spec = record.spec
        for arm in self.arms:
            if (arm.spec.scenario, dict(arm.spec.settings)) == (spec.scenario, dict(spec.settings)):
                self.found[arm.label][spec.replication] = {
                    name: np.asarray(values) for name, values in record.series.items()
                }

    def series(self, numbers: Sequence[int]) -> dict[str, dict[str, np.ndarray]]:
        """{label: {indicator: float64 [replications, days]}} of the replications given."""
        tables: dict[str, dict[str, np.ndarray]] = {}
        for label, runs in self.found.items():
            there = [runs[number] for number in numbers if number in runs]
            if there:
                tables[label] = {name: np.stack([one[name] for one in there]) for name in there[0]}
        return tables
