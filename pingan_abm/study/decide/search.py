"""Portfolios of levers that do well on several outcomes at once: an evolutionary search for the Pareto front (NSGA-II,
Deb et al. 2002; NSGA-III, Deb and Jain 2014, with more than two outcomes), whole generations at a time.

Each generation is asked for as a whole and told in the order in which it was asked for, so any number of workers finds
the same front, and a search that was broken off goes on along the same path: what has been evaluated is read again
instead of run again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pingan_abm.study.plan.ranges import Range

FAR = 1e12  # the loss of a portfolio without a value
WORST = 0.1  # of what is believed: the share that "worst tenth" looks at
MANY = 2  # outcomes up to which NSGA-II is used

type Settings = dict[str, Any]
type Losses = tuple[float, ...]
type Evaluate = Callable[[Sequence[Settings]], Sequence[Losses]]
type OnGeneration = Callable[[int], None]


@dataclass(frozen=True)
class Portfolio:
    """Settings of the levers, and their losses: what is to be small, one number an outcome."""

    settings: Settings
    losses: Losses


def search(
    ranges: Sequence[Range],
    outcomes: int,
    evaluate: Evaluate,
    *,
    population: int,
    generations: int,
    seed: int,
    on_generation: OnGeneration | None = None,
) -> list[Portfolio]:
    """Every portfolio that was tried, generation by generation. evaluate: a generation's settings to their losses;
    on_generation: called with the number of generations done."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    kinds = optuna.samplers.NSGAIISampler if outcomes <= MANY else optuna.samplers.NSGAIIISampler
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        sampler = kinds(population_size=population, seed=seed)
    study = optuna.create_study(directions=["minimize"] * outcomes, sampler=sampler)
    tried: list[Portfolio] = []
    for generation in range(generations):
        trials = [study.ask() for _ in range(population)]
        chosen = [_settings(trial, ranges) for trial in trials]
        for trial, settings, losses in zip(trials, chosen, evaluate(chosen), strict=True):
            study.tell(trial, list(losses))
            tried.append(Portfolio(settings, losses))
        if on_generation is not None:
            on_generation(generation + 1)
    return tried


def _settings(trial: Any, ranges: Sequence[Range]) -> Settings:
    """A trial's values: a place in each range, in the range's own type."""
    return {one.name: one.at(np.array([trial.suggest_float(one.name, 0.0, 1.0)]))[0] for one in ranges}


def front(tried: Sequence[Portfolio]) -> list[Portfolio]:
    """Those that no other one beats on every outcome, each once, by the first loss."""
    unique = {repr(sorted(one.settings.items())): one for one in tried if all(loss < FAR for loss in one.losses)}
    listed = list(unique.values())
    kept = [one for one in listed if not any(dominates(other.losses, one.losses) for other in listed)]
    return sorted(kept, key=_losses_of)


def _losses_of(one: Portfolio) -> Losses:
    return one.losses


def dominates(first: Losses, second: Losses) -> bool:
    """Whether the first losses are nowhere larger, and somewhere smaller."""
    return all(a <= b for a, b in zip(first, second, strict=True)) and first != second


def robust(values: Sequence[float | None], way: str, better: str) -> float | None:
    """One number for an outcome over the points of what is believed: its mean, or the mean of its worst tenth of the
    points (one at least). None unless every point has a value."""
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    if way == "mean":
        return float(np.mean(known))
    count = max(1, round(WORST * len(known)))
    ordered = sorted(known, reverse=better == "down")
    return float(np.mean(ordered[:count]))


def loss(value: float | None, better: str) -> float:
    """What is to be small: the value itself, or its opposite where more is better."""
    if value is None:
        return FAR
    return -value if better == "up" else value
