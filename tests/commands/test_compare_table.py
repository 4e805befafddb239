"""The table of a comparison: both intervals side by side, within a hundred columns, and the figures those of the
comparison."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from pingan_abm.commands.comparison_table import print_comparison
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.numbers import half_width
from pingan_abm.report.summary import HEADLINES
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.decide.compare import Arm, Replicated

BASE = RunSpec(load_scenario("pingan365"), residents=2000, days=40)
ARMS = (Arm("pingan365", BASE), Arm("strict", replace(BASE, settings={"accountability": 0.9})))
LARGE = {"share": 0.4, "yuan": 1_234.0, "count": 28_765.0, "days": 85.0}  # as wide as figures of a district get
COLUMNS = 100


def filled() -> Replicated:
    """Three replications, in which the first arm has 1, 1¼ and 1¾ of a unit, and the second 0.16, 0.2 and 0.24 of it
    more."""
    done = Replicated(ARMS)
    for label, added in (("pingan365", (0.0, 0.0, 0.0)), ("strict", (0.16, 0.2, 0.24))):
        units = {name: LARGE.get(one.unit, 1.0) for name, one in OUTCOMES.items()}
        done.outcomes[label] = {
            number: {name: unit * (1.0 + level / 4 + added[number]) for name, unit in units.items()}
            for number, level in enumerate((0, 1, 3))
        }
    return done


def printed(language: str) -> list[str]:
    said = io.StringIO()
    print_comparison(Console(file=said, width=200), filled(), HEADLINES, [], language)
    return said.getvalue().splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_fits_a_hundred_columns(language: str) -> None:
    from rich.cells import cell_len

    lines = printed(language)
    assert len(lines) > len(HEADLINES)
    assert max(cell_len(line.rstrip()) for line in lines) <= COLUMNS


def test_the_verdict_stands_with_the_difference_and_the_precision_apart_from_it() -> None:
    (one,) = filled().comparisons(["true_resolution_rate"])
    (row,) = [line.split() for line in printed("en") if line.startswith(OUTCOMES["true_resolution_rate"].label("en"))]
    assert (
        one.low is not None and one.high is not None and one.unpaired_low is not None and one.unpaired_high is not None
    )
    paired, apart = (
        100 * (high - low) / 2 for low, high in ((one.low, one.high), (one.unpaired_low, one.unpaired_high))
    )
    assert paired == pytest.approx(100 * 0.4 * 0.04 * 4.302653 / 3**0.5)
    assert row[-6:] == ["+8.0", f"±{paired:.1f}", "better", f"±{apart:.1f}", f"{apart / paired:.1f}", "×"]


def test_half_of_an_interval() -> None:
    assert half_width(-0.01, 0.03, "share") == "±2.0"
    assert half_width(5.0, 25.0, "count") == "±10.0"
    assert half_width(0.0, 0.0, "days") == "±0.0"
    assert half_width(None, 1.0, "share") == ""
