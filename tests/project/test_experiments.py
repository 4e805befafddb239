"""The studies that the project ships are read without a complaint by the model as it is."""

from pathlib import Path

import pytest
from helpers.places import ROOT

from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.search_file import read_search

FILES = sorted((ROOT / "experiments").glob("*.toml"))
SEARCHES = [path for path in FILES if "[search]" in path.read_text("utf-8")]
STUDIES = [path for path in FILES if path not in SEARCHES]


def test_there_are_studies() -> None:
    assert {"funding", "funding_equal_load", "coefficients", "sensitivity"} <= {path.stem for path in STUDIES}
    assert [path.stem for path in SEARCHES] == ["portfolios"]


@pytest.mark.parametrize("path", STUDIES, ids=[path.stem for path in STUDIES])
def test_a_study_of_the_project_is_read(path: Path) -> None:
    study = parse_study(path.read_text("utf-8"), path.stem, str(path), path.parent)
    assert study.name and study.replications >= 1


@pytest.mark.parametrize("path", SEARCHES, ids=[path.stem for path in SEARCHES])
def test_a_search_of_the_project_is_read(path: Path) -> None:
    asked = read_search(path)
    assert len(asked.study.ranges) >= 2 and len(asked.outcomes) >= 2
