"""A search for portfolios of levers in the district: runs over what is believed, a journal from which a search goes on,
and the test of the front on luck that the search has not seen."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pingan_abm.files.atomic import require_plain
from pingan_abm.files.provenance import canonical
from pingan_abm.files.toml import unreadable
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.runs import RunSpec, run_id
from pingan_abm.study.decide.beliefs import Beliefs
from pingan_abm.study.decide.costs import more_costly
from pingan_abm.study.decide.search import Losses, Portfolio, Settings, dominates, front, loss, robust, search
from pingan_abm.study.plan.search_file import COST, Asked
from pingan_abm.study.run.runner import run_all
from pingan_abm.study.run.workers import LocalWorkers
from pingan_abm.texts.errors import InputErrors

JOURNAL = "search.jsonl"
BOOTSTRAPS = 1000
ENDS = (0.025, 0.975)
FRESH_SEED = 1  # added to the seed of the points of what is believed, so that those of the test are others

type Table = list[list[list[float | None]]]  # [outcomes][points][replications]
type OnRun = Callable[[], None]


@dataclass(frozen=True)
class Tested:
    """A portfolio of the front on fresh luck. searched, fresh: the robust value of each outcome in the search and now;
    low, high: 95 % of the fresh one; regret: how far it falls short of the best of the front at the same point, on
    average; kept: whether it is still of the front by its fresh values."""

    settings: Settings
    searched: tuple[float | None, ...]
    fresh: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    regret: tuple[float | None, ...]
    kept: bool


@dataclass(frozen=True)
class Found:
    """What a search found. flattery: by outcome, how much worse the front is on fresh luck than the search said, on
    average, in the outcome's own unit; luck: the same of the baseline, which was not chosen for its results, so that
    what goes beyond it comes from choosing; None for cost. tried: portfolios in all."""

    tested: tuple[Tested, ...]
    flattery: tuple[float | None, ...]
    luck: tuple[float | None, ...]
    tried: int


class Journal:
    """Evaluated portfolios in a file, one a line, in the order of the search. shape: outcomes, points and replications
    of each. What a killed process left of a line is cut off and done again; so is a line that says something else, or
    values of another shape."""

    def __init__(self, folder: Path, shape: tuple[int, int, int]) -> None:
        self.path = folder / JOURNAL
        self.known: dict[str, Table] = {}
        try:
            text = require_plain(self.path).read_bytes() if self.path.exists() else b""
            whole = text[: text.rfind(b"\n") + 1]
            self.known.update(filter(None, (_record(line, shape) for line in whole.splitlines())))
            if whole != text:
                with self.path.open("r+b") as opened:
                    opened.truncate(len(whole))
        except OSError as wrong:
            raise InputErrors([unreadable(self.path, wrong)]) from None

    def add(self, rows: Sequence[tuple[str, Table]]) -> None:
        """Append evaluated portfolios."""
        self.known.update(rows)
        lines = [json.dumps({"settings": key, "values": table}, ensure_ascii=False) for key, table in rows]
        with self.path.open("ab") as opened:
            opened.write("".join(f"{line}\n" for line in lines).encode())


def _record(line: bytes, shape: tuple[int, int, int]) -> tuple[str, Table] | None:
    """A portfolio and its values from a line of the journal; None for one that says something else."""
    try:
        record = json.loads(line)
        name, table = record["settings"], record["values"]
        sizes = {(len(table), len(rows), len(row)) for rows in table for row in rows}
        numbers = all(one is None or type(one) in (int, float) for rows in table for row in rows for one in row)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(name, str) or sizes != {shape} or not numbers:
        return None
    return name, table


def key_of(settings: Settings) -> str:
    """How a portfolio is named in the journal."""
    return json.dumps(canonical(settings), ensure_ascii=False, sort_keys=True)


class Evaluation:
    """Losses of portfolios in the district. points: settings of what is believed, one empty one without beliefs."""

    def __init__(
        self,
        asked: Asked,
        points: Sequence[Settings],
        numbers: Sequence[int],
        pool: LocalWorkers,
        *,
        journal: Journal | None = None,
        on_run: OnRun | None = None,
    ) -> None:
        self.asked, self.points, self.numbers, self.pool = asked, points, numbers, pool
        self.journal, self.on_run = journal, on_run
        self.base = asked.study.spec({}, 0)

    def __call__(self, chosen: Sequence[Settings]) -> list[Losses]:
        """The losses of each."""
        return [self.losses(one, table) for one, table in zip(chosen, self.tables(chosen), strict=True)]

    def tables(self, chosen: Sequence[Settings]) -> list[Table]:
        """Values of each portfolio, [outcomes][points][replications]; what the journal has is not run again."""
        known = {} if self.journal is None else self.journal.known
        missing = {key_of(one): one for one in chosen if key_of(one) not in known}
        made = self._run(missing) if missing else {}
        if self.journal is not None and made:
            self.journal.add(list(made.items()))
        return [made[key] if (key := key_of(one)) in made else known[key] for one in chosen]

    def losses(self, settings: Settings, table: Table) -> Losses:
        """What is to be small."""
        values = self.robust_values(settings, table)
        return tuple(loss(value, better_of(name)) for name, value in zip(self.asked.outcomes, values, strict=True))

    def robust_values(self, settings: Settings, table: Table) -> list[float | None]:
        """The robust value of every outcome, cost included."""
        return [
            self.cost(settings)
            if name == COST
            else robust([_mean(point) for point in rows], self.asked.robust, better_of(name))
            for name, rows in zip(self.asked.outcomes, table, strict=True)
        ]

    def cost(self, settings: Settings) -> float:
        """Public money a year more than the study's baseline, of what has a price."""
        return more_costly(self.base, self._spec(settings, {}, 0)).yuan or 0.0

    def _spec(self, settings: Settings, point: Settings, number: int) -> RunSpec:
        return replace(self.base, settings={**point, **self.base.settings, **settings}, replication=number)

    def _run(self, missing: dict[str, Settings]) -> dict[str, Table]:
        """Carry out what is missing; equal runs are done once."""
        names = self.asked.outcomes
        tables: dict[str, Table] = {
            key: [[[None] * len(self.numbers) for _ in self.points] for _ in names] for key in missing
        }
        places: dict[str, list[tuple[str, int, int]]] = {}
        specs: dict[str, RunSpec] = {}
        for key, settings in missing.items():
            for point, believed in enumerate(self.points):
                for column, number in enumerate(self.numbers):
                    spec = self._spec(settings, believed, number)
                    identity = run_id(spec)
                    specs.setdefault(identity, spec)
                    places.setdefault(identity, []).append((key, point, column))
        for record in run_all(list(specs.values()), self.pool.workers, pool=self.pool):
            for key, point, column in places[record.run_id]:
                for row, name in enumerate(names):
                    good = record.status == "ok" and name != COST
                    tables[key][row][point][column] = record.outcomes.get(name) if good else None
            if self.on_run is not None:
                self.on_run()
        return tables


def better_of(name: str) -> str:
    """The good side of an outcome; cost is to be small."""
    return "down" if name == COST else OUTCOMES[name].better


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known and len(known) == len(values) else None


def points_of(beliefs: Beliefs | None, seed: int) -> list[Settings]:
    """The points of everybody's ranges, one after the other; a single empty one without beliefs."""
    if beliefs is None:
        return [{}]
    return [point for belief in beliefs.of for point in belief.points(beliefs.samples, seed)]


def find(
    asked: Asked,
    beliefs: Beliefs | None,
    folder: Path,
    pool: LocalWorkers,
    *,
    on_run: OnRun | None = None,
    on_generation: Callable[[int], None] | None = None,
) -> Found:
    """Search for the front, then test it on fresh luck. What the folder's journal has is not run again."""
    study = asked.study
    points = points_of(beliefs, study.seed)
    journal = Journal(folder, (len(asked.outcomes), len(points), study.replications))
    evaluation = Evaluation(asked, points, range(study.replications), pool, journal=journal, on_run=on_run)
    tried = search(
        study.ranges,
        len(asked.outcomes),
        evaluation,
        population=asked.population,
        generations=asked.generations,
        seed=study.seed,
        on_generation=on_generation,
    )
    best = front(tried)
    numbers = range(study.replications, study.replications + asked.fresh)
    fresh = Evaluation(asked, points_of(beliefs, study.seed + FRESH_SEED), numbers, pool, on_run=on_run)
    tested = stressed(best, evaluation, fresh)
    baseline = stressed([Portfolio({}, ())], evaluation, fresh)
    return Found(
        tuple(tested),
        flattery(tested, asked.outcomes),
        flattery(baseline, asked.outcomes),
        len({key_of(one.settings) for one in tried}),
    )


def stressed(best: Sequence[Portfolio], searched: Evaluation, fresh: Evaluation) -> list[Tested]:
    """The front's portfolios on luck, and at points of what is believed, that the search has not seen."""
    chosen = [one.settings for one in best]
    before, after = searched.tables(chosen), fresh.tables(chosen)
    losses = [fresh.losses(settings, table) for settings, table in zip(chosen, after, strict=True)]
    regrets = _regrets(after, fresh.asked.outcomes)
    found = []
    for place, settings in enumerate(chosen):
        low, high = _ends(settings, after[place], fresh)
        found.append(
            Tested(
                settings,
                tuple(searched.robust_values(settings, before[place])),
                tuple(fresh.robust_values(settings, after[place])),
                low,
                high,
                regrets[place],
                not any(dominates(other, losses[place]) for other in losses),
            )
        )
    return found


def _ends(
    settings: Settings, table: Table, fresh: Evaluation
) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """95 % of the robust values when the replications are drawn anew."""
    count = len(fresh.numbers)
    draws = np.random.default_rng(0).integers(0, count, (BOOTSTRAPS, count))
    low: list[float | None] = []
    high: list[float | None] = []
    for name, rows in zip(fresh.asked.outcomes, table, strict=True):
        if name == COST or any(value is None for point in rows for value in point):
            low.append(None)
            high.append(None)
            continue
        means = np.array(rows, dtype=float)[:, draws].mean(axis=2)  # [points, draws]
        values = [robust(list(column), fresh.asked.robust, better_of(name)) for column in means.T]
        ends = np.quantile(np.array(values, dtype=float), ENDS)
        low.append(float(ends[0]))
        high.append(float(ends[1]))
    return tuple(low), tuple(high)


def _regrets(tables: Sequence[Table], outcomes: Sequence[str]) -> list[tuple[float | None, ...]]:
    """How far each falls short of the best of them at the same point, on average over the points."""
    columns: list[list[float | None]] = []
    for row, name in enumerate(outcomes):
        means = [[_mean(point) for point in table[row]] for table in tables]
        if name == COST or any(value is None for one in means for value in one):
            columns.append([None] * len(tables))
            continue
        values = np.array(means, dtype=float)
        short = values.max(axis=0) - values if better_of(name) == "up" else values - values.min(axis=0)
        columns.append([float(one) for one in short.mean(axis=1)])
    return [tuple(column[place] for column in columns) for place in range(len(tables))]


def flattery(tested: Sequence[Tested], outcomes: Sequence[str]) -> tuple[float | None, ...]:
    """By how much the front flattered itself: fresh losses less those of the search, on average; None for cost."""
    found: list[float | None] = []
    for place, name in enumerate(outcomes):
        gaps = [
            loss(one.fresh[place], better_of(name)) - loss(one.searched[place], better_of(name))
            for one in tested
            if one.fresh[place] is not None and one.searched[place] is not None
        ]
        found.append(None if name == COST or not gaps else float(np.mean(gaps)))
    return tuple(found)
