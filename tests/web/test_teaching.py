"""The teaching pack: every link in it opens what it says, in the language of its page, and every button it names is there."""

import re
from pathlib import Path

import pytest

from pingan_abm.i18n import translator
from pingan_abm.web.links import read_link

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "teaching.md", "zh": DOCS / "teaching.zh-CN.md"}
NAMED = ("Keep for comparison", "The pizza shop", "Show assumptions too", "Where cases go", "Institutions", "Day by day", "Compare")


def links(language: str) -> list[str]:
    """Queries of the links on a page, in the order they stand there."""
    return re.findall(r"\?((?:\w+=[\w.:@-]+&?)+)", PAGES[language].read_text("utf-8"))


@pytest.mark.parametrize("language", PAGES)
def test_links_open_what_they_say(language: str) -> None:
    assert len(links(language)) >= 15
    for query in links(language):
        link = read_link(query)
        assert link.problems == () and link.language == language
        assert f"page={link.page}" in query


def test_both_languages_open_the_same() -> None:
    assert [query.replace("lang=zh&", "") for query in links("zh")] == links("en")


@pytest.mark.parametrize("language", PAGES)
def test_what_it_names_is_on_the_page(language: str) -> None:
    text = PAGES[language].read_text("utf-8")
    assert [name for name in NAMED if translator(language)(name) not in text] == []
