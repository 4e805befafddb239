"""Shards: the Parquet files that finished runs are kept in, up to four with one name (runs, series, events, and names
of places where records give any), all whole or none.

The companions of a batch are written first, its runs last. A run is finished when it stands in a complete `runs` shard,
and nowhere else; companions without their `runs` shard do not count. The model is imported only to write and to export
runs; `pingan status` does not import it.
"""

import hashlib
import itertools
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pingan_abm.files.atomic import require_plain, write_atomically
from pingan_abm.study.keep.records import Record

KINDS = ("series", "events", "places", "runs")  # in the order of writing
COMPANIONS = b"companions"  # key in a runs shard's metadata: the other kinds written with it
IDENTITY: dict[str, pa.DataType] = {
    "run_id": pa.string(),
    "scenario": pa.string(),
    "residents": pa.int64(),
    "days": pa.int64(),
    "start": pa.date32(),
    "seed": pa.int64(),
    "replication": pa.int64(),
    "status": pa.string(),
    "error": pa.string(),
}
NOTES: dict[str, pa.DataType] = {
    "traceback": pa.string(),
    "seconds": pa.float64(),
}  # not the same twice, so never exported
PARAMETER_TYPES = {
    "switch": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "choice": pa.string(),
    "text": pa.string(),
}
_counter = itertools.count()


def write_shard(folder: Path, records: Sequence[Record], outcomes: Sequence[str]) -> str:
    """Store a batch of runs and return the shard's name. Raises OSError with nothing left under a final name but, at
    most, companions that do not count."""
    tables = {"series": series_table(records), "events": events_table(records), "places": places_table(records)}
    tables = {kind: table for kind, table in tables.items() if table is not None}
    runs = runs_table(records, outcomes)
    stem = _new_stem(runs.column("run_id").to_pylist())
    for kind, table in tables.items():
        write_table(folder / kind / f"{stem}.parquet", table)
    write_table(
        folder / "runs" / f"{stem}.parquet", runs.replace_schema_metadata({COMPANIONS: " ".join(tables).encode()})
    )
    return stem


def _new_stem(run_ids: list[str]) -> str:
    """A shard name no other process or batch uses."""
    digest = hashlib.sha256("".join(run_ids).encode()).hexdigest()[:12]
    return f"{digest}-{os.getpid()}-{next(_counter)}"


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table whole or not at all, with checksums that a reader verifies."""
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, partial(pq.write_table, table, compression="zstd", write_page_checksum=True))


def read_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a table and verify its checksums. Raises OSError or pyarrow's ArrowException when the file is damaged.

    In one thread, as all reading here: a process that ends while Arrow's pool of threads starts or stops can be aborted
    (Arrow's own open defect), and its exit code would be wrong.
    """
    try:
        with pq.ParquetFile(require_plain(path), page_checksum_verification=True) as opened:
            present = opened.schema_arrow.names
            wanted = None if columns is None else [name for name in columns if name in present]
            return opened.read(columns=wanted, use_threads=False)
    except UnicodeDecodeError as damage:  # in the name of a column
        raise pa.ArrowInvalid(str(damage)) from damage


def read_runs(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a runs shard. Raises as `read_table` does, also when a file of something else stands in its place."""
    table = read_table(path, columns)
    wrong = [
        name
        for name, kind in IDENTITY.items()
        if (columns is None or name in columns)
        and (name not in table.column_names or table.schema.field(name).type != kind)
    ]
    if wrong:
        raise pa.ArrowInvalid(f"it has no usable column {', '.join(wrong)}")
    return table


def count_rows(path: Path) -> int:
    """Number of rows of a table, from its footer alone."""
    return int(pq.read_metadata(require_plain(path)).num_rows)


def runs_table(records: Sequence[Record], outcomes: Sequence[str]) -> pa.Table:
    """One row a run: identity, status, every main parameter, the coefficients and district entries that any of them
    sets, every outcome."""
    from pingan_abm.parameters.declared import declarations

    columns: dict[str, Any] = {}
    for name, kind in IDENTITY.items():
        columns[name] = pa.array([_identity(one, name) for one in records], kind)
    for name, kind in NOTES.items():
        columns[name] = pa.array([getattr(one, name) for one in records], kind)
    for declared in declarations():
        values = [one.parameters.get(declared.name) for one in records]
        if declared.coefficient and all(value is None or value == declared.default for value in values):
            continue  # `with_defaults` puts it back where another run sets it
        columns[declared.name] = pa.array(values, PARAMETER_TYPES[declared.type])
    dotted = sorted({name for one in records for name in one.spec.settings if "." in name})
    for name in dotted:
        columns[name] = _entry_column([one.spec.settings.get(name) for one in records])
    for name in outcomes:
        columns[name] = pa.array([one.outcomes.get(name) for one in records], pa.float64())
    return pa.table(columns)


def with_defaults(table: pa.Table) -> pa.Table:
    """A table put together from several, with the default of each coefficient for runs whose table had none of it."""
    from pingan_abm.parameters.declared import coefficients

    for one in coefficients():
        if one.name in table.column_names:
            place = table.column_names.index(one.name)
            table = table.set_column(place, one.name, table.column(one.name).fill_null(one.default))
    return table


def _identity(record: Record, name: str) -> object:
    if name == "scenario":
        return record.spec.scenario.name
    return getattr(record, name) if hasattr(record, name) else getattr(record.spec, name)


def _entry_column(values: list[object]) -> pa.Array:
    """A column of a district entry's values: numbers where all are, else texts."""
    if all(value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values):
        return pa.array(values, pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def series_table(records: Sequence[Record]) -> pa.Table | None:
    """One row a run and day; None when no run has a series."""
    kept = [one for one in records if one.series]
    if not kept:
        return None
    names = list(dict.fromkeys(name for one in kept for name in one.series))
    lengths = [len(next(iter(one.series.values()))) for one in kept]
    ids = pa.DictionaryArray.from_arrays(
        np.repeat(np.arange(len(kept), dtype=np.int32), lengths), [one.run_id for one in kept]
    )
    columns = {"run_id": ids, "day": np.concatenate([np.arange(length, dtype=np.int32) for length in lengths])}
    for name in names:
        filled = [one.series.get(name, np.full(length, np.nan)) for one, length in zip(kept, lengths, strict=True)]
        columns[name] = np.concatenate([np.asarray(values, np.float64) for values in filled])
    return pa.table(columns)


def events_table(records: Sequence[Record]) -> pa.Table | None:
    """One row per event, with its run: the columns of the event register; None when no run has events."""
    kept = [one for one in records if one.events is not None]
    if not kept:
        return None
    rows = np.concatenate([one.events for one in kept if one.events is not None])
    lengths = [len(one.events) for one in kept if one.events is not None]
    ids = pa.DictionaryArray.from_arrays(
        np.repeat(np.arange(len(kept), dtype=np.int32), lengths), [one.run_id for one in kept]
    )
    return pa.table({"run_id": ids, **{name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}})


def places_table(records: Sequence[Record]) -> pa.Table | None:
    """One row per problem whose place a record names, with its run; None where none does."""
    rows = [(one.run_id, number, name) for one in records for number, name in one.places.items()]
    if not rows:
        return None
    kinds = {"run_id": pa.string(), "problem": pa.int32(), "place": pa.string()}
    columns = zip(kinds.items(), zip(*rows, strict=True), strict=True)
    return pa.table({name: pa.array(values, kind) for (name, kind), values in columns})


def column_place() -> dict[str, int]:
    """Place of identity columns and parameters in an exported table; entries of the district and outcomes come after
    them."""
    from pingan_abm.parameters.declared import declarations

    return {name: place for place, name in enumerate([*IDENTITY, *(one.name for one in declarations())])}


def stems(folder: Path) -> list[str]:
    """Names of the complete shards of a store, sorted."""
    return sorted(path.stem for path in (folder / "runs").glob("*.parquet"))


def companions(path: Path) -> list[str]:
    """Kinds that were written together with a runs shard."""
    metadata = pq.read_schema(require_plain(path)).metadata or {}
    listed: str = metadata.get(COMPANIONS, b"").decode()
    return listed.split()


def check_shard(folder: Path, stem: str) -> None:
    """Raise OSError or ArrowException unless a shard's runs can be read to the last byte and its companions are
    complete."""
    path = folder / "runs" / f"{stem}.parquet"
    read_runs(path)
    for kind in companions(path):
        count_rows(folder / kind / f"{stem}.parquet")


def merge_shards(folder: Path, merging: Sequence[str]) -> str:
    """Merge several shards into one and delete them. In between both count; equal runs are counted once on reading."""
    runs = pa.concat_tables(
        [read_runs(folder / "runs" / f"{stem}.parquet") for stem in merging], promote_options="permissive"
    )
    kinds = sorted({kind for stem in merging for kind in companions(folder / "runs" / f"{stem}.parquet")})
    new = _new_stem(runs.column("run_id").to_pylist())
    for kind in kinds:
        parts = [path for stem in merging if (path := folder / kind / f"{stem}.parquet").is_file()]
        write_atomically(folder / kind / f"{new}.parquet", partial(_copy_parts, parts))
    write_table(
        folder / "runs" / f"{new}.parquet", runs.replace_schema_metadata({COMPANIONS: " ".join(kinds).encode()})
    )
    for kind in reversed(KINDS):
        for stem in merging:
            (folder / kind / f"{stem}.parquet").unlink(missing_ok=True)
    return new


def _copy_parts(parts: Sequence[Path], opened: Any) -> None:
    """Copy tables one after another, so that memory holds one at a time."""
    schema = pa.unify_schemas([pq.read_schema(path).remove_metadata() for path in parts], promote_options="permissive")
    with pq.ParquetWriter(opened, schema, compression="zstd", write_page_checksum=True) as writer:
        for table in _tables(parts):
            missing = [name for name in schema.names if name not in table.column_names]
            for name in missing:
                table = table.append_column(name, pa.nulls(len(table), schema.field(name).type))
            writer.write_table(table.select(schema.names).cast(schema))


def _tables(parts: Sequence[Path]) -> Iterator[pa.Table]:
    for path in parts:
        yield read_table(path)
