"""Outcomes and indicators that are added appear with the program's own, and are taken back."""

import numpy as np
import pytest

from pingan_abm import extend
from pingan_abm.model import PinganModel
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.texts.errors import InputErrors

WORDS = {"unit": "count", "better": "none", "en": "Residents", "zh": "居民"}


def test_an_outcome_and_an_indicator_are_added_and_taken_back() -> None:
    before = (list(OUTCOMES), list(INDICATORS))

    @extend.outcome(**WORDS)
    def persons(c: Cohorts) -> float:
        return float(c.model.residents)

    @extend.indicator(**WORDS)
    def twice_the_reports(model: PinganModel) -> np.ndarray:
        return 2 * np.diff(model.daily["reports"][: model.day].astype(float), prepend=0.0)

    model = PinganModel(residents=600, days=5)
    model.run_for(5)
    assert model.outcomes()["persons"] == 600.0
    assert (model.series()["twice_the_reports"] == 2 * model.series()["reports_made"]).all()
    assert OUTCOMES["persons"].label("zh") == "居民"
    extend.clear()
    assert (list(OUTCOMES), list(INDICATORS)) == before


def test_not_a_number_is_no_value_and_a_text_is_refused() -> None:
    @extend.outcome(**WORDS)
    def nothing(c: Cohorts) -> float:
        return float("nan")

    model = PinganModel(residents=600, days=2)
    assert model.outcomes()["nothing"] is None
    extend.clear()

    @extend.outcome(**WORDS)
    def words(c: Cohorts) -> str:
        return "many"

    with pytest.raises(InputErrors, match='outcome "words" returned "many"'):
        PinganModel(residents=600, days=2).outcomes()


def test_what_is_wrong_is_refused_at_once() -> None:
    def crises(c: Cohorts) -> float:
        return 0.0

    with pytest.raises(InputErrors, match="the name is taken"):
        extend.outcome(**WORDS)(crises)
    with pytest.raises(InputErrors, match="write one of up, down, none"):
        extend.outcome(**{**WORDS, "better": "higher"})(crises)
    with pytest.raises(InputErrors, match="zh is missing"):
        extend.indicator(**{**WORDS, "zh": " "})(crises)
    assert extend.identity() is None
