"""Options that describe a run, as commands read them: their default values, and the checks of all of them together."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pingan_abm.commands.options import Problems
from pingan_abm.district.files import start_here
from pingan_abm.runs import DAYS, MOST_LOAD, RunSpec, recorded, resolved
from pingan_abm.scenarios.given import LIMITS
from pingan_abm.scenarios.histories import HISTORIES, MOST_WARMUP, WARMUP, history_problems
from pingan_abm.scenarios.setting_names import settings_from_text
from pingan_abm.texts.errors import sentence, shown, suggestion

if TYPE_CHECKING:
    from pingan_abm.study.plan.study import Study

DEFAULT_RESIDENTS, DEFAULT_DAYS, DEFAULT_START = "", str(DAYS), ""  # nothing: the district's own
DEFAULT_WARMUP, DEFAULT_HISTORY = str(WARMUP), HISTORIES[0]


@dataclass(frozen=True)
class Asked:
    """Size, seed and beginning of runs, as they were written."""

    residents: str = DEFAULT_RESIDENTS
    days: str = DEFAULT_DAYS
    seed: str = "0"
    start: str = DEFAULT_START
    warmup: str = DEFAULT_WARMUP
    history: str = DEFAULT_HISTORY
    match_load: str = ""


def read_spec(
    problems: Problems,
    scenario: str,
    asked: Asked,
    *,
    settings: list[str] | None = None,
    incidents: Path | None = None,
) -> RunSpec:
    """The specification of replication 0 that options describe, each of them checked, and all of them together."""
    chosen: dict[str, object] = {}
    for text in settings or []:  # each by itself, so that one mistake does not hide the next
        chosen |= problems.attempt(settings_from_text, [text]) or {}
    before = len(problems.found)
    first, length = problems.start(asked.start), problems.whole("--days", asked.days, *LIMITS["days"])
    if len(problems.found) > before:
        first, length = start_here(), DAYS  # a run of the usual length, so that no more is said of dates
    before = len(problems.found)
    loaded = problems.scenario(scenario, (first, length))
    broken = len(problems.found) > before  # then nothing is said of records, which it was to translate
    spec = RunSpec(
        loaded,
        chosen,
        problems.residents(asked.residents),
        length,
        first,
        problems.whole("--seed", asked.seed, *LIMITS["seed"]),
        incidents=incidents,
        warmup=0,
    )
    spec = with_beginning(problems, spec, asked)
    whole = problems.attempt(resolved, spec)
    if (
        incidents is not None and incidents.is_file() and not broken
    ):  # before any run, even if other options are wrong too
        problems.attempt(recorded, spec, spec.scenario if whole is None else whole[1])
    return spec


def with_beginning(problems: Problems, spec: RunSpec, asked: Asked) -> RunSpec:
    """The specification with the warm-up, the history and the load that are asked for."""
    return replace(
        spec,
        warmup=read_warmup(problems, asked.warmup),
        history=read_history(problems, asked.history),
        match_load=read_load(problems, asked.match_load) if asked.match_load else None,
    )


def begun_otherwise(
    problems: Problems, study: "Study | None", warmup: str, history: str, match_load: str
) -> "Study | None":
    """A study with the warm-up, the history and the load that options ask for in place of its own."""
    given: dict[str, object] = {}
    if warmup:
        given["warmup"] = read_warmup(problems, warmup)
    if history:
        given["history"] = read_history(problems, history)
    if match_load:
        given["match_load"] = read_load(problems, match_load)
    if study is None:
        return None
    changed: Study = replace(study, **given)  # type: ignore[arg-type]
    for line in history_problems(changed.warmup, changed.history, changed.start):
        problems.add(line)
    if changed.match_load is not None and any(one.name == "staffing" for one in changed.ranges):
        problems.add(sentence("--match-load sets staffing at every point, so the study cannot vary it; keep one."))
    return changed


def read_warmup(problems: Problems, text: str) -> int:
    """Days of a warm-up."""
    return problems.whole("--warmup", text, 0, MOST_WARMUP)


def read_history(problems: Problems, text: str) -> str:
    """One of HISTORIES; the usual one, with a problem noted, for anything else."""
    if text in HISTORIES:
        return text
    problems.add(
        sentence(
            "--history {value} is not usable.{near}",
            value=shown(text)[1:-1],
            near=suggestion(text, HISTORIES),
        )
    )
    return DEFAULT_HISTORY


def read_load(problems: Problems, text: str) -> float | None:
    """A load ratio; None, with a problem noted, for anything else."""
    before = len(problems.found)
    load = problems.number("--match-load", text)
    if 0.0 < load <= MOST_LOAD:
        return load
    if len(problems.found) == before:
        problems.add(
            sentence(
                "--match-load {value} is not usable: write a load ratio above 0, at most {high}.",
                value=shown(text)[1:-1],
                high=MOST_LOAD,
            )
        )
    return None
