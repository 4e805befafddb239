"""Before the first run: find the staffing for a requested load, and announce the warm-up."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pingan_abm.commands.options import Problems
from pingan_abm.commands.terminal import Announcement, note, progress_bar
from pingan_abm.district.here import identity, opened
from pingan_abm.runs import RunSpec, matched
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.study.decide.compare import Arm


def reach_load(specs: Sequence[RunSpec], language: str) -> None:
    """Find the staffing for the load of each specification that asks for one, before anything is written.

    Raises InputErrors that name every load out of reach. What is found is known to the runs, those in other processes
    included.
    """
    asking = [spec for spec in specs if spec.match_load is not None]
    if not asking:
        return
    from pingan_abm.study.run.workers import prepare

    prepare(Announcement(language))
    problems = Problems()
    with progress_bar(len(asking), translator(language)("staffing for the load")) as bar:
        for number, spec in enumerate(asking, start=1):
            problems.attempt(matched, spec)
            bar.at(number)
    problems.raise_any()


def staffing_of(spec: RunSpec) -> float | None:
    """The staffing that gives the requested load; None if no load is requested."""
    return None if spec.match_load is None else float(str(matched(spec).settings["staffing"]))


def beginning_of(spec: RunSpec) -> dict[str, Any]:
    """How runs begin, as manifests and JSON say it; the district and a load only where they are
    not the usual ones."""
    with opened(spec.district):
        district = identity()
    where = {} if district is None else {"district": district}
    beginning: dict[str, Any] = {**where, "warmup": spec.warmup, "history": spec.history}
    return beginning if spec.match_load is None else {**beginning, "match_load": float(spec.match_load)}


def beginning_of_arms(arms: "Sequence[Arm]") -> dict[str, Any]:
    """How the runs of a comparison begin, and the staffing of each arm where a load is asked for."""
    beginning = beginning_of(arms[0].spec)
    if arms[0].spec.match_load is not None:
        beginning["staffing"] = {arm.label: staffing_of(arm.spec) for arm in arms}
    return beginning


def announce_warm_up(specs: Sequence[RunSpec], language: str) -> None:
    """Print on a terminal that a warm-up is simulated before day 0, where one has to be."""
    if not sys.stderr.isatty():
        return
    from pingan_abm.runs import is_warm

    for spec in specs:
        if not is_warm(spec):
            note(warm_up_words(spec.warmup, language))
            return


def warm_up_words(days: int, language: str) -> str:
    """The sentence that a district is simulated for this many days before day 0."""
    return translator(language)("The district lives through {days} days before day 0 …").format(days=days)
