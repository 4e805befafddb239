"""Evidence from files: what is read, pooled and refused."""

import csv
from pathlib import Path

import pytest

from pingan_abm.district.folder import SHIPPED
from pingan_abm.district.here import VARIABLE
from pingan_abm.study.plan.evidence import SHIPPED_FILE, SHIPPED_STUDY, Evidence, read_evidence
from pingan_abm.study.plan.files import parse_study, read_study
from pingan_abm.study.plan.measures import MEASURES, metric_label, metric_names, metric_unit, metric_value
from pingan_abm.texts.errors import InputErrors

HEAD = "metric,value,sd,low,high,discrepancy,used\n"
STUDY = "residents = 2000\n[parameters]\naccountability = { low = 0, high = 1 }\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "evidence.csv"
    path.write_text(text)
    return path


def test_a_value_with_its_error_or_with_its_ends(tmp_path: Path) -> None:
    found = read_evidence(
        written(
            tmp_path,
            "metric,value,sd,low,high,discrepancy,used\nclosure_gap,0.1,0.02,,,0.03,\ntrust_mean,,,0.4,0.6,,no\n",
        )
    )
    assert found[0] == Evidence("closure_gap", 0.1, 0.02, 0.03, True)
    assert (found[1].metric, found[1].value, found[1].used) == ("trust_mean", pytest.approx(0.5), False)
    assert found[1].error == pytest.approx(0.1 / 1.6449, rel=1e-3)


def test_places_count_once_and_their_spread_is_the_error_of_a_further_place(tmp_path: Path) -> None:
    text = "metric,value,place\ntrust_mean,0.2,A\ntrust_mean,0.4,A\ntrust_mean,0.5,B\ntrust_mean,0.7,C\n"
    (found,) = read_evidence(written(tmp_path, text))
    assert (found.value, found.places) == (pytest.approx(0.5), 3)
    assert found.error == pytest.approx(0.2 * (1 + 1 / 3) ** 0.5)


def test_everything_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    lines = ("closure_gapp,0.1,0.1,,", "trust_mean,many,0.1,,", "trust_mean,,,0.9,0.2", "trust_mean,,,,")
    text = "\n".join(("metric,value,sd,low,high", *lines, ""))
    with pytest.raises(InputErrors) as wrong:
        read_evidence(written(tmp_path, text))
    problems = wrong.value.problems
    assert [any(f"evidence.csv:{line}:" in one for one in problems) for line in (2, 3, 4)] == [True] * 3
    assert any("closure_gap" in one and "closure_gapp" in one for one in problems)


def test_one_place_has_to_say_how_far_it_may_be_off(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="sd"):
        read_evidence(written(tmp_path, "metric,value\ntrust_mean,0.5\n"))


def test_a_study_holds_evidence_or_names_its_file(tmp_path: Path) -> None:
    written(tmp_path, "metric,value,sd\ntrust_mean,0.5,0.1\n")
    named = parse_study(f'evidence = "evidence.csv"\n{STUDY}', "s", "s", tmp_path, designed=False)
    held = parse_study(
        f"{STUDY}[[evidence]]\nmetric = 'trust_mean'\nvalue = 0.5\nsd = 0.1\n", "s", "s", tmp_path, designed=False
    )
    assert named.evidence == held.evidence == (Evidence("trust_mean", 0.5, 0.1),)
    assert held.contents()["evidence"][0]["metric"] == "trust_mean"
    for bad in ("evidence = 3\n", 'evidence = "../other.csv"\n', 'evidence = "none.csv"\n'):
        with pytest.raises(InputErrors):
            parse_study(bad + STUDY, "s", "s", tmp_path, designed=False)


def test_measures_are_what_they_say() -> None:
    outcomes = {
        "true_resolution_rate": 0.6,
        "reported_closure_rate": 0.8,
        "satisfaction_rate": 0.9,
        "satisfaction_gap": 0.3,
        "on_time_rate": 0.7,
        "duplicate_file_rate": 0.02,
        "case_files": 300.0,
        "reports": 600.0,
        "days_to_close_mean": 10.0,
    }
    values = {name: metric_value(name, outcomes, 2000, 365) for name in MEASURES if name != "closed"}
    assert values == pytest.approx(
        {
            "solved_of_closed": 0.75,
            "felt_satisfaction": 0.6,
            "carried_over": 0.25,
            "requests_per_person_year": 0.15,
            "closed_later_than_30_days": 0.2,
            "closed_on_time": 0.7,
            "duplicates": 0.02,
            "files_per_1000": 150.0,
            "reports_per_1000": 300.0,
        }
    )
    assert all(metric_value(name, {}, 2000, 365) != metric_value(name, {}, 2000, 365) for name in MEASURES)
    assert all(metric_label(name, "zh") and metric_unit(name) for name in metric_names())


def test_shipped_evidence_has_sources_and_no_quotes() -> None:
    with SHIPPED_FILE.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == len({row["id"] for row in rows}) > 40
    assert all(row["source"] and row["url"].startswith("http") and row["place"] and row["denominator"] for row in rows)
    assert "quote" not in rows[0]
    # what stands at its ceiling tells nothing, so it is kept for the check
    assert all(
        row["used"] == "false" for row in rows if row["metric"] in ("on_time_rate", "closure_rate", "satisfaction_rate")
    )
    study = read_study(SHIPPED_STUDY, designed=False)
    assert {one.metric for one in study.evidence if one.used} >= {"solved_of_closed", "felt_satisfaction"}
    assert all(one.error > 0 for one in study.evidence)


def test_each_shipped_district_has_evidence_that_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those made from records too: what was counted has no error of its own."""
    for name in SHIPPED:
        monkeypatch.setenv(VARIABLE, name)
        evidence = read_study(SHIPPED_STUDY, designed=False).evidence
        assert any(one.used for one in evidence), name
    assert {one.error for one in evidence} == {0.0}  # Dorchester is the last
