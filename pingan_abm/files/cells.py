"""What stands in a cell of a table, as text: one rule for every kind of file, and for both sides of a translation.

A name is compared as it looks, not as it is coded: composed and decomposed letters, full-width and half-width ones,
blanks at either end and several blanks in a row make no difference. A whole number is its digits, whether a file holds
it as 1, as 1.0 or as text; nothing, null and not-a-number are the empty text. Letters that nobody sees stay, because
they may be meant; messages show them as codes (`texts.errors.shown`).
"""

import math
import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

WHOLE = re.compile(r"([+-]?\d+)\.0+", re.ASCII)


def cell_text(value: object) -> str:
    """The text of a cell."""
    if isinstance(value, str):
        return _same(value)
    if value is None:
        return ""
    if isinstance(value, bytes):
        return _same(value.decode("utf-8", "backslashreplace"))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        return "" if math.isnan(value) else str(value)
    if isinstance(value, float | Decimal) and value == int(value):
        return str(int(value))
    return _same(str(value))


@lru_cache(maxsize=4096)
def _same(text: str) -> str:
    plain = " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())
    found = WHOLE.fullmatch(plain)
    return found[1] if found else plain


def is_empty(value: object) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, float) and math.isnan(value)) or cell_text(value) == ""
