"""Calibration on functions whose answer is known; killed and resumed, it takes the same path."""

from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from pingan_abm.commands.seeking import read_for_fit
from pingan_abm.study.infer.calibration import FAR, JOURNAL, calibrate, misfit
from pingan_abm.study.infer.journal import damaged
from pingan_abm.study.infer.trials import finished_trials
from pingan_abm.study.plan.files import read_study
from pingan_abm.study.plan.ranges import Range
from pingan_abm.study.plan.study import Target
from pingan_abm.texts.errors import InputErrors, Sentence

RANGES = (Range("accountability", "number", low=0.0, high=1.0), Range("joint_dispatch_after", "integer", low=1, high=5))
TARGETS = (Target("returns_per_dispatch", 0.3, 0.05), Target("perfunctory_share", 0.6, 0.1))


def outcomes(settings: Mapping[str, Any]) -> dict[str, list[float | None]]:
    """Both targets are met at accountability 0.3 and joint_dispatch_after 3."""
    value, after = settings["accountability"], settings["joint_dispatch_after"]
    return {"returns_per_dispatch": [value - 0.01, value + 0.01], "perfunctory_share": [after / 5, after / 5]}


class Killed(BaseException):
    """Stands for a process that ends in the middle of a trial."""


class Dying:
    """Evaluates so many trials, then dies."""

    def __init__(self, lives: int) -> None:
        self.lives = lives

    def __call__(self, settings: Mapping[str, Any]) -> dict[str, list[float | None]]:
        self.lives -= 1
        if self.lives < 0:
            raise Killed
        return outcomes(settings)


def test_the_targets_are_reached(tmp_path: Path) -> None:
    fit = calibrate(tmp_path, RANGES, TARGETS, outcomes, trials=60, seed=0)
    assert fit is not None
    assert fit.settings["joint_dispatch_after"] == 3
    assert fit.settings["accountability"] == pytest.approx(0.3, abs=0.05)
    assert fit.misfit < 1.0
    assert fit.trials == 60
    assert fit.outcomes["perfunctory_share"] == pytest.approx(0.6)


def test_the_best_tenth_tells_how_flat_the_optimum_is(tmp_path: Path) -> None:
    """Among the best tenth of the trials a coefficient that moves the targets spans little of its range."""
    ranges = (
        *RANGES,
        Range("learning_rate", "number", low=0.0, high=1.0),
        Range("revisits", "values", values=(False, True)),
    )
    seen: list[tuple[float, Mapping[str, Any]]] = []

    def noted(settings: Mapping[str, Any]) -> dict[str, list[float | None]]:
        values = outcomes(settings)
        seen.append((misfit(TARGETS, {name: sum(filter(None, ones)) / 2 for name, ones in values.items()}), settings))
        return values

    fit = calibrate(tmp_path, ranges, TARGETS, noted, trials=61, seed=0)
    assert fit is not None
    best = sorted(seen, key=itemgetter(0))[:7]  # a tenth of 61, rounded up
    assert fit.near.trials == 7
    assert fit.near.misfit == pytest.approx(best[-1][0])
    for name in ("accountability", "joint_dispatch_after", "learning_rate"):
        values = [settings[name] for _, settings in best]
        assert fit.near.spans[name] == (min(values), max(values))
    assert fit.near.spans["joint_dispatch_after"] == (3, 3)
    assert set(fit.near.spans["revisits"]) == {settings["revisits"] for _, settings in best}
    low, high = fit.near.spans["accountability"]
    assert high - low < 0.3


def test_killed_and_resumed_takes_the_same_path(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for folder in (whole, broken):
        folder.mkdir()
    expected = calibrate(whole, RANGES, TARGETS, outcomes, trials=20, seed=7)
    for _ in range(3):
        with pytest.raises(Killed):
            calibrate(broken, RANGES, TARGETS, Dying(5), trials=20, seed=7)
    assert calibrate(broken, RANGES, TARGETS, outcomes, trials=20, seed=7) == expected


def test_cut_off_anywhere_in_its_last_records_it_takes_the_same_path(tmp_path: Path) -> None:
    """A kill or a full disk leaves half a record; what was to follow is done again."""
    (tmp_path / "whole").mkdir()
    expected = calibrate(tmp_path / "whole", RANGES, TARGETS, outcomes, trials=4, seed=7)
    journal = (tmp_path / "whole" / JOURNAL).read_bytes()
    told: list[Sentence] = []
    last = len(journal) - len(b"".join(journal.splitlines(keepends=True)[-6:]))
    for cut in range(last, len(journal), 7):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / JOURNAL).write_bytes(journal[:cut])
        assert calibrate(folder, RANGES, TARGETS, outcomes, trials=4, seed=7, on_damage=told.append) == expected
    assert told == []


def test_what_was_appended_behind_half_a_record_is_set_aside_and_done_again(tmp_path: Path) -> None:
    expected = calibrate(tmp_path, RANGES, TARGETS, outcomes, trials=6, seed=7)
    path, told = tmp_path / JOURNAL, list[Sentence]()
    lines = path.read_bytes().splitlines(keepends=True)
    broken = b"".join([*lines[:-4], lines[-4][:20], *lines[-3:]])
    path.write_bytes(broken)
    assert calibrate(tmp_path, RANGES, TARGETS, outcomes, trials=6, seed=7, on_damage=told.append) == expected
    assert [one.parts["line"] for one in told] == [len(lines) - 3]
    assert damaged(path, 1).read_bytes() == broken
    assert calibrate(tmp_path, RANGES, TARGETS, Dying(0), trials=6, seed=7) == expected


def test_a_finished_calibration_runs_nothing(tmp_path: Path) -> None:
    first = calibrate(tmp_path, RANGES, TARGETS, outcomes, trials=5, seed=0)
    assert calibrate(tmp_path, RANGES, TARGETS, Dying(0), trials=5, seed=0) == first


def test_other_targets_do_not_mix(tmp_path: Path) -> None:
    calibrate(tmp_path, RANGES, TARGETS, outcomes, trials=1, seed=0)
    with pytest.raises(InputErrors, match="other targets"):
        calibrate(tmp_path, RANGES, TARGETS[:1], outcomes, trials=2, seed=0)
    with pytest.raises(InputErrors, match="other seed"):
        calibrate(tmp_path, RANGES, TARGETS, outcomes, trials=2, seed=1)


def test_dates_and_listed_values_come_back_in_their_type(tmp_path: Path) -> None:
    ranges = (
        Range("campaign_start", "date", low=date(2014, 3, 1), high=date(2014, 5, 1)),
        Range("command_centre", "values", values=(False, True)),
    )
    seen: list[Mapping[str, Any]] = []

    def evaluate(settings: Mapping[str, Any]) -> dict[str, list[float | None]]:
        seen.append(settings)
        return {"crises": [float(settings["command_centre"])]}

    fit = calibrate(tmp_path, ranges, (Target("crises", 1.0, 1.0),), evaluate, trials=8, seed=0)
    assert fit is not None
    assert fit.settings["command_centre"] is True
    assert fit.settings in seen
    assert all(date(2014, 3, 1) <= one["campaign_start"] <= date(2014, 5, 1) for one in seen)


def test_without_a_value_there_is_no_fit(tmp_path: Path) -> None:
    def nothing(settings: Mapping[str, Any]) -> dict[str, list[float | None]]:
        return {"returns_per_dispatch": [0.3, None]}

    assert calibrate(tmp_path, RANGES, TARGETS, nothing, trials=3, seed=0) is None


def test_misfit_is_in_units_of_the_scales() -> None:
    assert misfit(TARGETS, {"returns_per_dispatch": 0.35, "perfunctory_share": 0.8}) == pytest.approx((1.0 + 4.0) / 2)
    assert misfit(TARGETS, {"returns_per_dispatch": None, "perfunctory_share": 0.6}) == FAR


def test_a_look_counts_the_trials_that_are_finished(tmp_path: Path) -> None:
    assert finished_trials(tmp_path) == 0
    with pytest.raises(Killed):
        calibrate(tmp_path, RANGES, TARGETS, Dying(3), trials=9, seed=0)
    assert finished_trials(tmp_path) == 3
    fit = calibrate(tmp_path, RANGES, TARGETS, outcomes, trials=5, seed=0)
    assert fit is not None and finished_trials(tmp_path) == fit.trials == 5
    with (tmp_path / JOURNAL).open("ab") as journal:
        journal.write(b'[]\n{"op_code": 6, "trial_id": 0, "state": 1}\n{"op_code": 6, "tri')
    assert finished_trials(tmp_path) == 5
    (tmp_path / JOURNAL).unlink()
    (tmp_path / JOURNAL).mkdir()
    assert finished_trials(tmp_path) is None


def test_nothing_to_reach_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="targets"):
        calibrate(tmp_path, RANGES, (), outcomes, trials=1, seed=0)


def test_ranges_to_fit_need_no_design(tmp_path: Path) -> None:
    file = tmp_path / "fit.toml"
    file.write_text(
        "[parameters]\naccountability = { low = 0.2, high = 0.8 }\n[targets]\n"
        "closure_gap = { value = 0.1, scale = 0.02 }\n"
    )
    assert read_for_fit(file).ranges == (Range("accountability", "number", low=0.2, high=0.8),)
    with pytest.raises(InputErrors, match="a grid needs a number of steps"):
        read_study(file)
