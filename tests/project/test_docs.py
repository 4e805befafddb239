"""The pages say what the code says: the generated table is the declaration's, and the how-to for records works as
written."""

import re
from pathlib import Path

import pytest
from helpers.places import DOCS, PACKAGE
from helpers.request_files import KINDS, write_requests

from pingan_abm.cli import run_command


def test_tables_of_parameters_and_outcomes_are_fresh() -> None:
    from write_odd import with_outcomes, with_rules, with_table

    text = (DOCS / "ODD.md").read_text(encoding="utf-8")
    assert with_rules(with_table(with_outcomes(text))) == text, "run scripts/write_odd.py"
    assert "funding_dependence" in text and "| `hidden_burden_share` |" in text


def test_every_rule_stands_with_its_equation() -> None:
    from write_odd import RULES

    from pingan_abm import rules

    block = (DOCS / "ODD.md").read_text(encoding="utf-8").split("<!-- rules: generated -->")[1]
    block = block.split("<!-- end of rules -->")[0]
    assert sorted(RULES) == sorted(path.stem for path in (PACKAGE / "rules").glob("*.py") if path.stem != "__init__")
    assert [name for name in rules.__all__ if f"`{name}(" not in block] == []


def test_the_glossary_is_fresh() -> None:
    from write_odd import GLOSSARY, glossary

    assert glossary() == GLOSSARY.read_text(encoding="utf-8"), "run scripts/write_odd.py"


def test_every_rule_has_its_theory_and_evidence() -> None:
    """The rules named in docstrings of `rules/`, and those whose forms lie elsewhere."""
    page = (DOCS / "ODD.md").read_text(encoding="utf-8")
    background = page.split("## II.i ")[1].split("## II.ii ")[0]
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "rules").glob("*.py")))
    named = set(re.findall(r"\bR\d+b?\b", rules)) | {"R3", "R5", "R8b", "R19"}
    assert sorted(rule for rule in named if not re.search(rf"\b{rule}\b", background)) == []


def test_sensitivity_is_told_as_differences_to_the_defaults() -> None:
    from write_odd import sensitivity

    def effect(value: float, low: float, high: float, reference: bool) -> dict[str, object]:
        return {
            "settings": {"work_median": value, "trust_gain": 0.1},
            "reference": reference,
            "difference": {"mean": (low + high) / 2, "low": low, "high": high},
        }

    effects = [effect(1.5, 0.0, 0.0, True), effect(3.0, 0.01, 0.03, False), effect(0.75, -1.0, 3.0, False)]
    text = sensitivity({"analyses": [{"outcome": "closure_gap", "replications": 7, "effects": effects}]})
    assert text.startswith("7 paired replications.")
    assert (
        "| Work per case | 1.5 → 3 | **+2 points [1, 3]** |" in text
        and "| Work per case | 1.5 → 0.75 | +1e+02 points" in text
    )


@pytest.mark.parametrize("page", ["studies.md", "studies.zh-CN.md"])
def test_every_range_on_the_page_on_studies_can_be_written(page: str) -> None:
    from pingan_abm.study.plan.files import parse_study

    table = (DOCS / page).read_text("utf-8").split("[parameters]")[-1]
    ranges = re.findall(r"^\| `(\{.*\})` \|", table, re.MULTILINE)
    assert len(ranges) == 6
    for one in ranges:
        method = "grid" if "steps" in one or "values" in one else "lhs"
        text = f'[design]\nmethod = "{method}"\n[parameters]\nfunding_dependence = {one}\n'
        assert len(parse_study(text, "one", "one.toml", DOCS).ranges) == 1, one


@pytest.mark.slow
def test_the_readme_says_what_the_default_run_prints() -> None:
    """In both languages, of the whole district at the defaults."""
    from write_readme import PAGES, a_year, written

    outcomes = a_year()
    assert 0.0 < outcomes["solved_share"] < outcomes["known_share"]
    for language, page in PAGES.items():
        text = page.read_text(encoding="utf-8")
        assert written(outcomes, language) == text, "run scripts/write_readme.py"
        assert f"| {100 * outcomes['solved_share']:.1f} |" in text


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language in the how-to for records."""
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / "records.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_how_to_for_records_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its script and its commands, on a file of the same columns: first refused with rows, then run once all is
    translated."""
    monkeypatch.chdir(tmp_path)
    alley, sanitation, leak, rats = KINDS
    duplicate = ("SW-Dirty Alley", "Phone", "Closed (Duplicate)", "Canton")
    asked = ("ECC-Information Request", "Phone", "Closed", "")
    kinds = (alley, sanitation, leak, asked, rats, duplicate)
    write_requests(
        "311_sample.csv",
        (
            [kind, how, f"01/{day:02}/2016 09:30:00 AM", state, "", "", "x", place]
            for day in range(1, 11)
            for kind, how, state, place in kinds
        ),
    )
    Path("first.toml").write_text(blocks("toml")[0], encoding="utf-8")
    rest = ["--start", "2016-01-01", "--residents", "600", "--days", "12", "--lang", "en"]
    assert run_command(["run", "first.toml", "--incidents", "311_sample.csv", *rest]) == 2
    told = capsys.readouterr().err
    assert "rows 3–4, 6, 9–10, 12, 15–16, 18," in told
    assert '"HCD-Sanitation Property", "WW-Water Leak (Exterior)", "SW-Rat Rubout Proactive". Rename' in told
    exec(compile(blocks("python")[0], "prepare.py", "exec"), {})  # noqa: S102  # the page's own script
    assert capsys.readouterr().out == "40 requests, 4 categories, 2 places; undecided: none\n"
    assert run_command(["run", "baltimore.toml", "--incidents", "requests.csv", *rest]) == 0
    assert "Records left out by name: 10" in capsys.readouterr().out
