"""The studies that the project ships are read without a complaint by the model as it is."""

from pathlib import Path

import pytest
from helpers.places import ROOT

from pingan_abm.study.plan.files import parse_study

STUDIES = sorted((ROOT / "experiments").glob("*.toml"))


def test_there_are_studies() -> None:
    assert {"funding", "funding_equal_load", "coefficients", "sensitivity"} <= {path.stem for path in STUDIES}


@pytest.mark.parametrize("path", STUDIES, ids=[path.stem for path in STUDIES])
def test_a_study_of_the_project_is_read(path: Path) -> None:
    study = parse_study(path.read_text("utf-8"), path.stem, str(path), path.parent)
    assert study.name and study.replications >= 1
