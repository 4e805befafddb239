"""Belief sheets for a room: a workbook with a sheet for each person, in units in which people think, and what of it is
read back as a beliefs file."""

import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pingan_abm.files.toml import folder_of_results, read_text
from pingan_abm.parameters.declared import declared
from pingan_abm.study.decide.natural_units import natural
from pingan_abm.texts.errors import InputErrors, raise_if_any, refusal, sentence, shown
from pingan_abm.texts.i18n import translator

#: What is asked where nothing is chosen: what people who know a district can say something about.
QUESTIONS = (
    "problem_rate",
    "work_median",
    "multi_department_share",
    "report_base",
    "dispatch_base_accuracy",
    "perfunctory_base",
)
SAMPLES = 4  # points over each person's ranges
MOST_BYTES = 20_000_000
NAME_ROW, HEAD_ROW, FIRST_ROW = 2, 4, 5  # from 0
NAME_COLUMN, LOW_COLUMN, HIGH_COLUMN, ID_COLUMN = 1, 4, 5, 6
WIDTHS = (70, 22, 14, 18, 18, 18, 26)


def workbook(names: Sequence[str], people: int, language: str) -> bytes:
    """An empty workbook. names: of the parameters that are asked for."""
    import xlsxwriter

    say, contents = translator(language), io.BytesIO()
    with xlsxwriter.Workbook(contents, {"in_memory": True}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        answer = book.add_format({"bg_color": "#FFF7D6", "border": 1})
        heads = (
            say("Question"),
            say("Unit"),
            say("As documented"),
            say("From … to"),
            say("Lowest you think possible"),
            say("Highest you think possible"),
            say("identifier"),
        )
        for number in range(1, people + 1):
            page = book.add_worksheet(f"{number}")
            page.write_string(0, 0, say("What do you think possible? Leave empty what you have no opinion on."), bold)
            page.write_string(NAME_ROW, 0, say("Your name or office:"), bold)
            page.write_blank(NAME_ROW, NAME_COLUMN, None, answer)
            for column, (head, width) in enumerate(zip(heads, WIDTHS, strict=True)):
                page.write_string(HEAD_ROW, column, head, bold)
                page.set_column(column, column, width)
            for row, name in enumerate(names, start=FIRST_ROW):
                _line(page, row, name, language, wrapped, answer)
    return contents.getvalue()


def _line(page: Any, row: int, name: str, language: str, wrapped: Any, answer: Any) -> None:
    one, asked = declared(name), natural(name)
    low, high = asked.bounds()
    usual = asked.shown(float(str(one.default)))
    cells = (
        f"{one.label(language)}: {one.meaning(language)}",
        asked.unit.text(language),
        asked.text(usual),
        f"{asked.text(low)} … {asked.text(high)}",
    )
    for column, text in enumerate(cells):
        page.write_string(row, column, text, wrapped)
    for column in (LOW_COLUMN, HIGH_COLUMN):
        page.write_blank(row, column, None, answer)
        page.data_validation(
            row, column, row, column, {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
        )
    page.write_string(row, ID_COLUMN, name)


def beliefs_text(path: Path) -> str:
    """A beliefs file's text: of a TOML file as it stands, of a workbook or a folder of either as they are read. Raises
    InputErrors with everything that is wrong."""
    if path.is_dir():
        return _joined(sorted(one for one in path.iterdir() if one.suffix.lower() == ".xlsx"), path)
    if path.suffix.lower() == ".xlsx":
        return _joined([path], path)
    return read_text(path, sentence("a beliefs file"))


def _joined(files: Sequence[Path], source: Path) -> str:
    problems: list[str] = []
    people: dict[str, dict[str, tuple[float, float]]] = {}
    for file in files:
        for who, ranges in _people(file, problems):
            name, number = who, 1
            while name in people:
                number += 1
                name = f"{who} ({number})"
            people[name] = ranges
    if not people and not problems:
        results = folder_of_results(source, sentence("a beliefs file"))
        if results is not None:
            raise InputErrors([results])
        problems.append(sentence("{path}: nobody has filled in a sheet.", path=source))
    raise_if_any(problems)
    lines = [f"samples = {SAMPLES}"]
    for who, ranges in people.items():
        lines += ["", f"[participants.{_quoted(who)}]"]
        lines += [f"{name} = {{ low = {low!r}, high = {high!r} }}" for name, (low, high) in ranges.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    clean = "".join(letter for letter in text if letter.isprintable())
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _people(file: Path, problems: list[str]) -> Iterator[tuple[str, dict[str, tuple[float, float]]]]:
    """Everybody who has filled in a sheet of a workbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if file.stat().st_size > MOST_BYTES:
            raise InputErrors([sentence("{path} is too large for a workbook of belief sheets.", path=file)])
        book = CalamineWorkbook.from_path(str(file))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError) as wrong:
        problems.append(sentence("{path} cannot be read ({why}).", path=file, why=refusal(wrong)))
        return
    for sheet, rows in sheets:
        ranges = dict(_ranges(file, sheet, rows, problems))
        if ranges:
            who = str(_cell(rows, NAME_ROW, NAME_COLUMN) or "").strip()
            yield who or sheet, ranges


def _cell(rows: Sequence[Sequence[Any]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _ranges(
    file: Path, sheet: str, rows: Sequence[Sequence[Any]], problems: list[str]
) -> Iterator[tuple[str, tuple[float, float]]]:
    """The ranges of a sheet in the parameters' own units; what is wrong is told with its row."""
    for row in range(FIRST_ROW, len(rows)):
        name = str(_cell(rows, row, ID_COLUMN)).strip()
        given = [_cell(rows, row, column) for column in (LOW_COLUMN, HIGH_COLUMN)]
        if not name or all(value in ("", None) for value in given):
            continue
        place = sentence("{path}, sheet {sheet}, row {row}", path=file, sheet=sheet, row=row + 1)
        try:
            asked = natural(name)
        except InputErrors as wrong:
            problems += [sentence("{place}: {problem}", place=place, problem=one) for one in wrong.problems]
            continue
        numbers = [_number(value) for value in given]
        low, high = (math.nan if number is None else asked.meant(number) for number in numbers)
        if math.isnan(low) or math.isnan(high):
            wrong_one = next(value for value, end in zip(given, (low, high), strict=True) if math.isnan(end))
            problems.append(
                sentence(
                    "{place}: {value} is not usable: write the lowest and the highest value, numbers from {low} to "
                    "{high}.",
                    place=place,
                    value=shown(wrong_one)[1:-1] if isinstance(wrong_one, str) else wrong_one,
                    low=asked.text(asked.bounds()[0]),
                    high=asked.text(asked.bounds()[1]),
                )
            )
            continue
        yield name, (low, high)


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(str(value).strip().rstrip("%％").replace("，", ".").replace(",", "."))
    except ValueError:
        return None
