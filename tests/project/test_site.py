"""The documentation: every page has its place on the site, local links lead somewhere, pages for first readers are easy
to read, and the site builds without a warning and fetches nothing."""

import re
import unicodedata
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from docs_pages import LINK, OTHERS, Stage, lines_of, pages
from helpers.places import DOCS, ROOT

MOST_WORDS = 22  # in a sentence, on average
EASY = [DOCS / name for name in ("index.md", "faq.md", "deciding.md", "workshop.md", "what-if.md", "teaching.md")]
EASY += sorted((DOCS / "learn").glob("*.md"))
SOURCES = sorted([*DOCS.rglob("*.md"), *(ROOT / name for name in OTHERS), ROOT / "README.zh-CN.md"])


def prose(path: Path) -> str:
    """A page's text outside fenced blocks."""
    return "".join(line for line, fenced in lines_of(path.read_text("utf-8")) if not fenced)


def anchor_of(heading: str) -> str:
    """The anchor of a heading, as GitHub and MyST make it."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "").strip().lower()
    return "".join(
        "-" if letter == " " else letter
        for letter in plain
        if letter in " -_" or unicodedata.category(letter)[0] in "LN"
    )


def anchors(path: Path) -> set[str]:
    """Anchors of all headings of a page."""
    return {anchor_of(found) for found in re.findall(r"^#+ (.*)$", prose(path), re.MULTILINE)}


def broken(path: Path) -> list[str]:
    """Local links of a page that lead nowhere."""
    found = []
    for one in LINK.finditer(re.sub(r"`[^`\n]*`", "", prose(path))):
        if "://" in one["path"] or one["path"].startswith("mailto:"):
            continue
        target = (path.parent / one["path"]).resolve() if one["path"] else path
        anchor = (one["anchor"] or "").removeprefix("#")
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            found.append(one[0])
    return found


def words_a_sentence(text: str) -> float:
    """Words in a sentence, on average; tables, headings and comments do not count."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    lines = [line for line in text.splitlines() if not line.startswith(("#", "|", "!"))]
    text = re.sub(r"`[^`]*`", "code", " ".join(LINK.sub(lambda one: one["text"], line) or "\n" for line in lines))
    sentences = [one.split() for one in re.split(r"(?<=[.!?:])\s+|\n", text)]
    counted = [len(one) for one in sentences if len(one) > 1]
    return sum(counted) / len(counted)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_local_links_lead_somewhere(path: Path) -> None:
    assert broken(path) == []


def test_a_broken_link_and_a_missing_anchor_are_found(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# One title, `two`\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text("[x](b.md) [x](b.md#one-title-two) [x](b.md#other) [x](c.md)\n```\n[x](d.md)\n```\n", "utf-8")
    assert broken(page) == ["[x](b.md#other)", "[x](c.md)"]


@pytest.mark.parametrize("path", EASY, ids=lambda path: path.name)
def test_sentences_for_first_readers_are_short(path: Path) -> None:
    if path.stem.endswith(".zh-CN"):
        pytest.skip("Chinese does not part its words")
    assert words_a_sentence(prose(path)) < MOST_WORDS


def test_words_of_sentences_are_counted() -> None:
    assert words_a_sentence("# A title of many words\nOne two three. Four\nfive `x y z`!\n\n| a | b |\n") == 3.0


def test_every_page_has_its_place_on_the_site() -> None:
    from build_docs import SECTIONS

    listed = [name for _, members in SECTIONS for name in members]
    assert len(listed) == len(set(listed))
    assert {page.name for page in pages()} <= {*listed, "index"}


def test_pages_of_first_readers_are_in_both_languages() -> None:
    known = {page.name: page for page in pages()}
    for name in ("index", "faq", "learn/ten-minutes", "deciding", "workshop", "what-if", "teaching"):
        assert known[name].chinese is not None, name


def test_a_page_that_is_english_only_says_so_on_the_chinese_site(tmp_path: Path) -> None:
    Stage(tmp_path, "zh", both=True).write()
    assert "本页目前只有英文" in (tmp_path / "patterns.md").read_text("utf-8")[:200]
    home = (tmp_path / "index.md").read_text("utf-8")
    assert "本页目前只有英文" not in home and '<a href="../en/index.html">index.md</a>' in home
    assert "](deciding.md)" in home and "](experiments.md)" in home and ".zh-CN.md)" not in home


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reference_is_what_the_program_declares(language: str) -> None:
    from docs_reference import reference_pages

    from pingan_abm.cli import COMMANDS
    from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
    from pingan_abm.parameters.declared import declarations
    from pingan_abm.study.keep.shards import IDENTITY

    written = dict(reference_pages(language))
    assert [name for name in COMMANDS if f"## pingan {name}\n" not in written["reference/commands"]] == []
    assert "### pingan district check\n" in written["reference/commands"]
    for page, names in (
        ("outcomes", [*OUTCOMES, *INDICATORS]),
        ("parameters", [one.name for one in declarations()]),
        ("columns", [*IDENTITY, "truly_solved", "activity"]),
    ):
        assert [name for name in names if f"`{name}`" not in written[f"reference/{page}"]] == [], page
    assert "### pingan_abm.PinganModel\n" in written["reference/python"]
    assert ("全体居民" in written["reference/outcomes"]) == (language == "zh")
    assert ("不填则随系统环境" in written["reference/commands"]) == (language == "zh")


class Fetched(HTMLParser):
    """Addresses of what a page loads by itself: scripts, styles, fonts, pictures, frames."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag != "a":
            self.found += [value for key in ("src", "href", "srcset", "data") if (value := values.get(key))]


@pytest.mark.slow
@pytest.mark.skipif(
    any(find_spec(name) is None for name in ("sphinx", "myst_parser", "furo")),
    reason="the group docs is not installed: uv run --group docs pytest",
)
def test_the_site_builds_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    from build_docs import build

    build(tmp_path)  # raises on any warning
    shown = sorted(tmp_path.rglob("*.html"))
    assert len(shown) > 60
    for path in shown:
        page = Fetched()
        page.feed(path.read_text("utf-8"))
        assert [one for one in page.found if re.match(r"(https?:)?//", one)] == [], path
    for path in tmp_path.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)]*", path.read_text("utf-8")) == [], path
    assert "命令行" in (tmp_path / "zh" / "index.html").read_text("utf-8")
