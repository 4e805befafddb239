"""The search for portfolios: a known front is found, and a search that was broken off goes on along the same path."""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.study.decide.portfolios import JOURNAL, Journal
from pingan_abm.study.decide.search import Losses, Portfolio, Settings, dominates, front, loss, robust, search
from pingan_abm.study.plan.ranges import Range
from pingan_abm.texts.errors import InputErrors

pytest.importorskip("optuna")

SIX = tuple(
    Range(name, "number", low=0.0, high=1.0)
    for name in (
        "channel_integration",
        "accountability",
        "purchase_share",
        "risk_focus",
        "jurisdiction_clarity",
        "satisfaction_weight",
    )
)


#: What a line of a journal may be that is none.
LINES = (
    b"\xff\xfe",
    b"{",
    b"[1]",
    b"7",
    b'{"settings": "b"}',
    b'{"settings": [], "values": [[[1.0, 2.0]]]}',
    b"[" * 100_000,
    *(b'{"settings": "b", "values": %s}' % one for one in (b"[]", b"[[[1.0]]]", b'[[["1", 2.0]]]', b"[[1.0, 2.0]]")),
)


def dtlz2(settings: Settings) -> Losses:
    """Three outcomes of six levers whose front is known: the part of the unit sphere where none is negative (Deb,
    Thiele, Laumanns and Zitzler 2002). How far a point lies outside is what its last four levers miss."""
    first, second, *rest = (settings[one.name] for one in SIX)
    off = 1.0 + sum((value - 0.5) ** 2 for value in rest)
    one, two = first * math.pi / 2, second * math.pi / 2
    return off * math.cos(one) * math.cos(two), off * math.cos(one) * math.sin(two), off * math.sin(one)


def evaluate(chosen: Sequence[Settings]) -> list[Losses]:
    return [dtlz2(settings) for settings in chosen]


def test_a_search_over_six_levers_and_three_outcomes_finds_the_known_front() -> None:
    tried = search(SIX, 3, evaluate, population=60, generations=25, seed=1)
    found = front(tried)
    radii = [math.dist((0.0, 0.0, 0.0), one.losses) for one in found]
    begun = [math.dist((0.0, 0.0, 0.0), one.losses) for one in tried[:60]]
    assert len(found) > 20
    assert sum(radii) / len(radii) < 1.06  # 1 is the front itself
    assert sum(begun) / len(begun) > 1.25
    for axis in range(3):  # each corner of the front is reached: one outcome alone at its best
        assert min(one.losses[axis] for one in found) < 0.1
        assert max(one.losses[axis] for one in found) > 0.9


def test_the_path_does_not_depend_on_where_it_was_broken_off() -> None:
    whole = search(SIX, 2, evaluate_two, population=8, generations=4, seed=3)
    kept = {repr(sorted(one.settings.items())): one.losses for one in whole[:16]}
    done: list[int] = []

    def resumed(chosen: Sequence[Settings]) -> list[Losses]:
        known = [kept.get(repr(sorted(one.items()))) for one in chosen]
        done.append(sum(one is None for one in known))
        return [dtlz2(one)[:2] if old is None else old for one, old in zip(chosen, known, strict=True)]

    assert search(SIX, 2, resumed, population=8, generations=4, seed=3) == whole
    assert done == [0, 0, 8, 8]
    assert search(SIX, 2, evaluate_two, population=8, generations=4, seed=4) != whole


def evaluate_two(chosen: Sequence[Settings]) -> list[Losses]:
    return [dtlz2(settings)[:2] for settings in chosen]


@pytest.mark.parametrize(
    "line",
    LINES,
)
def test_a_line_of_the_journal_that_says_something_else_is_done_again(tmp_path: Path, line: bytes) -> None:
    good = {"a": [[[1.0, None]]], "c": [[[3, 4.5]]]}
    journal = Journal(tmp_path, (1, 1, 2))
    journal.add([("a", good["a"])])
    with journal.path.open("ab") as opened:
        opened.write(line + b"\n")
    journal.add([("c", good["c"])])
    with journal.path.open("ab") as opened:
        opened.write(b'{"settings": "d", "val')
    assert Journal(tmp_path, (1, 1, 2)).known == good
    assert journal.path.read_bytes().endswith(b"\n")


def test_a_folder_in_the_place_of_the_journal_is_told(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).mkdir()
    with pytest.raises(InputErrors, match=JOURNAL):
        Journal(tmp_path, (1, 1, 2))


def test_what_another_beats_everywhere_is_not_of_the_front() -> None:
    made = [Portfolio({"a": place}, losses) for place, losses in enumerate([(1.0, 3.0), (2.0, 2.0), (2.0, 3.0)])]
    assert [one.losses for one in front([*made, made[0]])] == [(1.0, 3.0), (2.0, 2.0)]
    assert dominates((1.0, 1.0), (1.0, 2.0)) and not dominates((1.0, 1.0), (1.0, 1.0))


def test_robust_values_are_means_or_those_of_the_worst_tenth() -> None:
    values = [float(value) for value in range(20)]
    assert robust(values, "mean", "up") == pytest.approx(9.5)
    assert robust(values, "worst_tenth", "up") == pytest.approx(0.5)  # of 0 and 1
    assert robust(values, "worst_tenth", "down") == pytest.approx(18.5)
    assert robust([1.0, None], "mean", "up") is None
    assert (loss(0.5, "up"), loss(0.5, "down")) == (-0.5, 0.5) and loss(None, "up") > 1e9


STUDY = """
residents = 2000
days = 120
warmup = 0
replications = 2
[parameters]
staffing = {{ low = 0.5, high = 2.0 }}
inspectors = {{ low = 0, high = 60 }}
[search]
outcomes = ["solved_share", "cost"]
beliefs = "sheet.toml"
robust = "worst_tenth"
population = 4
generations = {generations}
fresh = 2
"""
SHEET = "samples = 2\n[ranges]\nproblem_rate = { low = 0.4, high = 0.6 }\n"


def test_a_search_in_the_district_is_the_same_for_any_workers_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sheet.toml").write_text(SHEET)
    for name, generations in (("whole", 2), ("short", 1)):
        (tmp_path / f"{name}.toml").write_text('name = "one"' + STUDY.format(generations=generations))
    words = {name: ["search", str(tmp_path / f"{name}.toml")] for name in ("whole", "short")}
    assert run_command([*words["whole"], "--out", str(tmp_path / "a"), "--workers", "1", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert run_command([*words["short"], "--out", str(tmp_path / "b"), "--workers", "2"]) == 0
    before = (tmp_path / "b" / "search.jsonl").read_bytes()
    assert run_command([*words["whole"], "--out", str(tmp_path / "b"), "--workers", "2"]) == 0
    assert (tmp_path / "b" / "search.jsonl").read_bytes().startswith(before)  # what was done is not done again
    for file in ("search.json", "front.csv", "front.svg"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    assert printed == json.loads((tmp_path / "a" / "search.json").read_bytes())
    costs = [one["outcomes"]["cost"]["fresh"] for one in printed["front"]]
    solved = [one["outcomes"]["solved_share"]["searched"] for one in printed["front"]]
    assert solved == sorted(solved, reverse=True) and costs == sorted(costs, reverse=True)  # a front of two
    assert printed["flattery"]["cost"] is None and printed["flattery_of_the_baseline"]["solved_share"] is not None


def test_a_search_that_cannot_be_is_refused_with_everything_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text(
        'name = "bad"\n[parameters]\nstaffing = { low = 0.5, high = 2.0 }\n[search]\n'
        'outcomes = ["solved_shar", "feedback_rate"]\nrobust = "best"\nbeliefs = "../sheet.toml"\n'
        "population = 1\nx = 1\n"
    )
    assert run_command(["search", str(tmp_path / "bad.toml"), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    for part in ('Did you mean "solved_share"?', "feedback_rate has no better", "robust", "beliefs", "population", "x"):
        assert part in told, part
    assert not (tmp_path / "out").exists()


def test_of_a_study_without_a_search_nothing_is_said_that_follows_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain.toml").write_text('name = "plain"\n[parameters]\nstaffing = { low = 0.5, high = 2.0 }\n')
    assert run_command(["search", str(tmp_path / "plain.toml"), "--out", str(tmp_path / "out"), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "a search needs a table [search]" in told and "search.outcomes" not in told
