"""What a visitor is looking at: a scenario, the levers moved and on which day, size and seed. A link holds the same.

A lever set before the run takes effect in the morning of the first day, in a district that has lived as the baseline,
as `--set` does on the command line; with the history "own" it holds in the warm-up too. One moved on a later day is a
dated change.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pingan_abm.district.files import residents_here, start_here
from pingan_abm.parameters.declared import CAMPAIGN_DETAILS, Parameters, declarations
from pingan_abm.runs import DAYS, RunSpec, resolved
from pingan_abm.scenarios.histories import HISTORIES, WARMUP
from pingan_abm.scenarios.parts import BUILT_IN, Change
from pingan_abm.scenarios.presets import BASELINE, Scenario, load_scenario

#: Parameters that no decision can change in a running district, so that the run's values hold from the beginning of its
#: warm-up (`beginning.py`): those that the district is built from, uncertainties, and the structure of the model. A
#: change of one during a run restarts the run.
FROM_THE_START = frozenset({one.name for one in declarations() if one.role != "lever"} | set(BUILT_IN))


@dataclass(frozen=True)
class Move:
    """A lever set to a value from the morning of a day on."""

    day: int
    name: str
    value: Any


def plain_baseline() -> Scenario:
    """The scenario that the page opens with."""
    return load_scenario(BASELINE)


@dataclass(frozen=True)
class Recipe:
    """All that decides a run. residents: persons; days: length of the run; incidents: a file of recorded problems;
    warmup, history: how it begins, as in `RunSpec`."""

    scenario: Scenario = field(default_factory=plain_baseline)
    moves: tuple[Move, ...] = ()
    residents: int = field(default_factory=residents_here)
    days: int = DAYS
    start: date = field(default_factory=start_here)
    seed: int = 0
    incidents: Path | None = None
    warmup: int = WARMUP
    history: str = HISTORIES[0]

    def spec(self) -> RunSpec:
        """The specification of the run, checked. Raises InputErrors with everything that is wrong."""
        later = tuple(
            Change(self.start + timedelta(days=move.day), {move.name: move.value})
            for move in self.moves
            if move.day > 0
        )
        scenario = replace(self.scenario, changes=(*self.scenario.changes, *later))
        spec = RunSpec(
            scenario,
            self.settings(),
            self.residents,
            self.days,
            self.start,
            self.seed,
            incidents=self.incidents,
            warmup=self.warmup,
            history=self.history,
        )
        resolved(spec)
        Parameters.checked(self.values(self.days))
        return spec

    def settings(self) -> dict[str, Any]:
        """Levers set before the first day. Details of a campaign that is not planned have no effect and are left
        out."""
        chosen = {move.name: move.value for move in self.moves if move.day == 0}
        return without_idle_campaign({**self.scenario.parameters, **chosen}, chosen)

    def standard(self, day: int) -> dict[str, Any]:
        """Every parameter as the scenario alone has it on a day."""
        values = {one.name: one.default for one in declarations()} | dict(self.scenario.parameters)
        for change in self.scenario.changes:
            if (change.date - self.start).days <= day:
                values |= change.parameters
        return values

    def values(self, day: int) -> dict[str, Any]:
        """Every parameter as it holds on a day, moves of that day included."""
        values = self.standard(-1) | {move.name: move.value for move in self.moves if move.day == 0}
        dated = [((change.date - self.start).days, dict(change.parameters)) for change in self.scenario.changes]
        dated += [(move.day, {move.name: move.value}) for move in self.moves if move.day > 0]
        for when, changed in sorted(dated, key=_by_day):
            if when <= day:
                values |= changed
        return without_idle_campaign(values, values)

    def moved(self, day: int, name: str, value: Any) -> "Recipe":
        """With a lever set from a day on; what was set for that lever from that day on before is dropped."""
        when = 0 if name in FROM_THE_START else day
        kept = tuple(move for move in self.moves if move.name != name or move.day < when)
        before = replace(self, moves=kept).values(when).get(name)
        new = () if same(before, value) else (Move(when, name, value),)
        return replace(self, moves=tuple(sorted((*kept, *new), key=_by_move)))

    def reset(self, day: int, name: str | None = None) -> "Recipe":
        """With a lever, or all that were moved, back at the scenario's value from a day on."""
        recipe = self
        for one in dict.fromkeys(move.name for move in self.moves if name in (None, move.name)):
            recipe = recipe.moved(day, one, recipe.standard(day)[one])
        return recipe


def without_idle_campaign(whole: dict[str, Any], chosen: dict[str, Any]) -> dict[str, Any]:
    """Settings without the details of a campaign when none is planned."""
    if whole.get("campaign_issue") is not None:
        return dict(chosen)
    return {name: value for name, value in chosen.items() if name not in CAMPAIGN_DETAILS}


def same(first: object, second: object) -> bool:
    """Whether two values of a parameter are the same."""
    if isinstance(first, float) and isinstance(second, int | float) and not isinstance(second, bool):
        return abs(first - second) < 1e-9
    return first == second


def _by_day(dated: tuple[int, dict[str, Any]]) -> int:
    return dated[0]


def _by_move(move: Move) -> tuple[int, str]:
    return move.day, move.name
