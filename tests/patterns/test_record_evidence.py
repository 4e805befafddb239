"""Evidence from records: known figures of a known file, and errors that shrink with the number of requests."""

from pathlib import Path

import numpy as np
import pytest

from pingan_abm.commands.infer import _with_records
from pingan_abm.patterns.record_evidence import evidence_from
from pingan_abm.patterns.service_requests import Requests
from pingan_abm.study.plan.files import parse_study
from pingan_abm.texts.errors import InputErrors


def requests(count: int, days: int = 300) -> Requests:
    """Requests spread evenly over the days; a half closed after 2 days, a half after 10, due after 5."""
    opened = np.linspace(0.0, days - 0.5, count)
    took = np.where(np.arange(count) % 2 == 0, 2.0, 10.0)
    nobody = np.zeros(count, int)
    daily = np.bincount(opened.astype(int), minlength=days).astype(float)
    return Requests(opened, opened + took, opened + 5.0, nobody, nobody, nobody, daily, 0)


def test_figures_of_a_known_file() -> None:
    found = {one.metric: one for one in evidence_from(requests(6000), people=10_000)}
    assert found["days_to_close_mean"].value == pytest.approx(6.0, abs=0.02)
    assert found["days_to_close_p90"].value == pytest.approx(10.0)
    assert found["on_time_rate"].value == pytest.approx(0.5, abs=0.01)
    assert found["reported_closure_rate"].value == 1.0
    assert found["files_per_1000"].value == pytest.approx(6000 / 10_000 * 1000 * 365 / 300, rel=0.02)
    # the mean of n values 2 or 10 has the error 4/√n; those opened in the last 90 days do not count
    assert found["days_to_close_mean"].error == pytest.approx(4.0 / np.sqrt(6000 * 209 / 300), rel=0.2)
    fewer = {one.metric: one for one in evidence_from(requests(600), people=10_000)}
    assert fewer["days_to_close_mean"].error > 2.0 * found["days_to_close_mean"].error


def test_what_is_still_open_counts_as_ninety_days() -> None:
    whole = requests(1000)
    still = Requests(**{**vars(whole), "closed": np.full(1000, np.nan)})
    assert {one.metric: one.value for one in evidence_from(still)}["days_to_close_mean"] == 90.0


def test_a_study_takes_evidence_from_records(tmp_path: Path) -> None:
    rows = "".join(
        f"2020-0{month}-{day:02d},2020-0{month}-{day + 2:02d},noise\n" for month in range(1, 8) for day in range(1, 27)
    )
    (tmp_path / "requests.csv").write_text(f"from,until,category\n{rows}")
    head = "residents = 2000\n[parameters]\naccountability = { low = 0, high = 1 }\n"
    other = "[[evidence]]\nmetric = 'days_to_close_mean'\nvalue = 50\nsd = 1\n"
    table = "[records]\nfile = 'requests.csv'\nopened = 'from'\nclosed = 'until'\npeople = 1000\n"
    study = _with_records(parse_study(head + other + table, "s", "s", tmp_path, designed=False))
    found = {one.metric: one.value for one in study.evidence}
    assert found["days_to_close_mean"] == pytest.approx(2.0)
    assert found["files_per_1000"] == pytest.approx(7 * 26 / 207 * 365, rel=0.1)
    for bad in ("file = 3\n", "file = '../x.csv'\n", "people = 5\n", "file = 'requests.csv'\npeopel = 3\n"):
        with pytest.raises(InputErrors):
            parse_study(f"{head}[records]\n{bad}", "s", "s", tmp_path, designed=False)
