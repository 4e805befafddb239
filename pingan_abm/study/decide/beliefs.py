"""What people believe about unknown numbers: ranges from a file, scenarios compared over all of them, and the regret of
each.

A file holds ranges as a study does, for everybody under [ranges] or for each participant under [participants.NAME]:

    samples = 16
    [participants.Lin]
    problem_rate = { low = 0.4, high = 0.6 }

Or it holds points themselves, such as the draws of a posterior sample (`pingan infer`), whose values belong together:

    points = [ { problem_rate = 0.4, work_median = 1.2 }, { problem_rate = 0.5, work_median = 1.0 } ]
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.files.atomic import write_bytes
from pingan_abm.files.toml import parse_toml, read_text, require_kind
from pingan_abm.scenarios.lines import at_lines, lines_of
from pingan_abm.scenarios.parts import Where, placed
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.study.analyse.verdicts import is_relevant
from pingan_abm.study.plan.points import extents, picked, read_points
from pingan_abm.study.plan.ranges import Range, read_range
from pingan_abm.texts.errors import listed, raise_if_any, sentence, shown, unknown_keys

SAMPLES = 16
MOST_SAMPLES = 10_000
EVERYBODY = ""  # the participant of a file without names
KEYS = ("samples", "ranges", "participants", "points")
SHEET, WEIGHED = (
    "beliefs.toml",
    "beliefs.json",
)  # the files in a comparison's folder: the beliefs as given, and the results
CENTRAL = (0.05, 0.95)  # the results reported over a participant's ranges lie between these quantiles


@dataclass(frozen=True)
class Belief:
    """One participant's ranges; who is "" where a file names nobody. drawn: points that stand in the file; then the
    ranges only say from where to where they lie."""

    who: str
    ranges: tuple[Range, ...]
    drawn: tuple[Mapping[str, Any], ...] = ()

    def points(self, samples: int, seed: int) -> list[dict[str, Any]]:
        """Settings of a Latin hypercube over the ranges, or of as many of the points that were drawn, evenly picked;
        the same for every scenario."""
        if self.drawn:
            return picked(self.drawn, samples)
        from scipy.stats import qmc

        places = qmc.LatinHypercube(len(self.ranges), rng=np.random.default_rng(seed)).random(samples)
        columns = {one.name: one.at(places[:, column]) for column, one in enumerate(self.ranges)}
        return [{name: values[row] for name, values in columns.items()} for row in range(samples)]


@dataclass(frozen=True)
class Beliefs:
    """A beliefs file: everybody's ranges, and the number of points for each."""

    samples: int
    of: tuple[Belief, ...]


@dataclass(frozen=True)
class Standing:
    """How a scenario does over one participant's ranges.

    mean, low, high: mean and central 90 % of its results over the points. regret_mean, regret_most: how far it falls
    short of the best scenario at the same point; best_share: share of points at which it is better than every other, so
    that a tie counts for nobody. The last three are None for an outcome without a better direction.
    """

    who: str
    scenario: str
    mean: float
    low: float
    high: float
    regret_mean: float | None
    regret_most: float | None
    best_share: float | None


@dataclass(frozen=True)
class Weighed:
    """Scenarios over everybody's ranges. sheet: the beliefs file's text; standings: (outcome, standing)."""

    sheet: str
    beliefs: Beliefs
    standings: tuple[tuple[str, Standing], ...]


class Complaints:
    """What is wrong with a file, each with the line where it stands."""

    def __init__(self, source: str, text: str) -> None:
        self._source, self._lines = source, text.splitlines()
        self.sentences: list[str] = []

    def add(self, place: tuple[str, str], message: str, others: Sequence[str] = ()) -> None:
        """Note what is wrong with a key (dotted) of a table; both empty for the file as a whole. others: keys of the
        table with which the same is wrong."""
        table, key = place
        found = lines_of(self._lines, Where(table, -1, key, tuple(others))) if table or key else []
        source = at_lines(self._source, found)
        name = listed([".".join(filter(None, (table, shown(one)[1:-1]))) for one in (key, *others)])
        self.sentences.append(placed(source, placed(name, message) if name else message))


def keep_weighed(folder: Path, sheet: Path, standings: Sequence[tuple[str, Standing]]) -> None:
    """Keep a beliefs file and its results in a comparison's folder. Raises OSError when the disk does not take it."""
    rows = [{"outcome": outcome, **asdict(one)} for outcome, one in standings]
    from pingan_abm.study.decide.belief_sheets import beliefs_text

    write_bytes(folder / SHEET, beliefs_text(sheet).encode())
    write_bytes(folder / WEIGHED, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())


def kept_weighed(folder: Path) -> Weighed | None:
    """The beliefs and their results in a comparison's folder; None where nobody was asked. Raises InputErrors, KeyError
    or ValueError when somebody has changed the files."""
    if not (folder / WEIGHED).is_file():
        return None
    sheet = read_text(folder / SHEET, sentence("a beliefs file"))
    rows = json.loads(read_text(folder / WEIGHED, sentence("a file of standings")))
    standings = tuple(
        (str(row["outcome"]), Standing(**{key: value for key, value in row.items() if key != "outcome"}))
        for row in rows
    )
    return Weighed(sheet, parse_beliefs(sheet, SHEET), standings)


def read_beliefs(path: Path) -> Beliefs:
    """The beliefs of a file: TOML, a workbook of sheets, or a folder of those. Raises InputErrors with everything that
    is wrong."""
    from pingan_abm.study.decide.belief_sheets import beliefs_text

    return parse_beliefs(beliefs_text(path), str(path))


def parse_beliefs(text: str, source: str) -> Beliefs:
    """The beliefs of a file's text; source: how messages name it. Raises InputErrors with everything that is wrong,
    each with its line."""
    tables = require_kind(parse_toml(text, source), source, sentence("a beliefs file"))
    return checked_beliefs(tables, Complaints(source, text))


def checked_beliefs(data: Mapping[str, Any], complaints: Complaints) -> Beliefs:
    """The beliefs of a file's tables. Raises InputErrors with everything that is wrong."""
    for keys, message in unknown_keys(data, KEYS):
        complaints.add(("", keys[0]), message, keys[1:])
    samples = data.get("samples", _count(data.get("points")) or SAMPLES)
    if isinstance(samples, bool) or not isinstance(samples, int) or not 1 <= samples <= MOST_SAMPLES:
        complaints.add(
            ("", "samples"),
            sentence(
                "{value} is not usable: write a whole number from {low} to {high}.",
                value=shown(samples),
                low=1,
                high=MOST_SAMPLES,
            ),
        )
        samples = SAMPLES
    if len(data.keys() & {"ranges", "participants", "points"}) != 1:
        complaints.add(("", ""), sentence("write either [ranges], or [participants.NAME] for each person."))
    if "points" in data:
        return _points(data["points"], samples, complaints)
    tables: Any = data.get("participants", {EVERYBODY: data.get("ranges", {})})
    if not isinstance(tables, Mapping) or not tables:
        complaints.add(("participants", ""), sentence("write one table for each person, [participants.NAME]."))
        tables = {}
    beliefs = tuple(_belief(str(who), table, complaints) for who, table in tables.items())
    raise_if_any(complaints.sentences)
    return Beliefs(samples, beliefs)


def _count(points: Any) -> int:
    return min(len(points), MOST_SAMPLES) if isinstance(points, list) else 0


def _points(written: Any, samples: int, complaints: Complaints) -> Beliefs:
    """Beliefs that are points. Raises InputErrors with everything that is wrong."""
    drawn, problems = read_points(written)
    for message in problems:
        complaints.add(("", "points"), message)
    if drawn and samples > len(drawn):
        complaints.add(("", "samples"), sentence("there are {count} points, fewer than that.", count=len(drawn)))
    raise_if_any(complaints.sentences)
    return Beliefs(samples, (Belief(EVERYBODY, extents(drawn), drawn),))


def _belief(who: str, table: Any, complaints: Complaints) -> Belief:
    head = "participants" if who else "ranges"
    if not isinstance(table, Mapping) or not table:
        complaints.add(
            (head, who),
            sentence(
                "write at least one range, for example {example}.", example="problem_rate = { low = 0.4, high = 0.6 }"
            ),
        )
        return Belief(who, ())
    ranges = []
    for name, entry in table.items():
        key = ".".join(filter(None, (who, name)))
        if not isinstance(entry, Mapping):
            complaints.add(
                (head, key),
                sentence("write {first} or {second}.", first="{ low = …, high = … }", second="{ values = [ … ] }"),
            )
            continue
        one, wrong = read_range(name, entry, steps=False)
        for part, message in wrong:
            complaints.add((head, ".".join(filter(None, (key, part)))), message)
        if one is not None and not wrong:
            ranges.append(one)
    return Belief(who, tuple(ranges))


def standings(who: str, results: Mapping[str, Sequence[Sequence[float | None]]], better: str) -> list[Standing]:
    """How every scenario does on one outcome over one participant's points.

    results: scenario to its values, [points][replications], the same points and replications for each; better: the
    outcome's better direction, "up", "down" or "none". Points at which a scenario has no value are left out for all,
    and a scenario's regret is taken against the best at the same point. Empty when no point has a value for every
    scenario.
    """
    table = np.array([[_point_mean(values) for values in points] for points in results.values()])
    table = table[:, ~np.isnan(table).any(axis=0)]
    if not table.size:
        return []
    short = _shortfall(table, better)
    best = np.zeros(table.shape, bool) if short is None else short == 0.0
    alone, found = best & (best.sum(axis=0) == 1), []
    for row, scenario in enumerate(results):
        low, high = (float(end) for end in np.quantile(table[row], CENTRAL))
        regrets = (
            (None, None, None)
            if short is None
            else (float(short[row].mean()), float(short[row].max()), float(alone[row].mean()))
        )
        found.append(Standing(who, scenario, float(table[row].mean()), low, high, *regrets))
    return found


@dataclass(frozen=True)
class Safety:
    """For how many participants a scenario is a safe choice on an outcome: at none of their points does it fall short
    of the best by what matters (`verdicts.py`). people: all who have results."""

    outcome: str
    scenario: str
    safe: int
    people: int


def safe_choices(found: Sequence[tuple[str, Standing]]) -> list[Safety]:
    """For every outcome that has a better direction and every scenario, in the order of the standings."""
    counted: dict[tuple[str, str], list[bool]] = {}
    for outcome, one in found:
        if one.regret_most is not None:
            safe = not is_relevant(outcome, one.regret_most, one.mean)
            counted.setdefault((outcome, one.scenario), []).append(safe)
    return [Safety(outcome, scenario, sum(safe), len(safe)) for (outcome, scenario), safe in counted.items()]


def _shortfall(table: np.ndarray, better: str) -> np.ndarray | None:
    """How far each scenario falls short of the best at each point; None without a better direction."""
    if better == "none":
        return None
    short: np.ndarray = table.max(axis=0) - table if better == "up" else table - table.min(axis=0)
    return short


def _point_mean(values: Sequence[float | None]) -> float:
    found = mean_interval(values)
    return math.nan if found is None else found.mean
