"""A sweep laid out for analysis: outcomes by point of the design and replication.

The design is kept beside the runs (`design.parquet`: one row a point, its settings, its places in the unit cube if it
was sampled, and the hash that its run ids come from), so that a sweep can be analysed without its study file, while it
runs, and by other programs.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pingan_abm.files.atomic import write_atomically
from pingan_abm.runs import replicated_id
from pingan_abm.study.keep.folder import MANIFEST, held, open_known_store, understood
from pingan_abm.study.keep.shards import read_table
from pingan_abm.study.keep.store import Store, collapsed
from pingan_abm.study.plan.design import MOST_RUNS, Plan, design_places
from pingan_abm.study.plan.ranges import GROUP
from pingan_abm.study.plan.study import LUCKS, numbers_of
from pingan_abm.texts.errors import InputErrors, sentence

if TYPE_CHECKING:
    import pandas as pd

DESIGN = "design.parquet"
CONTENTS = "contents"
PLACE = "place: "  # before a range's name: its column of places


def write_design(folder: Path, plan: Plan) -> None:
    """Keep a plan's design in a store, whole or not at all."""
    names = [one.name for one in plan.study.ranges]
    columns: dict[str, Any] = {CONTENTS: pa.array(plan.contents, pa.string())}
    columns |= {name: pa.array([point[name] for point in plan.points]) for name in names}
    if plan.study.method not in ("grid", "oat"):
        places = design_places(plan.study)
        columns |= {f"{PLACE}{name}": places[:, column] for column, name in enumerate(names)}
    write_atomically(folder / DESIGN, partial(pq.write_table, pa.table(columns)))


class Laid:
    """A sweep's store with its design. Outcomes are float64 [points, replications], NaN where a run has none or is not
    done.

    names: of what varies; factors: for each of them, the group with which it varies, or its own name.
    """

    def __init__(self, store: Store, design: pa.Table) -> None:
        self.store, self._design = store, design
        study = store.manifest["study"]
        self.method = str(study["design"]["method"])
        self.luck = str(study["design"].get("luck", LUCKS[0]))
        self.second_order = study["design"].get("second_order") is True
        self.seed, self.replications = int(study["seed"]), int(study["replications"])
        if self.replications * len(design) > MOST_RUNS:
            raise ValueError(f"{self.replications} replications")
        self.names: list[str] = [
            name for name in design.column_names if name != CONTENTS and not name.startswith(PLACE)
        ]
        groups = {str(one["name"]): str(one.get("group", "")) for one in study["ranges"]}
        self.factors = [f"{GROUP}{groups[name]}" if groups.get(name) else name for name in self.names]

    def outcome(self, name: str) -> np.ndarray:
        """An outcome by point and replication."""
        table = self.store.runs([name])
        values = dict(zip(table.column("run_id").to_pylist(), table.column(name).to_pylist(), strict=True))
        found = np.full((len(self._design), self.replications), np.nan)
        for row, ids in enumerate(self.run_ids()):
            for replication, run_id in enumerate(ids):
                value = values.get(run_id)
                found[row, replication] = np.nan if value is None else value
        return found

    def run_ids(self) -> list[list[str]]:
        """Run ids, [points][replications]."""
        contents = self._design.column(CONTENTS).to_pylist()
        return [
            [replicated_id(one, self.seed, number) for number in numbers_of(point, self.replications, self.luck)]
            for point, one in enumerate(contents)
        ]

    def point_numbers(self) -> dict[str, int]:
        """The number (from 1) of the point of each run, the first one where points are equal."""
        numbers: dict[str, int] = {}
        for number, ids in enumerate(self.run_ids(), start=1):
            for run_id in ids:
                numbers.setdefault(run_id, number)
        return numbers

    def unfinished(self) -> int:
        """How many of the runs that the study asks for are not there or failed."""
        states = collapsed(self.store.states())
        return sum(states.get(run_id) != "ok" for run_id in self.point_numbers())

    def inputs(self) -> "pd.DataFrame":
        """Settings by point, one column a range."""
        import pandas as pd

        return pd.DataFrame(
            {name: pd.Series(self._design.column(name).to_pylist(), dtype=object) for name in self.names}
        )

    def places(self) -> np.ndarray:
        """Places of a sampled design in the unit cube, float64 [points, ranges]."""
        return np.column_stack([self._design.column(f"{PLACE}{name}").to_numpy() for name in self.names])


def with_points(table: pa.Table, store: Store) -> pa.Table:
    """A table of runs with two columns more after the run id, if they are a sweep's: the number (from 1) of a run's
    point in the design, and whether the study asks for the run. Runs of earlier designs or of more replications in the
    same folder are not asked for."""
    if "study" not in store.manifest or not len(table):
        return table
    try:
        laid = lay_out(store.folder)
    except InputErrors:  # no design beside the runs: nothing is said of it
        return table
    numbers = laid.point_numbers()
    points = [numbers.get(run_id) for run_id in table.column("run_id").to_pylist()]
    asked = pa.array([point is not None for point in points], pa.bool_())
    return table.add_column(1, "point", pa.array(points, pa.int64())).add_column(2, "in_design", asked)


def lay_out(folder: Path) -> Laid:
    """The sweep in a folder. Raises InputErrors when it holds none."""
    store = open_known_store(folder)
    if "study" not in store.manifest:
        raise InputErrors(
            [
                sentence(
                    "{folder} holds {held}, not a sweep; analyse a folder that `pingan sweep` made.",
                    folder=folder,
                    held=held(store.manifest),
                )
            ]
        )
    try:
        design = read_table(folder / DESIGN)
    except (OSError, pa.ArrowException):
        design = pa.table({})
    if not _is_design(design):
        raise InputErrors(
            [
                sentence(
                    "{path} is missing or damaged; sweep the same study into the folder again to restore it.",
                    path=folder / DESIGN,
                )
            ]
        )
    with understood(folder / MANIFEST):
        return Laid(store, design)


def _is_design(table: pa.Table) -> bool:
    """Whether a table has what `write_design` wrote: hashes, at least one setting, places that are numbers."""
    kinds = {name: table.schema.field(name).type for name in table.column_names}
    places = [name for name in kinds if name.startswith(PLACE)]
    whole = all(table.column(name).null_count == 0 for name in (*places, CONTENTS) if name in kinds)
    return (
        kinds.get(CONTENTS) == pa.string()
        and len(kinds) > 1 + len(places)
        and len(table) > 0
        and whole
        and all(pa.types.is_float64(kinds[name]) for name in places)
    )
