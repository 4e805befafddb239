"""Numbers as the app writes them: what stands side by side adds up."""

import math

import pytest

from pingan_abm.texts.i18n import translator
from pingan_abm.web.shown.formatter import count, decimal, gap_words, per_cent, whole_per_cent

EN, ZH = translator("en"), translator("zh")


@pytest.mark.parametrize(("first", "second"), [(0.9149, 0.7951), (0.914, 0.796), (0.505, 0.495), (0.3, 0.7)])
def test_a_gap_is_the_difference_of_the_numbers_shown(first: float, second: float) -> None:
    shown = int(per_cent(first).strip("%")) - int(per_cent(second).strip("%"))
    words = gap_words(first, second, EN)
    assert words == ("about equal" if shown == 0 else f"{abs(shown)} points {'higher' if shown > 0 else 'lower'}")
    assert whole_per_cent(first) - whole_per_cent(second) == shown


def test_no_gap_beside_a_missing_number_and_no_minus_nought() -> None:
    assert gap_words(math.nan, 0.5, EN) == "" and per_cent(math.nan) == "–"
    assert gap_words(0.8049, 0.8001, ZH) == "基本持平" and gap_words(0.9, 0.78, ZH) == "高出12个百分点"
    assert decimal(-0.001, 1) == "0.0" and decimal(-1.25, 1) == "−1.2" and decimal(None, 2) == "–"
    assert decimal(12345.678, 1) == "12,345.7" and count(1234567) == "1,234,567"
