"""What the app shows of a warm district: what is there whatever its age, and what has happened since day 0."""

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.web.shown import flows as streams
from pingan_abm.web.shown import places
from pingan_abm.web.shown.cards import board
from pingan_abm.web.shown.case_search import search
from pingan_abm.web.shown.inspector import inspect
from pingan_abm.web.shown.monthly import Monthly
from pingan_abm.world.cases import CLOSED
from pingan_abm.world.problems import LATENT, REGISTERED

SIZE = {"residents": 6_000, "warmup": 200, "events": True}


@pytest.fixture(scope="module")
def first_morning() -> PinganModel:
    return PinganModel(days=60, **SIZE)


@pytest.fixture(scope="module")
def warm() -> PinganModel:
    return lived(60, **SIZE)


def test_nothing_has_flowed_on_the_first_morning(first_morning: PinganModel) -> None:
    assert streams.flows(first_morning).value.sum() == 0
    assert search(first_morning, "longest", None) == []


def test_the_first_morning_s_cards_know_no_share_but_what_is_there(first_morning: PinganModel) -> None:
    told = {pair["title"]: pair for pair in board(first_morning, "en")["pairs"]}
    assert "–" in str(told["Cases"])
    state = first_morning.world.used("problems")["state"]
    assert f"{int((state == LATENT).sum()):,}" in str(told["Problems today"])


def test_flows_are_of_problems_that_arose_since(warm: PinganModel) -> None:
    rows = warm.world.used("problems")
    since = ~np.isnan(rows["registered"]) & (rows["onset"] >= 0.0)
    moved = streams.flows(warm)
    assert moved.value[moved.target >= streams.FIRST_END].sum() == since.sum() > 0
    assert since.sum() < (~np.isnan(rows["registered"])).sum()


def test_the_card_of_cases_is_of_files_opened_since(warm: PinganModel) -> None:
    files = warm.world.used("cases")
    since = files[files["opened"] >= 0.0]
    assert len(since) == int(warm.world.tally[0].files) < len(files)
    share = (since["state"] == CLOSED).sum() / len(since)
    card = next(pair for pair in board(warm, "en")["pairs"] if pair["title"] == "Cases")
    assert f"{100 * share:.0f}" in str(card)
    assert 0.0 < share < 1.0


def test_maps_show_what_is_there_and_count_what_has_happened(warm: PinganModel) -> None:
    rows, people = warm.world.used("problems"), warm.world.communities["people"]
    alive = np.isin(rows["state"], (LATENT, REGISTERED))
    assert (places.unsolved(warm) * people).sum() == pytest.approx(1_000.0 * alive.sum())
    assert (rows["onset"][alive] < 0.0).any()
    closures = warm.world.used("closures")
    paper = (closures["paper"] > 0) & (closures["time"] >= 0.0)
    assert (places.paper(warm) * people).sum() == pytest.approx(1_000.0 * paper.sum())
    shares = places.solved_share(warm)
    assert np.nanmax(shares) <= 1.0


def test_cases_that_are_found_began_in_the_run(warm: PinganModel) -> None:
    onset = warm.world.used("problems")["onset"]
    for by in ("returned", "longest", "paper", "latest"):
        assert all(onset[hit.problem] >= 0.0 for hit in search(warm, by, None))
    assert search(warm, "longest", None)


@pytest.mark.parametrize(("language", "words"), [("en", "It arose before day 0"), ("zh", "该问题在第0天之前出现")])
def test_an_old_problem_says_that_its_first_steps_are_not_recorded(
    warm: PinganModel, language: str, words: str
) -> None:
    onset = warm.world.used("problems")["onset"]
    old, new = int(np.flatnonzero(onset < 0.0)[0]), int(np.flatnonzero(onset >= 0.0)[0])
    assert words in str(inspect(warm, Monthly(), f"problem:{old}", language))
    assert words not in str(inspect(warm, Monthly(), f"problem:{new}", language))


def test_a_community_counts_problems_since(warm: PinganModel) -> None:
    rows = warm.world.used("problems")
    since = int(((rows["community"] == 3) & (rows["onset"] >= 0.0)).sum())
    facts = dict((name, value) for name, value, _ in inspect(warm, Monthly(), "community:3", "en")["facts"])
    assert facts["Problems so far"] == f"{since:,}"
