"""R21: asking, helping and relations; R7 at a desk of its own."""

import math

import pytest
from helpers.settings import with_settings

from pingan_abm import rules
from pingan_abm.world.settings import default_settings


def test_help_by_hand() -> None:
    c = default_settings()
    assert rules.help_probability(c, 0.0, 0.0, 1.0, 0.0) == pytest.approx(1.0 / (1.0 + math.exp(-0.5)))
    assert rules.help_probability(c, 0.4, 1.0, 2.0, -1.5) == pytest.approx(1.0 / (1.0 + math.exp(-0.4)))


@pytest.mark.parametrize(("place", "sign"), [(0, 1), (1, 1), (2, -1), (3, 1)])
def test_help_rises_with_relation_obligation_and_stake_and_falls_with_load(place: int, sign: int) -> None:
    c, usual = default_settings(), [0.3, 0.5, 1.0, 0.0]
    more = [value + (0.2 if number == place else 0.0) for number, value in enumerate(usual)]
    assert sign * (rules.help_probability(c, *more) - rules.help_probability(c, *usual)) > 0.0


def test_a_rival_costs_more_the_closer_it_stands_and_the_more_is_at_stake() -> None:
    c = with_settings(shared_credit=0.0)
    assert rules.score_stake(c, 0.0, 1.0) == 0.0
    assert (
        rules.score_stake(c, 0.5, 1.0) == -1.5 < rules.score_stake(c, 0.5, 0.5) < rules.score_stake(c, 0.5, 0.0) == 0.0
    )
    assert rules.score_stake(c, 0.8, 0.5) < rules.score_stake(c, 0.4, 0.5)


def test_shared_credit_makes_help_worth_while() -> None:
    stakes = [rules.score_stake(with_settings(shared_credit=credit), 0.5, 0.5) for credit in (0.0, 0.5, 1.0)]
    assert stakes == pytest.approx([-0.75, 0.0, 0.75])


def test_relations_stay_between_0_and_1_and_fall_faster_than_they_grow() -> None:
    c = with_settings(scale=1.0)
    assert rules.relation_after(c, 0.5, True) == pytest.approx(0.525)
    assert rules.relation_after(c, 0.5, False) == pytest.approx(0.45)
    small = with_settings(scale=0.01)
    assert rules.relation_after(small, 0.5, True) == 1.0 and rules.relation_after(small, 0.5, False) == 0.0


def test_the_desk_of_a_separate_system_knows_less_unless_it_has_acquaintances() -> None:
    c = with_settings(dispatch_base_accuracy=0.8)
    usual = c.dispatch_usual_ambiguity  # with which the chance without knowledge is the base accuracy
    known = rules.dispatch_accuracy(c, 0.5, 0.0, usual)
    alone, acquainted, friend = (rules.desk_accuracy(c, known, usual, a) for a in (0.0, 0.1, 1.0))
    assert alone == pytest.approx(1.0 - 1.6 * 0.2)
    assert alone < acquainted < friend <= known
    assert rules.desk_accuracy(with_settings(desk_relation_effect=1.0), known, usual, 1.0) == known
