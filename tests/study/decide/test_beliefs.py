"""Beliefs files, and regret worked out by hand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.study.decide.beliefs import (
    EVERYBODY,
    Beliefs,
    Complaints,
    checked_beliefs,
    read_beliefs,
    standings,
)
from pingan_abm.texts.errors import InputErrors

FILE = """
samples = 8
[participants.Lin]
problem_rate = { low = 0.4, high = 0.6 }
[participants."Old Wang"]
problem_rate = { low = 0.6, high = 0.9 }
work_median = { values = [1.0, 3.0] }
"""


def read(tmp_path: Path, text: str) -> Beliefs:
    path = tmp_path / "beliefs.toml"
    path.write_text(text, "utf-8")
    return read_beliefs(path)


def test_everybody_keeps_to_their_own_ranges(tmp_path: Path) -> None:
    beliefs = read(tmp_path, FILE)
    assert beliefs.samples == 8
    assert [one.who for one in beliefs.of] == ["Lin", "Old Wang"]
    for one, (low, high) in zip(beliefs.of, ((0.4, 0.6), (0.6, 0.9)), strict=True):
        points = one.points(beliefs.samples, seed=0)
        assert len(points) == 8
        assert all(low <= point["problem_rate"] <= high for point in points)
        assert points == one.points(beliefs.samples, seed=0)
    assert {point["work_median"] for point in beliefs.of[1].points(8, seed=0)} == {1.0, 3.0}


def test_a_file_without_names(tmp_path: Path) -> None:
    (belief,) = read(tmp_path, "[ranges]\nproblem_rate = { low = 0.4, high = 0.6 }").of
    assert belief.who == EVERYBODY


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as told:
        read(
            tmp_path,
            "sampels = 3\nsamples = 0\n[participants.Lin]\nproblem_rat = { low = 0.1, high = 0.2 }\nwork_median = 3\n"
            "[participants.Wang]\n",
        )
    text = str(told.value)
    for words in (
        "line 1: sampels",
        "line 2: samples",
        "line 4: participants.Lin.problem_rat",
        "line 5: participants.Lin.work_median",
        "line 6: participants.Wang: write at least one range",
    ):
        assert words in text
    for words in (
        'Did you mean "samples"',
        "samples: 0 is not usable",
        "problem_rate",
        "work_median",
        "participants.Wang",
    ):
        assert words in text


def test_unknown_keys_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as told:
        read(tmp_path, "aaa = 1\nsampels = 2\nbbb = 1\n[ranges]\nproblem_rate = { low = 0.4, high = 0.6 }\n")
    path = tmp_path / "beliefs.toml"
    assert set(told.value.problems) == {
        f"{path}, line 1, 3: aaa, bbb: there are no such keys. There are: samples, ranges, participants, points.",
        f'{path}, line 2: sampels: there is no such key. Did you mean "samples"?',
    }


def test_either_ranges_or_participants(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="either"):
        read(tmp_path, "samples = 4")


def test_regret_by_hand() -> None:
    results = {"a": [[1.0, 3.0], [4.0, 4.0]], "b": [[3.0, 3.0], [1.0, 1.0]]}
    a, b = standings("Lin", results, "up")
    assert (a.mean, a.regret_mean, a.regret_most, a.best_share) == (3.0, 0.5, 1.0, 0.5)
    assert (b.mean, b.regret_mean, b.regret_most, b.best_share) == (2.0, 1.5, 3.0, 0.5)
    down, _ = standings("Lin", results, "down")
    assert (down.regret_mean, down.regret_most) == (1.5, 3.0)
    none, _ = standings("Lin", results, "none")
    assert none.regret_mean is None


def test_points_without_a_value_count_for_nobody() -> None:
    a, b = standings("", {"a": [[1.0], [None], [5.0]], "b": [[2.0], [9.0], [5.0]]}, "up")
    assert (a.mean, b.mean) == (3.0, 3.5)
    assert standings("", {"a": [[None]], "b": [[1.0]]}, "up") == []


def test_a_tie_makes_nobody_the_best() -> None:
    results = {"a": [[0.0], [0.0], [2.0]], "b": [[0.0], [1.0], [1.0]], "c": [[0.0], [1.0], [0.0]]}
    assert [one.best_share for one in standings("", results, "up")] == [pytest.approx(1 / 3), 0.0, 0.0]
    assert [one.best_share for one in standings("", results, "down")] == [
        pytest.approx(1 / 3),
        0.0,
        pytest.approx(1 / 3),
    ]
    assert [one.regret_mean for one in standings("", {"a": [[1.0]], "b": [[1.0]]}, "up")] == [0.0, 0.0]


@given(st.lists(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3), min_size=1, max_size=4))
def test_nobody_or_one_is_best_at_every_point(table: list[list[float]]) -> None:
    results = {str(number): [[value] for value in row] for number, row in enumerate(table)}
    found = standings("", results, "up")
    ties = sum(column.count(max(column)) > 1 for column in map(list, zip(*table, strict=True)))
    assert sum(one.best_share or 0.0 for one in found) == pytest.approx((3 - ties) / 3)
    assert all(
        one.regret_mean is not None and 0.0 <= one.regret_mean <= (one.regret_most or 0.0) + 1e-9 for one in found
    )


@given(
    st.dictionaries(
        st.text(max_size=8),
        st.one_of(
            st.none(),
            st.integers(),
            st.text(max_size=5),
            st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
        ),
        max_size=4,
    )
)
def test_whatever_is_written_is_read_or_refused(data: dict[str, object]) -> None:
    try:
        assert checked_beliefs(data, Complaints("file", "")).of
    except InputErrors as wrong:
        assert wrong.problems


def test_a_coefficient_is_believed_like_any_other_number(tmp_path: Path) -> None:
    beliefs = read(tmp_path, "samples = 4\n[ranges]\npaper_strain_effect = { low = 5.0, high = 40.0 }\n")
    points = beliefs.of[0].points(beliefs.samples, seed=0)
    assert all(5.0 <= point["paper_strain_effect"] <= 40.0 for point in points)
    with pytest.raises(InputErrors, match="paper_strain_effect"):
        read(tmp_path, "samples = 4\n[ranges]\npaper_strain_effect = { low = 5.0, high = 400.0 }\n")
