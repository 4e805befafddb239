"""Options that describe a run, as commands read them: what stands in their place when they are not given, and all of
them together."""

from pathlib import Path

from pingan_abm.commands.options import Problems
from pingan_abm.district.shipped import RESIDENTS, START
from pingan_abm.runs import DAYS, LIMITS, RunSpec, recorded, resolved, settings_from_text

DEFAULT_RESIDENTS, DEFAULT_DAYS, DEFAULT_START = str(RESIDENTS), str(DAYS), START.isoformat()


def read_spec(
    problems: Problems,
    scenario: str,
    *,
    residents: str,
    days: str,
    seed: str,
    start: str = DEFAULT_START,
    settings: list[str] | None = None,
    incidents: Path | None = None,
) -> RunSpec:
    """The specification of replication 0 that options describe, each of them checked, and all of them together."""
    chosen: dict[str, object] = {}
    for text in settings or []:  # each by itself, so that one mistake does not hide the next
        chosen |= problems.attempt(settings_from_text, [text]) or {}
    told = len(problems.found)
    first, length = problems.day("--start", start), problems.whole("--days", days, *LIMITS["days"])
    if len(problems.found) > told:
        first, length = START, DAYS  # a run of the usual length, so that no more is said of dates
    spec = RunSpec(
        problems.scenario(scenario, (first, length)),
        chosen,
        problems.whole("--residents", residents, *LIMITS["residents"]),
        length,
        first,
        problems.whole("--seed", seed, *LIMITS["seed"]),
        incidents=incidents,
    )
    whole = problems.attempt(resolved, spec)
    if incidents is not None and incidents.is_file():  # before anything is run or written, and whatever else is wrong
        problems.attempt(recorded, spec, spec.scenario if whole is None else whole[1])
    return spec
