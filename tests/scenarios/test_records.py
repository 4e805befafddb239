"""Records of real problems: read exactly, refused with their row numbers, never guessed."""

import math
import resource
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingan_abm.cli import run_command
from pingan_abm.district.files import base_district
from pingan_abm.scenarios.bad_rows import MOST_KINDS, MOST_NUMBERS
from pingan_abm.scenarios.presets import Scenario, load_scenario
from pingan_abm.scenarios.record_dates import when
from pingan_abm.scenarios.records import Incidents, read_incidents
from pingan_abm.texts.errors import InputErrors

START, DAYS = date(2014, 1, 1), 365
DISTRICT = base_district()
BASELINE = load_scenario("pingan365")
FOREIGN = Scenario(
    "foreign",
    columns={"date": "Opened", "issue_type": "Type", "community": "Quarter", "severity": "Gravity"},
    categories={"Noise, loud": "noise", "Internal": ""},
    communities={"Old town": "hubin_01", "Elsewhere": ""},
)


def read(path: Path, text: str, scenario: Scenario = BASELINE, days: int = DAYS) -> Incidents:
    path.write_text(text, "utf-8")
    return read_incidents(path, scenario, DISTRICT, START, days)


def problems_of(path: Path, text: str, scenario: Scenario = BASELINE) -> tuple[str, ...]:
    with pytest.raises(InputErrors) as caught:
        read(path, text, scenario)
    assert all(str(path) in problem for problem in caught.value.problems)
    return caught.value.problems


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.csv"


def test_records_become_columns(path: Path) -> None:
    rows = [
        "\ufeffcommunity,date,issue_type,severity,more",
        "hubin_02,2014-01-03 12:00,noise,0.5,x",
        "",
        "hubin_01,2014-01-01T06:00:00,pollution,,y",
        "",
    ]
    made = read(path, "\n".join(rows))
    assert made.day.tolist() == [2, 0] and made.fraction.tolist() == [0.5, 0.25]
    assert made.issue.tolist() == [DISTRICT.issue_index("noise"), DISTRICT.issue_index("pollution")]
    assert made.community.tolist() == [DISTRICT.community_index("hubin_02"), DISTRICT.community_index("hubin_01")]
    assert made.severity[0] == 0.5 and math.isnan(made.severity[1])
    assert [column.dtype for column in (made.day, made.fraction, made.issue, made.community, made.severity)] == [
        np.int32,
        np.float64,
        np.int16,
        np.int16,
        np.float64,
    ]


def test_a_scenario_renames_and_leaves_out(path: Path) -> None:
    made = read(
        path,
        'Type,Quarter,Opened,Gravity\n"Noise, loud",Old town,05/06/2014 01:30:00 PM,0\nInternal,Old town,2014-05-06,\n'
        '"Noise, loud",Elsewhere,2014-05-06,\nnoise,hubin_01,2013-12-31 23:59,\nnoise,hubin_02,2015-01-01,\n',
        FOREIGN,
    )
    assert made.day.tolist() == [125] and made.fraction.tolist() == [13.5 / 24]
    assert (made.skipped_by_name, made.skipped_outside) == (2, 2)


def test_dates_without_a_time_are_spread_over_the_day(path: Path) -> None:
    made = read(path, "date,issue_type,community\n" + "2014-02-01,noise,hubin_01\n" * 200)
    assert np.histogram(made.fraction, bins=10, range=(0, 1))[0].tolist() == pytest.approx([20] * 10, abs=1)


def test_bad_rows_are_told_by_number_and_kind(path: Path) -> None:
    told = "\n".join(
        problems_of(
            path,
            "date,issue_type,community,severity\n2014-02-01,noize,hubin_01,\n01.02.2014,noise,hubin_01,\n"
            "2014-02-01,noise,nowhere,\n2014-02-01,noise,hubin_01,2\n2014-02-30,noise,hubin_01,\n"
            ",noise,hubin_01,\n2014-02-01,noize,hubin_01,\n2014-02-01,,hubin_01,nan\n",
        )
    )
    for needed in (
        'rows 2, 8: there is no issue type "noize". Did you mean "noise"?',
        'row 3: date "01.02.2014"',
        "row 4",
        'rows 5, 9: severity "2", "nan" is not usable',
        'row 6: date "2014-02-30"',
        "row 7: the date is empty",
        "row 9: the issue type is empty",
    ):
        assert needed in told, needed


def test_bad_rows_of_more_kinds_are_told_by_number(path: Path) -> None:
    """Names that are near to different ones are mistakes of different kinds, as each line suggests something else."""
    near = [f"{one.id}x" for one in DISTRICT.communities[: MOST_KINDS + 7]]
    told = problems_of(path, "date,issue_type,community\n" + "".join(f"2014-02-01,noise,{one}\n" for one in near))
    assert len(told) == MOST_KINDS + 1
    first = MOST_KINDS + 2
    assert f"7 more rows are wrong in other ways, rows {first}–{first + 6}; mend" in told[-1]


def test_every_bad_row_is_told_by_number_whatever_is_wrong(path: Path) -> None:
    """A row with too few or too many fields hides none of the others; of a row that is wrong twice both are told."""
    told = "\n".join(
        problems_of(
            path,
            "date,issue_type,community\n2014-02-01,noise\n2014-02-01,noize,hubin_01\n2014-02-01,noise,hubin_01,x\n"
            "2014-02-01,noise,hubin_01\nsoon,noise,nowhere\n2014-02-01,noise\n2014-02-01,noise\n2014-02-01,noise\n",
        )
    )
    for needed in (
        "rows 2, 4, 7–9: 2, 4 fields where the header has 3",
        'row 3: there is no issue type "noize"',
        'row 6: date "soon"',
        'row 6: there is no community "nowhere"',
    ):
        assert needed in told, needed
    told = "\n".join(
        problems_of(path, 'date,issue_type,community\n2014-02-01,noize,hubin_01\n"2014')
    )  # and one that breaks the file off
    assert 'row 2: there is no issue type "noize"' in told and "not a readable CSV file" in told


def test_numbers_of_many_rows_alike_are_told_in_part(path: Path) -> None:
    good, bad = "2014-02-01,noise,hubin_01\n", "2014-02-01,noize,hubin_01\n"
    (told,) = problems_of(path, "date,issue_type,community\n" + (bad + good) * (MOST_NUMBERS + 9))
    rows = ", ".join(str(2 * i + 2) for i in range(MOST_NUMBERS))
    assert f"rows {rows} and 9 more: there is no issue type" in told
    (told,) = problems_of(path, "date,issue_type,community\n" + bad * 500)
    assert "rows 2–501: there is no issue type" in told


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("", "there is no column"),
        ("Date,issue_type,community\n", 'Did you mean "Date"'),
        ("date,date,issue_type,community\n", "two columns"),
        ("date,issue_type,community\n", "no rows"),
        ("date,issue_type,community\n2013-01-01,noise,hubin_01\n", "1 dated outside it, from 2013-01-01 to 2013-01-01"),
        ("date,issue_type,community\n2014-01-01,noise\n", "row 2: 2 fields"),
        ('date,issue_type,community\n"2014', "CSV"),
        ("date,issue_type,community\n2014-01-01,noise,hubin_01" + "x" * 2000, "row 2"),
        ("date,issue_type,community\n2014-01-01,noise,hubin_01" + "x" * 200_000, "CSV"),
    ],
)
def test_files_without_records(path: Path, text: str, needed: str) -> None:
    assert any(needed in problem for problem in problems_of(path, text))


def test_a_named_severity_column_must_be_there(path: Path) -> None:
    assert "Gravity" in problems_of(path, "Opened,Type,Quarter\n2014-01-01,noise,hubin_01\n", FOREIGN)[0]


def test_files_that_are_no_records(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("日期,issue_type\n".encode("gbk"))
    (tmp_path / "b.parquet").write_bytes(b"PAR1 nonsense")
    (tmp_path / "c.xlsx").write_bytes(b"")
    (tmp_path / "d.csv").mkdir()
    for name in ("a.csv", "b.parquet", "c.xlsx", "d.csv", "missing.csv"):
        with pytest.raises(InputErrors, match=name):
            read_incidents(tmp_path / name, BASELINE, DISTRICT, START, DAYS)


def test_parquet_gives_the_same_as_csv(tmp_path: Path) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    moments = [datetime(2014, 1, 1) + timedelta(hours=7 * i) for i in range(50)]
    issues, severities = ["noise", "pollution"] * 25, [0.25, None] * 25
    table = {"date": moments, "issue_type": issues, "community": ["hubin_01"] * 50, "severity": severities}
    pq.write_table(pa.table(table), tmp_path / "r.parquet")
    lines = [
        f"{moment},{issue},hubin_01,{'' if severity is None else severity}"
        for moment, issue, severity in zip(moments, issues, severities, strict=True)
    ]
    a = read_incidents(tmp_path / "r.parquet", BASELINE, DISTRICT, START, DAYS)
    b = read(tmp_path / "r.csv", "\n".join(["date,issue_type,community,severity", *lines]))
    for name in ("day", "fraction", "issue", "community", "severity"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))


def test_parquet_of_other_types_is_refused_by_row(tmp_path: Path) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    pq.write_table(
        pa.table({"date": [1, 2], "issue_type": ["noise"] * 2, "community": ["hubin_01"] * 2}), tmp_path / "r.parquet"
    )
    with pytest.raises(InputErrors, match="rows 1–2: date 1, 2 is a number; say what it counts with date_format"):
        read_incidents(tmp_path / "r.parquet", BASELINE, DISTRICT, START, DAYS)


@given(st.datetimes(min_value=datetime(1000, 1, 1)))
def test_every_form_of_a_date_means_the_same(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    day, fraction = (
        moment.toordinal(),
        (moment - datetime.combine(moment.date(), datetime.min.time())).total_seconds() / 86_400,
    )
    for text in (
        moment.isoformat(),
        moment.isoformat(" "),
        moment.isoformat() + "Z",
        moment.isoformat() + "+08:00",
        f"{moment:%m/%d/}{moment.year:04d}{moment: %I:%M:%S %p}",
        moment,
    ):
        assert when(text) == (day, pytest.approx(fraction))
    assert when(moment.date().isoformat()) == (day, None) == when(moment.date())


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        day, fraction = when(text)
    except ValueError as wrong:
        assert "date" in str(wrong)
    else:
        assert day > 0 and (fraction is None or 0 <= fraction < 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_records_or_refused(tmp_path: Path, content: bytes, headed: bool) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes((b"date,issue_type,community\n" if headed else b"") + content)
    with pytest.raises(InputErrors) as caught:
        read_incidents(path, BASELINE, DISTRICT, START, DAYS)
    assert all("\n" not in problem for problem in caught.value.problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-40, 400), st.sampled_from(DISTRICT.issues), st.sampled_from(DISTRICT.communities)),
        min_size=1,
    )
)
def test_every_record_is_read_or_counted(tmp_path: Path, records: list[tuple[int, object, object]]) -> None:
    inside = [record for record in records if 0 <= record[0] < DAYS]
    text = "\n".join(
        [
            "date,issue_type,community",
            *(f"{START + timedelta(days=day)},{issue.id},{community.id}" for day, issue, community in records),
        ]
    )  # type: ignore[attr-defined]
    if not inside:
        problems_of(tmp_path / "r.csv", text)
        return
    made = read(tmp_path / "r.csv", text)
    assert made.day.tolist() == [day for day, _, _ in inside]
    assert [DISTRICT.issues[place] for place in made.issue] == [issue for _, issue, _ in inside]
    assert [DISTRICT.communities[place] for place in made.community] == [community for _, _, community in inside]
    assert made.skipped_outside == len(records) - len(inside)


def test_the_command_tells_bad_rows_before_it_runs(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text("date,issue_type,community\n2014-01-02,nois,hubin_01\n2014-01-03,noise,hubin_99\n", "utf-8")
    code, out, err = command(capsys, "pingan365", path)
    assert (code, out) == (2, "")
    assert "row 2" in err and 'Did you mean "noise"' in err and "row 3" in err and "hubin_99" in err
    assert list(path.parent.iterdir()) == [path]


def test_the_summary_counts_what_was_not_used(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text(
        "date,issue_type,community\n2014-01-02,noise,hubin_01\n2014-01-03,taxes,hubin_01\n2013-12-31,noise,hubin_01\n",
        "utf-8",
    )
    scenario = path.with_name("mine.toml")
    scenario.write_text('[categories]\ntaxes = ""\n', "utf-8")
    code, out, _ = command(capsys, str(scenario), path)
    assert code == 0 and "Records dated outside the run, not used: 1" in out and "Records left out by name: 1" in out


def command(capsys: pytest.CaptureFixture[str], scenario: str, records: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of a short run on a records file."""
    code = run_command(
        ["run", scenario, "--incidents", str(records), "--residents", "600", "--days", "10", "--lang", "en"]
    )
    said = capsys.readouterr()
    return code, said.out, said.err


def test_parquet_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A file of some kilobytes whose texts would fill gigabytes: told by the rows, without holding them."""
    rows = 20_000
    long = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["x" * 1_000_000])
    for kind in (long, long.cast(pa.dictionary(pa.int32(), pa.large_string()))):
        table = pa.table({"date": ["2014-01-02"] * rows, "issue_type": kind, "community": ["hubin_01"] * rows})
        pq.write_table(table, tmp_path / "bomb.parquet")
        assert (tmp_path / "bomb.parquet").stat().st_size < 200_000
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(InputErrors, match="rows 1 to 4096: a field longer than 1,000 characters"):
            read_incidents(tmp_path / "bomb.parquet", BASELINE, DISTRICT, START, 30)
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB


def test_parquet_with_lists_is_refused(tmp_path: Path) -> None:
    table = pa.table({"date": [["2014-01-02"]], "issue_type": ["noise"], "community": ["hubin_01"]})
    pq.write_table(table, tmp_path / "lists.parquet")
    with pytest.raises(InputErrors, match='column "date" holds lists'):
        read_incidents(tmp_path / "lists.parquet", BASELINE, DISTRICT, START, 30)
