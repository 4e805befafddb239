"""Reading the rows of a CSV, Excel or Parquet file, within limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from pingan_abm.files.cells import cell_text
from pingan_abm.files.toml import unreadable
from pingan_abm.scenarios.bad_rows import BadRows
from pingan_abm.scenarios.record_csv import MOST_CHARACTERS, Find, Record, csv_rows
from pingan_abm.scenarios.record_sheets import sheet_rows
from pingan_abm.texts.errors import InputErrors, sentence, shown

LARGEST_FILE = 500_000_000  # bytes
MOST_ROWS = 2_000_000
BATCH = 4096  # rows of a Parquet file held at once
READABLE = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


def records_in(path: Path, find: Find, bad: BadRows) -> Iterator[Record]:
    """The records of a file, one after another; rows that are none are added to the bad ones. `find` is given the
    header as cells are read (`files/cells.py`).

    Raises InputErrors where it cannot be read, is too large, or `find` misses a column, with the bad rows so far.
    """
    kind = path.suffix.lower()
    if kind not in READABLE:
        raise InputErrors(
            [sentence("{path}: the name of a records file ends in {endings}.", path=path, endings=" / ".join(READABLE))]
        )
    rows = {".parquet": _parquet_rows, ".xlsx": sheet_rows}.get(kind, csv_rows)
    with _readable(path, bad):
        if path.stat().st_size > LARGEST_FILE:
            _refuse(sentence("larger than {most} MB; cut it into parts.", most=LARGEST_FILE // 1_000_000))
        for count, record in enumerate(rows(path, partial(_find, find), bad), 1):
            if count > MOST_ROWS:
                _refuse(sentence("more than {most} records; cut the file into parts.", most=f"{MOST_ROWS:,}"))
            yield record


def _find(find: Find, header: list[str]) -> list[int | None]:
    """Positions of the fields, whatever blanks or full-width letters a header has."""
    return find([cell_text(name) for name in header])


def _parquet_rows(path: Path, find: Find, bad: BadRows) -> Iterator[Record]:
    """bad: not needed here, as every row of a Parquet file has all columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow
        size = sum(file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups))
    if size > LARGEST_FILE:
        _refuse(sentence("unpacked it is larger than {most} MB; cut it into parts.", most=LARGEST_FILE // 1_000_000))
    places = find(schema.names)
    wanted = [schema.names[place] for place in places if place is not None]
    for name in wanted:
        if pa.types.is_nested(schema.field(name).type):
            _refuse(sentence("the column {name} holds lists or records; write one value a row.", name=shown(name)))
    texts = [
        name
        for name in wanted
        if schema.field(name).type in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
    ]
    with pq.ParquetFile(
        path, read_dictionary=texts
    ) as file:  # a text that is repeated is held once, until its length is known
        number = 0
        for batch in file.iter_batches(BATCH, columns=wanted, use_threads=False):
            if max(_longest(batch.column(name)) for name in wanted) > 4 * MOST_CHARACTERS:
                _refuse(
                    sentence(
                        "rows {first} to {last}: a field longer than {most} characters.",
                        first=number + 1,
                        last=number + batch.num_rows,
                        most=f"{MOST_CHARACTERS:,}",
                    )
                )
            held = {name: _plain(batch.column(name)).to_pylist() for name in wanted}
            fields = [[None] * batch.num_rows if place is None else held[schema.names[place]] for place in places]
            for row in zip(*fields, strict=True):
                number += 1
                yield number, row


def _plain(column: Any) -> Any:
    """A column with every value in its own place."""
    return column.dictionary_decode() if hasattr(column, "dictionary_decode") else column


def _longest(column: Any) -> int:
    """Bytes of the longest text in a column of texts that are each held once; 0 for other columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = getattr(column, "dictionary", None)
    if texts is None or not (
        pa.types.is_string(texts.type)
        or pa.types.is_large_string(texts.type)
        or pa.types.is_binary(texts.type)
        or pa.types.is_large_binary(texts.type)
    ):
        return 0
    return pc.max(pc.binary_length(texts)).as_py() or 0


def _refuse(why: str) -> NoReturn:
    raise InputErrors([why])


@contextmanager
def _readable(path: Path, bad: BadRows) -> Iterator[None]:
    """Says which file it was, in plain words, when reading fails, and which rows were bad before."""
    try:
        yield
    except InputErrors as wrong:
        raise InputErrors(
            [*bad.sentences(path), *(sentence("{path}: {message}", path=path, message=line) for line in wrong.problems)]
        ) from None
    except UnicodeDecodeError:
        raise InputErrors(
            [sentence("{path}: is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8).", path=path)]
        ) from None
    except (OSError, ValueError, OverflowError, NotImplementedError) as wrong:  # pyarrow's errors are among these
        raise InputErrors([unreadable(path, wrong)]) from None
