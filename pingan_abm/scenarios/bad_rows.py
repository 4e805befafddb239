"""Rows of a file that cannot be used: what is wrong is said once for all rows with the same kind of mistake."""

from pathlib import Path

from pingan_abm.texts.errors import Sentence, sentence

MOST_KINDS = 20  # of mistakes reported with their reasons; rows of other kinds are reported only by their numbers
MOST_NUMBERS = 20  # row numbers listed of a kind, rows that follow each other being one; the rest are counted
MOST_VALUES = 20  # wrong values listed of a kind; the rest are counted
MOST_COUNTED = 10_000  # different wrong values of a kind that are counted


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


class Kind:
    """One kind of mistake: its first sentence, the rows that have it, and the different values that were wrong."""

    def __init__(self, first: str) -> None:
        self.first, self.rows = first, Numbers()
        self.values: dict[str, None] = {}

    def add(self, number: int, wrong: str) -> None:
        """Note a row with this mistake."""
        self.rows.add(number)
        value = wrong.parts.get("value") if isinstance(wrong, Sentence) else None
        if value is not None and len(self.values) < MOST_COUNTED:
            self.values[str(value)] = None

    @property
    def message(self) -> str:
        """The sentence, with every wrong value in the place of the first."""
        if len(self.values) < 2 or not isinstance(self.first, Sentence):
            return self.first
        listed = ", ".join(list(self.values)[:MOST_VALUES])
        more = len(self.values) - MOST_VALUES
        value = listed if more <= 0 else sentence("{listed} and {more} more", listed=listed, more=f"{more:,}")
        return again(self.first, value)


def again(said: Sentence, value: str) -> Sentence:
    """A sentence with another value in it."""
    made = Sentence(said.template.format(**{**said.parts, "value": value}))
    made.template, made.parts = said.template, {**said.parts, "value": value}
    return made


class BadRows:
    """What is wrong with the rows of a file. Mistakes are of one kind when their sentences differ in nothing but the
    part called `value`, so that sixty wrong dates are one line."""

    def __init__(self) -> None:
        self.kinds: dict[str, Kind] = {}
        self.others = Numbers()

    def add(self, number: int, wrong: str) -> None:
        """Remember a row and what is wrong with it."""
        key = str(again(wrong, "")) if isinstance(wrong, Sentence) else wrong
        if key not in self.kinds and len(self.kinds) >= MOST_KINDS:
            self.others.add(number)
            return
        self.kinds.setdefault(key, Kind(wrong)).add(number, wrong)

    def sentences(self, path: Path) -> list[str]:
        """One sentence a kind, in the order of the file, and one for the rows with other mistakes."""
        sentences: list[str] = [
            sentence(
                "{path}, row {rows}: {wrong}" if kind.rows.count == 1 else "{path}, rows {rows}{rest}: {wrong}",
                path=path,
                rows=str(kind.rows),
                rest=kind.rows.rest,
                wrong=kind.message,
            )
            for kind in self.kinds.values()
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
