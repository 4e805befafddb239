"""One contract for every kind of records file: the same names, the same rows, the same dates, whatever holds them."""

import re
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
import xlsxwriter

from pingan_abm.cli import run_command
from pingan_abm.district.files import base_district
from pingan_abm.files.cells import cell_text
from pingan_abm.scenarios.files import parse_scenario
from pingan_abm.scenarios.presets import Scenario, load_scenario
from pingan_abm.scenarios.record_dates import Unusable, form_problem, when
from pingan_abm.scenarios.records import Incidents, read_incidents
from pingan_abm.texts.errors import InputErrors, shown

START, DAYS = date(2014, 1, 1), 365
DISTRICT = base_district()
BASELINE = load_scenario("pingan365")
HEAD = "date,issue_type,community\n"
ROW = "2014-02-01,noise,hubin_01\n"


def read(path: Path, scenario: Scenario = BASELINE) -> Incidents:
    return read_incidents(path, scenario, DISTRICT, START, DAYS)


def read_csv(folder: Path, text: str, scenario: Scenario = BASELINE, name: str = "r.csv") -> Incidents:
    path = folder / name
    path.write_text(text, "utf-8")
    return read(path, scenario)


def problems_of(folder: Path, text: str, scenario: Scenario = BASELINE) -> tuple[str, ...]:
    with pytest.raises(InputErrors) as caught:
        read_csv(folder, text, scenario)
    return caught.value.problems


# -- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_file", "in_table"),
    [
        ("Noise ", "Noise "),
        ("Noise", "Noise "),
        ("Noise  at night", "Noise at night"),
        ("café", "cafe\u0301"),
        ("Ｎｏｉｓｅ１２", "Noise12"),
        ("1.0", "1"),
        ("1", "1.0"),
        ("\u3000噪音\u00a0", "噪音"),
    ],
)
def test_both_sides_of_a_translation_are_read_alike(tmp_path: Path, in_file: str, in_table: str) -> None:
    scenario = Scenario("mine", categories={in_table: "noise"}, communities={in_table: "hubin_02"})
    made = read_csv(tmp_path, f'{HEAD}2014-02-01,"{in_file}","{in_file}"\n', scenario)
    assert made.issue.tolist() == [DISTRICT.issue_index("noise")]
    assert made.community.tolist() == [DISTRICT.community_index("hubin_02")]


def test_a_trailing_blank_in_a_scenario_file_is_no_other_name(tmp_path: Path) -> None:
    """It was refused with a suggestion of itself."""
    scenario = parse_scenario('[categories]\n"Noise " = "noise "\n[columns]\ndate = "Opened "\n', "mine", "mine.toml")
    made = read_csv(tmp_path, "Opened,issue_type,community \n2014-02-01,Noise ,hubin_01\n", scenario)
    assert made.issue.tolist() == [DISTRICT.issue_index("noise")]


def test_names_that_no_file_can_tell_apart_must_mean_the_same() -> None:
    with pytest.raises(InputErrors, match="line 3: categories, Noise : stands for") as caught:
        parse_scenario('[categories]\nNoise = "noise"\n"Noise " = "pollution"\n', "mine", "mine.toml")
    assert len(caught.value.problems) == 1
    assert parse_scenario('[categories]\nNoise = "noise"\n"Noise " = "noise"\n', "mine", "mine.toml").categories


@pytest.mark.parametrize("value", [1, 1.0, "1", "1.0", np.int64(1), np.float32(1.0)])
def test_whole_numbers_go_by_their_digits(value: object) -> None:
    assert cell_text(value) == "1"


def test_cells_without_anything_are_the_empty_text() -> None:
    assert [cell_text(value) for value in (None, float("nan"), "", " \u3000")] == [""] * 4
    assert cell_text(1.5) == "1.5" and cell_text("007") == "007" and cell_text("1.05") == "1.05"


def test_letters_that_nobody_sees_are_shown_as_codes(tmp_path: Path) -> None:
    assert shown("No\u200bise") == '"No<U+200B>ise"' and shown("a\x1b[1m") == '"a<U+001B>[1m"'
    (told,) = problems_of(tmp_path, f"{HEAD}2014-02-01,noise\u200b,hubin_01\n")
    assert 'there is no issue type "noise<U+200B>". Did you mean "noise"?' in told


def parquet(folder: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), folder / "r.parquet")
    return folder / "r.parquet"


def test_null_is_an_empty_text_in_every_kind_of_file(tmp_path: Path) -> None:
    scenario = Scenario("mine", categories={"": "noise"}, communities={"7": "hubin_02", "": ""})
    days = [datetime(2014, 2, 1), datetime(2014, 2, 2), datetime(2014, 2, 3)]
    path = parquet(tmp_path, date=days, issue_type=[None, "pollution", None], community=[7.0, float("nan"), 7.0])
    from_csv = read_csv(tmp_path, f"{HEAD}2014-02-01,,7\n2014-02-02,pollution,\n2014-02-03,,7.0\n", scenario)
    from_sheet = read(workbook(tmp_path, [[d.date() for d in days], [None, "pollution", None], [7, None, 7]]), scenario)
    for made in (from_csv, read(path, scenario), from_sheet):
        assert made.day.tolist() == [31, 33] and made.skipped_by_name == 1
        assert made.issue.tolist() == [DISTRICT.issue_index("noise")] * 2
        assert made.community.tolist() == [DISTRICT.community_index("hubin_02")] * 2


# -- where the fault is -----------------------------------------------------------------------------------------------


def test_rows_are_those_of_a_spreadsheet_even_when_texts_span_lines(tmp_path: Path) -> None:
    text = 'date,issue_type,community,note\n2014-02-01,noise,hubin_01,"one\ntwo\nthree"\n\n2014-02-01,noize,hubin_01,\n'
    (told,) = problems_of(tmp_path, text)
    assert "row 4: there is no issue type" in told


@pytest.mark.parametrize(
    ("broken", "why"),
    [('2014-02-01,"noise,hubin_01\n' + ROW * 3, "nothing closes"), ('2014-02-01,"noise" x,hubin_01\n', "follows")],
)
def test_broken_quoting_names_its_row(tmp_path: Path, broken: str, why: str) -> None:
    (told,) = problems_of(tmp_path, HEAD + ROW * 2 + broken)
    assert "row 4: not a readable CSV file from here on" in told and why in told


def test_a_long_text_that_nothing_closes_names_its_row(tmp_path: Path) -> None:
    (told,) = problems_of(tmp_path, HEAD + ROW + '2014-02-01,"noise,hubin_01\n' + ROW * 8000)
    assert "row 3:" in told and "quotation mark" in told


def test_sixty_wrong_dates_are_one_line(tmp_path: Path) -> None:
    rows = "".join(f"{1 + number % 28}. May {2000 + number},noise,hubin_01\n" for number in range(60))
    (told,) = problems_of(tmp_path, HEAD + rows)
    assert "rows 2–61: date" in told and '"1. May 2000", "2. May 2001"' in told and "and 40 more" in told


def test_unknown_names_without_a_near_one_are_one_line(tmp_path: Path) -> None:
    told = problems_of(tmp_path, HEAD + "2014-02-01,qqq,hubin_01\n2014-02-01,noize,hubin_01\n2014-02-01,xxx,hubin_01\n")
    assert len(told) == 2
    assert 'rows 2, 4: there is no issue type "qqq", "xxx". Rename' in told[0]
    assert 'row 3: there is no issue type "noize". Did you mean "noise"?' in told[1]


def test_dates_outside_the_run_are_named(tmp_path: Path) -> None:
    (told,) = problems_of(tmp_path, f"{HEAD}2016-03-02,noise,hubin_01\n2019-02-13,noise,hubin_01\n2015-12-31,x,y\n")
    assert "3 dated outside it, from 2015-12-31 to 2019-02-13" in told


def test_a_broken_scenario_is_all_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, records = tmp_path / "mine.toml", tmp_path / "r.csv"
    scenario.write_text('tilte = "x"\n[columns]\ndate = "Opened"\n', "utf-8")
    records.write_text("Opened,issue_type,community\n2014-02-01,noise,hubin_01\n", "utf-8")
    code = run_command(["run", str(scenario), "--incidents", str(records), "--residents", "600", "--lang", "en"])
    err = capsys.readouterr().err
    assert code == 2 and "tilte" in err and len(err.splitlines()) == 1, err


# -- separators -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("said", [False, True])
def test_separators_that_people_have(tmp_path: Path, separator: str, said: bool) -> None:
    head = f"sep={separator}\n" if said else ""
    rows = [
        ("date", "issue_type", "community", "severity"),
        ("2014-02-01", "noise", "hubin_01", '"0,5"'),
        ("soon", "x", "y", ""),
    ]
    lines = [separator.join(row) for row in rows]
    assert read_csv(tmp_path, head + "\n".join(lines[:2])).severity.tolist() == [0.5]
    told = problems_of(tmp_path, head + "\n".join(lines))
    assert all("row 3: " in one for one in told) and len(told) == 3


def test_a_missing_column_is_named_whatever_the_separator(tmp_path: Path) -> None:
    told = problems_of(tmp_path, "Date;issue_type;community\n2014-02-01;noise;hubin_01\n")
    assert len(told) == 1 and 'there is no column "date". Did you mean "Date"?' in told[0]


# -- dates ------------------------------------------------------------------------------------------------------------

DAY = date(2014, 1, 5).toordinal()


@pytest.mark.parametrize(
    ("written", "fraction"),
    [
        ("2014/1/5", None),
        ("2014-1-5", None),
        ("2014.01.05", None),
        ("2014年1月5日", None),
        ("２０１４年１月５日", None),
        ("2014/01/05 05:00:00+00", 5 / 24),
        ("2014-01-05T05:00:00.1234567Z", (5 * 3600 + 0.1234567) / 86_400),
        ("2014-01-05 05:00:00,5", (5 * 3600 + 0.5) / 86_400),
        ("2014年1月5日 6:30", 6.5 / 24),
        ("2014年1月5日18时30分", 18.5 / 24),
        ("2014年1月5日 下午6:30:36", (18.5 * 3600 + 36) / 86_400),
        ("2014-01-05 12:15 AM", 0.25 / 24),
        ("1/5/2014 6:30 PM", 18.5 / 24),
    ],
)
def test_dates_that_can_be_read_in_one_way_are_read(written: str, fraction: float | None) -> None:
    found = when(written)
    assert found.day == DAY and (found.fraction is None) == (fraction is None)
    assert fraction is None or found.fraction == pytest.approx(fraction, abs=1e-12)


@pytest.mark.parametrize(
    ("written", "form", "fraction"),
    [
        ("5/1/2014", "day_first", None),
        ("05.01.2014 13:45", "day_first", 13.75 / 24),
        ("1/5/2014", "month_first", None),
        ("41644", "excel", None),
        (41644.25, "excel", 0.25),
        (1388880000, "epoch", 0.0),
        ("1388880000000", "epoch_ms", 0.0),
        ("1388880000", "epoch +08:00", 8 / 24),
        ("20140105", "%Y%m%d", None),
        (20140105, "%Y%m%d", None),
        ("5 Jan 2014 06h", "%d %b %Y %Hh", 0.25),
        (datetime(2014, 1, 5, 6), "excel", 0.25),
    ],
)
def test_dates_are_read_in_the_form_that_is_asked_for(written: object, form: str, fraction: float | None) -> None:
    assert form_problem(form) is None
    found = when(written, form)
    assert found.day == DAY and (found.fraction is None) == (fraction is None)
    assert fraction is None or found.fraction == pytest.approx(fraction, abs=1e-9)


@pytest.mark.parametrize(
    ("written", "needed"),
    [
        ("5/1/2014", "day_first"),
        ("13/05/2014", "day_first"),
        ("5.1.2014 10:00", "month_first"),
        (41644, "excel"),
        ("1388880000", "epoch"),
        ("20140105", "%Y%m%d"),
        ("2014/13/05", "not readable"),
        ("2014-02-30", "not readable"),
        ("2014-01-05 24:30", "not readable"),
        ("2014-01/05", "not readable"),
        ("2014-01-05 13:00 PM", "not readable"),
        ("spring", "not readable"),
        ("", "empty"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_for(written: object, needed: str) -> None:
    with pytest.raises(Unusable, match=re.escape(needed)):
        when(written)


@pytest.mark.parametrize("form", ["", "first", "%H:%M", "%Y-%m", "%y%y", "epoch+8", "%d/%m/%Y" + " " * 200, 3])
def test_forms_that_give_no_date_are_refused(form: object) -> None:
    told = form_problem(form)
    assert told is not None and "date_format" in told


def test_the_form_of_dates_stands_beside_the_columns(tmp_path: Path) -> None:
    scenario = parse_scenario('[columns]\ndate_format = "day_first"\n', "mine", "mine.toml")
    assert read_csv(tmp_path, f"{HEAD}5/1/2014,noise,hubin_01\n", scenario).day.tolist() == [4]
    with pytest.raises(InputErrors, match='line 2: columns: date_format "dayfirst" is not usable'):
        parse_scenario('[columns]\ndate_format = "dayfirst"\n', "mine", "mine.toml")


# -- workbooks --------------------------------------------------------------------------------------------------------

HEADS = ("date", "issue_type", "community")


def workbook(folder: Path, columns: list[list[object]], *more: list[list[object]]) -> Path:
    """A workbook with one sheet for each list of columns; its numbers have a unit with letters of a date."""
    with xlsxwriter.Workbook(folder / "r.xlsx") as book:
        styles = [book.add_format({"num_format": text}) for text in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", '0.0 "days"')]
        for sheet in (columns, *more):
            page = book.add_worksheet()
            for place, (head, column) in enumerate(zip(HEADS[: len(sheet)], sheet, strict=True)):
                for row, value in enumerate((head, *column)):
                    if isinstance(value, datetime | date):
                        page.write_datetime(row, place, value, styles[1 if isinstance(value, datetime) else 0])
                    elif isinstance(value, str):
                        page.write_string(row, place, value)
                    elif value is not None:
                        page.write_number(row, place, value, styles[2])
    return folder / "r.xlsx"


def test_a_workbook_gives_the_same_as_csv(tmp_path: Path) -> None:
    scenario = Scenario("mine", communities={"12": "hubin_02"})
    moments = [datetime(2014, 1, 5, 6, 30), date(2014, 3, 1), datetime(2014, 12, 31, 0, 0)]
    made = read(workbook(tmp_path, [moments, ["noise", "pollution", "noise"], [12, 12.0, "12"]]), scenario)
    text = f"{HEAD}2014-01-05 06:30,noise,12\n2014-03-01,pollution,12\n2014-12-31,noise,12\n"  # midnight: no time
    expected = read_csv(tmp_path, text, scenario)
    for name in ("day", "issue", "community", "severity"):
        np.testing.assert_array_equal(getattr(made, name), getattr(expected, name))
    np.testing.assert_allclose(made.fraction, expected.fraction, atol=1e-9)


def test_rows_of_a_workbook_are_told_as_it_shows_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, [["2014-01-05", None, "soon", 41644], ["noise", None, "noise", "noise"], ["hubin_01"] * 4]
    )
    with pytest.raises(InputErrors) as caught:
        read(path)
    told = "\n".join(caught.value.problems)
    assert (
        'row 4: date "soon"' in told and "row 5: date 41644" in told and "excel" in told and "row 3: the date" in told
    )


def test_the_sheet_with_the_columns_is_read(tmp_path: Path) -> None:
    good: list[list[object]] = [["2014-01-05"], ["noise"], ["hubin_01"]]
    assert read(workbook(tmp_path, [["a note"]], good)).day.tolist() == [4]
    with pytest.raises(InputErrors, match='the sheets "Sheet1", "Sheet2" all have the columns'):
        read(workbook(tmp_path, good, good))


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    good: list[list[object]] = [["2014-01-05"], ["noise"], ["hubin_01"]]
    path = workbook(tmp_path, good)
    content = path.read_bytes()
    for damaged in (b"", content[: len(content) // 2], b"PK\x03\x04" + content[40:]):
        path.write_bytes(damaged)
        with pytest.raises(InputErrors, match="r.xlsx"):
            read(path)
