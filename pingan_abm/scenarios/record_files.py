"""Reading the rows of a CSV or Parquet file, within limits, and collecting the rows that cannot be used."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from pingan_abm.files.toml import unreadable
from pingan_abm.texts.errors import InputErrors, sentence, shown

LARGEST_FILE = 500_000_000  # bytes
MOST_ROWS = 2_000_000
MOST_CHARACTERS = 1_000  # of a field that is read
MOST_KINDS = 20  # of bad rows reported with their reasons; rows of other kinds are reported only by their numbers
MOST_NUMBERS = 20  # row numbers listed of a kind, rows that follow each other being one; the rest are counted
BATCH = 4096  # rows of a Parquet file held at once

type Record = tuple[int, tuple[Any, ...]]  # row number in the file, and the fields that were asked for
type Find = Callable[
    [list[str]], list[int | None]
]  # from a header to the position of each field, None for one that is missing


def records_in(path: Path, find: Find, bad: "BadRows") -> Iterator[Record]:
    """The records of a CSV or Parquet file, one after another; rows that are none are added to the bad ones.

    Raises InputErrors where it cannot be read, is too large, or `find` misses a column, with the bad rows so far.
    """
    rows = {".csv": _csv_rows, ".parquet": _parquet_rows}.get(path.suffix.lower())
    if rows is None:
        raise InputErrors([sentence("{path}: the name of a records file ends in .csv or .parquet.", path=path)])
    with _readable(path, bad):
        if path.stat().st_size > LARGEST_FILE:
            _refuse(sentence("larger than {most} MB; cut it into parts.", most=LARGEST_FILE // 1_000_000))
        for count, record in enumerate(rows(path, find, bad), 1):
            if count > MOST_ROWS:
                _refuse(sentence("more than {most} records; cut the file into parts.", most=f"{MOST_ROWS:,}"))
            yield record


class Numbers:
    """Row numbers as they are listed: consecutive ones as one range, "4–9"; only the first ones, and the number of the
    others."""

    def __init__(self) -> None:
        self.ranges: list[list[int]] = []
        self.count = self.more = self.last = 0

    def add(self, number: int) -> None:
        """Note the next row, or once more the last one."""
        if number == self.last:
            return
        self.last = number
        self.count += 1
        if self.ranges and number == self.ranges[-1][1] + 1 and not self.more:
            self.ranges[-1][1] = number
        elif len(self.ranges) < MOST_NUMBERS:
            self.ranges.append([number, number])
        else:
            self.more += 1

    @property
    def rest(self) -> str:
        """How many rows there are beyond those listed."""
        return sentence(" and {more} more", more=f"{self.more:,}") if self.more else ""

    def __str__(self) -> str:
        return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in self.ranges)


class BadRows:
    """What is wrong with the rows of a file, reported once for all rows with the same mistake, with their numbers."""

    def __init__(self) -> None:
        self.kinds: dict[str, Numbers] = {}
        self.others = Numbers()

    def add(self, number: int, wrong: str) -> None:
        """Remember a row and what is wrong with it."""
        if wrong in self.kinds or len(self.kinds) < MOST_KINDS:
            self.kinds.setdefault(wrong, Numbers()).add(number)
        else:
            self.others.add(number)

    def sentences(self, path: Path) -> list[str]:
        """One sentence a kind, in the order of the file, and one for the rows with other mistakes."""
        sentences: list[str] = [
            sentence(
                "{path}, row {rows}: {wrong}" if rows.count == 1 else "{path}, rows {rows}{rest}: {wrong}",
                path=path,
                rows=str(rows),
                rest=rows.rest,
                wrong=wrong,
            )
            for wrong, rows in self.kinds.items()
        ]
        if self.others.count:
            sentences.append(
                sentence(
                    "{path}: {count} more rows are wrong in other ways, rows {rows}{rest}; mend those above first.",
                    path=path,
                    count=f"{self.others.count:,}",
                    rows=str(self.others),
                    rest=self.others.rest,
                )
            )
        return sentences


def _csv_rows(path: Path, find: Find, bad: BadRows) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, strict=True)
        header = [name.strip() for name in next(lines, [])]
        places = find(header)
        for line in lines:
            if not line:
                continue
            if len(line) != len(header):
                bad.add(
                    lines.line_num,
                    sentence("{count} fields where the header has {wanted}.", count=len(line), wanted=len(header)),
                )
                continue
            fields = tuple(None if place is None else line[place] for place in places)
            if any(field and len(field) > MOST_CHARACTERS for field in fields):
                bad.add(lines.line_num, sentence("a field longer than {most} characters.", most=f"{MOST_CHARACTERS:,}"))
                continue
            yield lines.line_num, fields


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
    except csv.Error as wrong:
        raise InputErrors(
            [*bad.sentences(path), sentence("{path}: is not a readable CSV file ({why}).", path=path, why=str(wrong))]
        ) from None
    except (OSError, ValueError, OverflowError, NotImplementedError) as wrong:  # pyarrow's errors are among these
        raise InputErrors([unreadable(path, wrong)]) from None
