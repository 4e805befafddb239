"""The posterior sample as files, and what it says of each number: Parquet for other programs, a beliefs file for
`pingan compare`, figures for people.

The Parquet file has one row a draw: chain, draw, and a column for each number that was inferred. ArviZ reads it as
`arviz.from_dict({"posterior": {name: table[name].reshape(chains, draws)}})`, as docs/inference.md shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.files.atomic import write_bytes
from pingan_abm.parameters.declared import written
from pingan_abm.study.infer.inference import ENDS, Checked, Inference

SAMPLE, BELIEFS = "posterior.parquet", "beliefs.toml"
BELIEVED = 32  # draws in the beliefs file
LEANS = 0.15  # of the whole range at least the median must move for evidence to lean to one side
TOLD = 0.2  # of its width at least the interval must lose for evidence to say anything of a number


@dataclass(frozen=True)
class Told:
    """What evidence says of one number.

    low, high, median: of the posterior, 90 %; before: the same interval of what was thought possible at first; ends:
    the lowest and highest of that; narrower: share by which the interval, measured in what was thought possible at
    first, has become narrower, below 0 if it became wider; moved: how far the median has moved, −0.5 to 0.5 of
    the range; chains: spread between chains and within over
    spread within, 1 when they agree; truth: the value behind synthetic evidence.
    """

    name: str
    low: float
    high: float
    median: float
    before: tuple[float, float]
    ends: tuple[float, float]
    narrower: float
    moved: float
    chains: float
    truth: float | None

    @property
    def told(self) -> bool:
        """Whether evidence places it."""
        return self.narrower >= TOLD

    @property
    def leans(self) -> str:
        """To which values evidence leans that does not place it: "lower", "higher" or ""."""
        if self.told or abs(self.moved) < LEANS:
            return ""
        return "lower" if self.moved < 0.0 else "higher"


def told_of(inference: Inference) -> list[Told]:
    """What evidence says of each number; empty when nothing fits."""
    if inference.places is None:
        return []
    return [_told(inference, column) for column in range(len(inference.study.ranges))]


def _told(inference: Inference, column: int) -> Told:
    assert inference.places is not None  # asked before
    one = inference.study.ranges[column]
    places = inference.places[:, :, column]
    low, median, high = (float(end) for end in np.quantile(places, (ENDS[0], 0.5, ENDS[1])))
    values = [plain(value) for value in one.at(np.array([low, median, high, *ENDS]))]
    truth = None if inference.truth is None else plain(inference.truth[one.name])
    width = ENDS[1] - ENDS[0]
    return Told(
        one.name,
        values[0],
        values[2],
        values[1],
        (values[3], values[4]),
        (plain(one.low), plain(one.high)),
        1.0 - (high - low) / width,
        median - 0.5,
        _agreement(places),
        truth,
    )


def _agreement(places: np.ndarray) -> float:
    """Square root of the whole variance over the variance within chains, float64 [chains, draws] (Gelman & Rubin
    1992)."""
    within = float(places.var(axis=1, ddof=1).mean())
    between = float(places.mean(axis=1).var(ddof=1))
    return float(np.sqrt((within + between) / within)) if within > 0.0 else 1.0


def plain(value: Any) -> float:
    """A value as a number; a date as its number in the calendar."""
    return float(value.toordinal()) if hasattr(value, "toordinal") else float(value)


def document(inference: Inference) -> dict[str, Any]:
    """The inference as plain JSON types, with the names that page and command promise."""
    return {
        "coefficients": [_coefficient(one) for one in told_of(inference)],
        "evidence": [_evidence(one) for one in inference.checks],
        "fits": inference.places is not None,
        "waves": [{"runs": one.runs, "left": one.left, "limit": one.limit} for one in inference.waves],
    }


def _coefficient(one: Told) -> dict[str, Any]:
    return {
        "name": one.name,
        "low": one.low,
        "high": one.high,
        "median": one.median,
        "truth": one.truth,
        "before_low": one.before[0],
        "before_high": one.before[1],
        "first": one.ends[0],
        "last": one.ends[1],
        "narrower": one.narrower,
        "told": one.told,
        "moved": one.moved,
        "leans": one.leans,
        "chains": one.chains,
    }


def _evidence(one: Checked) -> dict[str, Any]:
    return {
        "metric": one.evidence.metric,
        "observed": one.evidence.value,
        "error": one.evidence.error,
        "discrepancy": one.evidence.discrepancy,
        "places": one.evidence.places,
        "low": one.low,
        "high": one.high,
        "used": one.evidence.used,
        "emulated": one.emulated,
        "fits": one.fits,
    }


def write_sample(inference: Inference, folder: Path) -> None:
    """Write the sample and the beliefs; nothing when nothing fits. Raises OSError."""
    if inference.places is None:
        return
    write_bytes(folder / SAMPLE, _parquet(inference))
    write_bytes(folder / BELIEFS, beliefs_text(inference).encode())


def _parquet(inference: Inference) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    assert inference.places is not None  # asked before
    chains, draws, _ = inference.places.shape
    columns: dict[str, Any] = {
        "chain": pa.array(np.repeat(np.arange(chains, dtype=np.int32), draws)),
        "draw": pa.array(np.tile(np.arange(draws, dtype=np.int32), chains)),
    }
    for one in inference.study.ranges:
        columns[one.name] = pa.array([each[one.name] for each in inference.settings])
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue())


def beliefs_text(inference: Inference) -> str:
    """A beliefs file with some of the draws, evenly spread over the chains."""
    chosen = np.linspace(0, len(inference.settings) - 1, BELIEVED).astype(int)
    rows = [_inline(inference.settings[number]) for number in chosen]
    head = "# Draws of a posterior sample: `pingan compare --beliefs` goes through them one by one."
    return "\n".join([head, "points = [", *(f"  {row}," for row in rows), "]", ""])


def _inline(settings: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f'"{name}" = {written(value)}' for name, value in settings.items()) + " }"
