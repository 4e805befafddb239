"""Colours that stand side by side are told apart with every kind of colour vision.

Dichromacy is simulated after Machado, Oliveira and Fernandes (2009, severity 1.0) in linear RGB; differences are CIE76
ΔE in Lab.
"""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest

from pingan_abm.web.shown.figures import REPORTED, THIRD, TRUE
from pingan_abm.web.shown.static_figures import COLOURS
from pingan_abm.web.shown.widgets import SCRIPTS

VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = XYZ.sum(axis=1)
APART = 15.0  # ΔE: told apart at a glance; about 2.3 is just noticeable
READABLE = 4.5  # contrast of text on its ground, WCAG AA


def linear(colour: str) -> np.ndarray:
    """A hex colour as linear RGB, float64 [3] in 0..1."""
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    coded = np.array([int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)])
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def lab(colour: str, vision: str) -> np.ndarray:
    """A colour as it is seen, CIE Lab, float64 [3]."""
    xyz = XYZ @ np.clip(VISION[vision] @ linear(colour), 0.0, 1.0) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(first: str, second: str, vision: str) -> float:
    return float(np.linalg.norm(lab(first, vision) - lab(second, vision)))


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours after WCAG 2."""
    light, dark = sorted((float(XYZ[1] @ linear(one)) for one in (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def in_script(name: str, constant: str) -> list[str]:
    """The colours of a list in a script."""
    text = (SCRIPTS / name).read_text("utf-8")
    found = re.search(constant + r" = \[([^\]]*)\]", text)
    assert found, f"{name} has no list {constant}"
    return re.findall(r"#[0-9a-fA-F]{3,6}", found[1])


def test_the_simulation_knows_a_pair_that_is_confused() -> None:
    red, green = "#a05a2c", "#6b7a2c"
    assert difference(red, green, "normal") > 2 * difference(red, green, "deuteranopia")
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0, rel=1e-3)


@pytest.mark.parametrize("vision", VISION)
def test_lines_and_arms_are_told_apart(vision: str) -> None:
    for group in ((REPORTED, TRUE, THIRD), COLOURS):
        close = {
            pair: difference(*pair, vision) for pair in combinations(group, 2) if difference(*pair, vision) < APART
        }
        assert close == {}


@pytest.mark.parametrize("vision", VISION)
def test_steps_of_scales_are_told_apart_in_their_order(vision: str) -> None:
    ramp, grades = in_script("map.js", "RAMP"), in_script("network.js", "COLOURS")
    assert len(ramp) == len(grades) == 6
    lightness = [lab(one, vision)[0] for one in ramp]
    assert lightness == sorted(lightness, reverse=True)  # the map also reads in grey
    assert min(difference(*pair, vision) for pair in pairwise(ramp)) > 0.6 * APART
    assert min(difference(*pair, vision) for pair in pairwise(grades)) > 0.6 * APART


def test_text_stands_out_from_its_ground() -> None:
    for colour in ("#1f2a37", "#374151", "#465364"):
        assert contrast(colour, "#ffffff") >= READABLE
