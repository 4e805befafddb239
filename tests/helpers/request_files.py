"""Files of requests with the columns of the page on records."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

HEADS = ("SRType", "MethodReceived", "CreatedDate", "SRStatus", "DueDate", "CloseDate", "Agency", "Neighborhood")
#: Category, channel, state and place of some requests.
KINDS = (
    ("SW-Dirty Alley", "Phone", "Closed", "Canton"),
    ("HCD-Sanitation Property", "API", "Closed", "Upton"),
    ("WW-Water Leak (Exterior)", "Phone", "Open", "Canton"),
    ("SW-Rat Rubout Proactive", "Internal", "Closed", "Upton"),
)


def write_requests(name: str, rows: Iterable[Sequence[str]]) -> None:
    """Rows under the page's heads."""
    with Path(name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADS, *rows])
