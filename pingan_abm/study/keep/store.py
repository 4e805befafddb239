"""The store: a folder of finished runs that survives kill -9, full disks and two processes at once.

`manifest.json` says what the folder is for and which model made it; runs, series and events stand in shards (see
`shards`). A shard that cannot be read is set aside with a message, and its runs are done again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from pingan_abm.files.atomic import TEMPORARY, named
from pingan_abm.study.keep import shards
from pingan_abm.study.keep.claims import at_work, locked
from pingan_abm.study.keep.records import Record
from pingan_abm.texts.errors import sentence, shown

SMALL_SHARD = 4_000  # runs; smaller shards are merged when they get many
MANY_SHARDS = 48


class Store:
    """Finished runs in a folder. `messages` collects what a user should know: shards set aside, and why."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        self.manifest = dict(manifest)
        self.messages: list[str] = []

    @property
    def outcomes(self) -> list[str]:
        """Names of the outcomes that the store's runs have, in their order."""
        return list(self.manifest["outcomes"])

    def append(self, records: Sequence[Record]) -> None:
        """Add finished runs, whole or not at all. Raises OSError, with the folder's name, when the disk does not take
        them."""
        if records:
            with named(self.folder):
                shards.write_shard(self.folder, records, self.outcomes)

    def compact_if_crowded(self) -> None:
        """Merge small shards when there are many of them."""
        if len(shards.stems(self.folder)) <= MANY_SHARDS:
            return
        with locked(self.folder):
            small = [stem for stem in shards.stems(self.folder) if self._length(stem) < SMALL_SHARD]
            if len(small) > MANY_SHARDS:
                shards.merge_shards(self.folder, small)

    def _length(self, stem: str) -> int:
        return int(shards.count_rows(self._runs_path(stem)))

    def _runs_path(self, stem: str) -> Path:
        return self.folder / "runs" / f"{stem}.parquet"

    def verify(self) -> None:
        """Read every run to the last byte; set aside what is damaged and remove what a killed process left
        unfinished."""
        with locked(self.folder):
            for stem in shards.stems(self.folder):
                try:
                    shards.check_shard(self.folder, stem)
                except (OSError, pa.ArrowException) as damage:
                    self._set_aside(stem, damage)
            if at_work(self.folder) == 0:
                self._remove_left_overs()

    def _set_aside(self, stem: str, damage: Exception) -> None:
        """Take a damaged shard out of use, its runs first."""
        for kind in reversed(shards.KINDS):
            path = self.folder / kind / f"{stem}.parquet"
            if path.exists():
                try:
                    path.rename(path.with_suffix(".damaged"))
                except OSError:  # a folder one may only read
                    break
        why = shown(str(damage).splitlines()[0] if str(damage) else type(damage).__name__, 120)
        self.messages.append(
            sentence(
                "{path} is damaged and was set aside; its runs will be done again ({why}).",
                path=self._runs_path(stem),
                why=why,
            )
        )

    def _remove_left_overs(self) -> None:
        """Unfinished files, and companions whose runs were never written. Only when no other process is at work."""
        finished = set(shards.stems(self.folder))
        for kind in shards.KINDS:
            for path in (self.folder / kind).glob(f".*{TEMPORARY}"):
                path.unlink(missing_ok=True)
            for path in (self.folder / kind).glob("*.parquet"):
                if path.stem not in finished:
                    path.unlink(missing_ok=True)

    def states(self, known: frozenset[str] | set[str] = frozenset()) -> dict[str, dict[str, str]]:
        """{shard: {run id: status}}, of shards that are not known yet."""
        found: dict[str, dict[str, str]] = {}
        for stem, table in self._tables(["run_id", "status"], known):
            found[stem] = dict(zip(table.column("run_id").to_pylist(), table.column("status").to_pylist(), strict=True))
        return found

    def runs(self, columns: list[str] | None = None) -> pa.Table:
        """All runs, one row each, sorted by run id. Of equal runs one counts, a successful one if there is any."""
        import pyarrow.compute as pc

        needed = None if columns is None else list(dict.fromkeys(["run_id", "status", *columns]))
        tables = [table for _, table in self._tables(needed)]
        if not tables:
            return shards.runs_table([], self.outcomes)
        table = shards.with_defaults(pa.concat_tables(tables, promote_options="permissive"))
        failed = pc.cast(pc.not_equal(table.column("status"), "ok"), pa.int8())
        place = pa.array(np.arange(len(table)))
        keyed = pa.table({"run_id": table.column("run_id"), "failed": failed, "place": place})
        order = pc.sort_indices(
            keyed, sort_keys=[("run_id", "ascending"), ("failed", "ascending"), ("place", "ascending")]
        )
        table = table.take(order)
        ids = np.asarray(table.column("run_id").to_numpy(zero_copy_only=False))
        first = np.ones(len(ids), bool)
        first[1:] = ids[1:] != ids[:-1]
        return table.filter(pa.array(first)).replace_schema_metadata(None)

    def series(self, run_ids: Iterable[str]) -> Iterator[tuple[str, dict[str, np.ndarray]]]:
        """(run id, {indicator: float64 value a day}) of runs that have a series, shard by shard."""
        for run_id, table in self._companion_rows("series", run_ids):
            names = [name for name in table.column_names if name not in ("run_id", "day")]
            ordered = table.sort_by("day")
            yield run_id, {name: ordered.column(name).to_numpy() for name in names}

    def events(self, run_ids: Iterable[str]) -> Iterator[tuple[str, pa.Table]]:
        """(run id, table of its events) of runs that were asked to keep them, shard by shard."""
        for run_id, table in self._companion_rows("events", run_ids):
            yield run_id, table.drop_columns(["run_id"])

    def places(self, run_ids: Iterable[str]) -> Iterator[tuple[str, dict[int, str]]]:
        """(run id, names of problems' places by problem) of runs with events and records that name places."""
        for run_id, table in self._companion_rows("places", run_ids):
            yield run_id, dict(zip(table["problem"].to_pylist(), table["place"].to_pylist(), strict=True))

    def _companion_rows(self, kind: str, run_ids: Iterable[str]) -> Iterator[tuple[str, pa.Table]]:
        import pyarrow.compute as pc

        wanted = set(run_ids)
        for stem, listed in self.states().items():
            path = self.folder / kind / f"{stem}.parquet"
            here = sorted(wanted & listed.keys())
            if not here or not path.is_file():
                continue
            try:
                table = shards.read_table(path)
            except (OSError, pa.ArrowException) as damage:
                self._set_aside(stem, damage)
                continue
            ids = pc.cast(table.column("run_id"), pa.string())
            for run_id in here:
                rows = table.filter(pc.equal(ids, run_id))
                if len(rows):
                    wanted.discard(run_id)
                    yield run_id, rows

    def _tables(
        self, columns: list[str] | None, known: frozenset[str] | set[str] = frozenset()
    ) -> Iterator[tuple[str, pa.Table]]:
        """Every readable runs shard; when another process merges shards meanwhile, the list is read again."""
        done = set(known)
        waiting = [stem for stem in shards.stems(self.folder) if stem not in done]
        while waiting:
            stem = waiting.pop(0)
            done.add(stem)
            try:
                table = shards.read_runs(self._runs_path(stem), columns)
            except FileNotFoundError:
                waiting = [stem for stem in shards.stems(self.folder) if stem not in done]
            except (OSError, pa.ArrowException) as damage:
                self._set_aside(stem, damage)
            else:
                yield stem, table


def collapsed(states: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """{run id: status} over all shards; "ok" where any shard says so."""
    together: dict[str, str] = {}
    for listed in states.values():
        for run_id, status in listed.items():
            if together.get(run_id) != "ok":
                together[run_id] = status
    return together


def export_table(store: Store) -> pa.Table:
    """The runs as they are exported: the same bytes for the same runs, however and wherever they were done."""
    table = store.runs()
    keep = [name for name in table.column_names if name not in shards.NOTES]
    places, outcomes = shards.column_place(), {name: place for place, name in enumerate(store.outcomes)}
    first = [name for name in keep if name in places]
    entries = [name for name in keep if name not in places and name not in outcomes]
    last = [name for name in keep if name in outcomes]
    return table.select(
        [*sorted(first, key=places.__getitem__), *sorted(entries), *sorted(last, key=outcomes.__getitem__)]
    )
