"""R29 and R30: what goes public and what becomes of it; when line units serve their second principal."""

import numpy as np
import pytest
from helpers.runs import lived
from helpers.settings import with_settings

from pingan_abm import rules
from pingan_abm.behaviour.public import comply, go_public, in_wave, may_go_public
from pingan_abm.behaviour.units import open_day
from pingan_abm.model import PinganModel
from pingan_abm.world.calendar import RESIDENTS, Due
from pingan_abm.world.problems import LATENT, REGISTERED, SOLVED

SMALL = {"residents": 20_000, "seed": 5}


@pytest.fixture(scope="module")
def quiet() -> PinganModel:
    return lived(200, parameters={"problem_rate": 1.0}, **SMALL)


@pytest.fixture(scope="module")
def loud() -> PinganModel:
    return lived(200, parameters={"problem_rate": 1.0, "public_voice": 1.0}, **SMALL)


def test_only_who_was_let_down_goes_public_and_only_where_that_is_possible(
    quiet: PinganModel, loud: PinganModel
) -> None:
    assert quiet.world.tally[0].went_public == 0 and not quiet.world.used("problems")["public"].any()
    problems = loud.world.used("problems")
    public = problems[problems["public"] > 0]
    assert len(public) == loud.world.tally[0].went_public > 50
    assert (~np.isnan(public["registered"])).all() and ((public["reported"] > 0) | (public["crisis"] == 1)).all()
    others = problems[(problems["public"] == 0) & (problems["reported"] > 0)]
    assert public["severity"].mean() > others["severity"].mean()  # the graver go first


def test_public_files_come_first_and_are_closed_on_paper_less(loud: PinganModel) -> None:
    """Of closures of those problems, before they went public and after: the same units, the same problems."""
    c = with_settings()
    assert rules.queue_priority(c, 0.3, False, False, 0, False, True) == pytest.approx(
        rules.queue_priority(c, 0.3, False, False, 0, False, False) + 1.0
    )
    glossed = lived(200, parameters={"problem_rate": 1.0, "public_voice": 1.0, "paper_public_effect": 0.0}, **SMALL)

    def paper_of_public(model: PinganModel) -> float:
        parts = model.world.used("assignments")
        begun = parts[~np.isnan(parts["begun"]) & (parts["begun"] > 0)]
        public = model.world.problems["public"][model.world.cases["problem"][begun["case"]]] > 0
        return float(begun["paper"][public & (begun["attempt"] > 1)].mean())

    assert paper_of_public(loud) < 0.8 * paper_of_public(glossed)


def test_whoever_causes_a_public_problem_may_comply() -> None:
    model = lived(30, parameters={"public_compliance": 0.9, "problem_rate": 1.0}, residents=34_500)
    w = model.world
    open_ones = np.flatnonzero(w.used("problems")["state"] == REGISTERED)[:80]
    assert len(open_ones) == 80

    def due() -> int:
        found, heads = 0, w.heads[RESIDENTS]
        for day in range(len(heads)):
            node = int(heads[day])
            while node >= 0:
                found += int(w.nodes["kind"][node]) == Due.COMPLIANCE
                node = int(w.nodes["next"][node])
        return found

    w.heads = np.full((len(w.heads), 3_000), -1, np.int32)
    w.subtypes["enforcement"] = 0.0  # nobody does anything forbidden
    for number in open_ones[:40]:
        go_public(w, int(number), 0, 30.0, 1.0, 0.0)
    assert due() == 0
    w.subtypes["enforcement"] = 1.0
    for number in open_ones[40:]:
        go_public(w, int(number), 0, 30.0, 1.0, 0.0)
    assert 30 <= due() <= 40  # nine in ten
    solved, trust = int(w.tally[0].solved), w.trust.copy()
    comply(w, int(open_ones[40]), 31.0)
    comply(w, int(open_ones[40]), 32.0)  # nothing more to do
    assert w.problems["state"][open_ones[40]] == SOLVED and w.problems["solved"][open_ones[40]] == 31.0
    assert w.tally[0].solved == solved + 1 and w.tally[0].complied == 1
    assert (w.trust > trust).any() and not (w.trust < trust).any()


def test_what_is_solved_or_unknown_does_not_go_public() -> None:
    model = lived(40, parameters={"public_voice": 1.0, "public_anger_effect": 1.0}, residents=10_000)
    w = model.world
    w.residents["satisfaction"] = 0.0  # everybody would speak up
    before = int(w.tally[0].went_public)
    for state in (SOLVED, LATENT):
        for number in np.flatnonzero(w.used("problems")["state"] == state)[:50]:
            may_go_public(w, int(number), 0, 20, 40.0)
    assert w.tally[0].went_public == before
    number = int(np.flatnonzero((w.used("problems")["state"] == REGISTERED) & (w.used("problems")["public"] == 0))[0])
    may_go_public(w, number, 0, 20, 40.0)
    may_go_public(w, number, 0, 36, 40.0)  # once
    assert w.tally[0].went_public == before + 1


def test_line_units_serve_their_second_principal_in_waves_and_block_units_do_not() -> None:
    w = PinganModel(residents=20_000, days=1, warmup=0, fatigue=0.0).world
    w.units["pressure"] = 0.0
    days = range(1_200)
    waves = np.array([[in_wave(w, u, day) for day in days] for u in range(len(w.units))])
    assert (waves.sum(axis=1) > 290).all() and (waves.sum(axis=1) < 310).all()  # 30 of 120 days
    assert len({tuple(row) for row in waves}) == len(w.units)  # each at a time of its own

    def capacity(day: int) -> np.ndarray:
        w.settings["day"] = day
        open_day(w)
        return np.asarray(w.units["capacity"] / w.units["staff"])

    shares = np.array([capacity(day) for day in days])
    line = w.units["line"] == 1
    assert line.sum() >= 5 and np.ptp(shares[:, ~line], axis=0).max() < 1e-12
    lowest, highest = 0.7 / 0.925, 1.0 / 0.925
    usual = shares[0, ~line][0]
    assert np.allclose(shares[:, line].min(axis=0), lowest * usual)
    assert np.allclose(shares[:, line].max(axis=0), highest * usual)
    assert np.allclose(shares[:, line].mean(axis=0), usual, rtol=0.01)  # the load stays what it was
    w.settings["second_principal"] = 0
    assert np.ptp(capacity(5)) < 1e-12
