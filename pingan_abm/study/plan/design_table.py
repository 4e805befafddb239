"""The [design] of a study file: how its points are chosen, and the luck of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pingan_abm.study.plan.study import LUCKS, METHODS, SAMPLED
from pingan_abm.texts.errors import sentence, shown, suggestion

KEYS = ("method", "samples", "luck", "second_order")
MOST_SAMPLES = 1_000_000


@dataclass(frozen=True)
class Asked:
    """What a [design] says, with usual values in the place of what cannot be read."""

    method: str = "grid"
    samples: int = 64
    luck: str = LUCKS[0]
    second_order: bool = False


def read_design(table: Mapping[str, Any]) -> tuple[Asked, list[tuple[str, str]]]:
    """What a [design] says, and its mistakes as (key, message); unknown keys are not looked at."""
    problems: list[tuple[str, str]] = []
    method = _one_of("method", table.get("method", "grid"), METHODS, problems)
    samples = table.get("samples", 64)
    if isinstance(samples, bool) or not isinstance(samples, int) or not 1 <= samples <= MOST_SAMPLES:
        problems.append(
            (
                "samples",
                sentence(
                    "{value} is not usable: write a whole number from {low} to {high}.",
                    value=shown(samples),
                    low=1,
                    high=MOST_SAMPLES,
                ),
            )
        )
        samples = 64
    if method == "sobol" and samples & (samples - 1):
        lower = 1 << (samples.bit_length() - 1)
        problems.append(
            (
                "samples",
                sentence(
                    "{value} is not usable: a Sobol design needs a power of two; write {low} or {high}.",
                    value=samples,
                    low=lower,
                    high=2 * lower,
                ),
            )
        )
    if method == "morris" and samples < 2:
        problems.append(("samples", sentence("a Morris design needs 2 trajectories or more.")))
    luck = _one_of("luck", table.get("luck", LUCKS[0]), LUCKS, problems)
    if luck != LUCKS[0] and method not in SAMPLED:
        problems.append(
            ("luck", sentence("goes with a design that samples: write method = lhs, sobol or morris under [design]."))
        )
    second = table.get("second_order", False)
    if not isinstance(second, bool):
        problems.append(("second_order", sentence("{value} is not usable: write true or false.", value=shown(second))))
    elif second and method != "sobol":
        problems.append(("second_order", sentence("goes with method = sobol.")))
    return Asked(method, samples, luck, second is True), problems


def _one_of(key: str, found: object, known: tuple[str, ...], problems: list[tuple[str, str]]) -> str:
    if isinstance(found, str) and found in known:
        return found
    near = suggestion(found if isinstance(found, str) else "", known)
    problems.append((key, sentence("{value} is not usable.{near}", value=shown(found), near=near)))
    return known[0]
