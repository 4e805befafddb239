"""The summary in the form of a paper: short, with the sections that the journal asks for, and no reference missing."""

import re

from helpers.places import ROOT

TEXT = (ROOT / "paper" / "paper.md").read_text("utf-8")
BODY = TEXT.split("---\n", 2)[2]
REFERENCES = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "paper" / "paper.bib").read_text("utf-8"), re.MULTILINE))


def test_it_is_short_and_has_its_sections() -> None:
    assert 400 < len(BODY.split()) < 1000
    heads = re.findall(r"^# (.*)$", BODY, re.MULTILINE)
    assert [
        name for name in ("Summary", "Statement of need", "State of the field", "References") if name not in heads
    ] == []


def test_every_reference_is_listed_and_every_entry_used() -> None:
    assert set(re.findall(r"@(\w+)", BODY)) == REFERENCES


def test_it_quotes_no_result() -> None:
    """Results are written by commands, into other pages."""
    assert re.findall(r"\d+(?:\.\d+)? ?%|\d+\.\d{2,}", BODY.replace("Python 3.12", "Python")) == []
