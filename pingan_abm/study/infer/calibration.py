"""Calibration: parameter values that bring outcomes near their targets, sought by Optuna and resumed where it stopped.

Each trial's proposal depends on the seed, its number and the finished trials before it, and on nothing else; so a
calibration that was killed and resumed takes the same path as one that was not.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.study.infer.journal import mend
from pingan_abm.study.plan.ranges import Range
from pingan_abm.study.plan.study import Target
from pingan_abm.texts.errors import InputErrors, Sentence, sentence

if TYPE_CHECKING:
    import optuna
    from optuna.storages.journal import JournalFileSymlinkLock

JOURNAL = "calibration.journal"
STUDY = "calibration"
NEAR = 10  # one in this many trials counts as nearly as good as the best
# misfit of a trial of which a target has no value: far from everything, yet a number that trials can be ranked by
FAR = 1e6

type Evaluate = Callable[[Mapping[str, Any]], Mapping[str, Sequence[float | None]]]


@dataclass(frozen=True)
class Near:
    """The best tenth of the finished trials, rounded up: how flat the optimum is. trials: how many; misfit: the largest
    among them; spans: by range the lowest and the highest value there, of listed values those that occur, in the
    range's order."""

    trials: int
    misfit: float
    spans: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Fit:
    """The best settings found. misfit: mean of the squared differences from the targets in units of their scales;
    outcomes: mean over replications by target, None where there was no value; trials: how many were finished; near:
    those nearly as good."""

    settings: Mapping[str, Any]
    misfit: float
    outcomes: Mapping[str, float | None]
    trials: int
    near: Near


def calibrate(
    folder: Path,
    ranges: Sequence[Range],
    targets: Sequence[Target],
    evaluate: Evaluate,
    *,
    trials: int,
    seed: int,
    on_trial: Callable[[int, float], None] | None = None,
    on_damage: Callable[[Sentence], None] | None = None,
) -> Fit | None:
    """Seek settings until this many trials are finished in the folder's journal, those of earlier calls included.

    evaluate: settings to the values of every target's outcome, one a replication; on_trial: called with the number of
    finished trials and the last misfit; on_damage: called with a sentence on what of the journal could not be read.
    None when no trial gave every target a value. Raises InputErrors when the ranges or targets are empty, or when the
    journal is of other ranges, targets or another seed.
    """
    import optuna
    from optuna.storages.journal import JournalFileBackend

    if not ranges or not targets:
        raise InputErrors(
            [sentence("a calibration needs ranges under [parameters] and figures to reach under [targets].")]
        )
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    storage = optuna.storages.JournalStorage(
        JournalFileBackend(str(folder / JOURNAL), _mended(folder / JOURNAL, on_damage))
    )
    study = optuna.create_study(storage=storage, study_name=STUDY, direction="minimize", load_if_exists=True)
    _check_same(study, ranges, targets, seed)
    _close_interrupted(study)
    while (done := len(_finished(study))) < trials:
        study.sampler = optuna.samplers.TPESampler(seed=_trial_seed(seed, done))
        trial = study.ask()
        settings = {one.name: _suggested(trial, one) for one in ranges}
        means = {target.outcome: _mean(values) for target, values in _of_targets(targets, evaluate(settings))}
        score = misfit(targets, means)
        trial.set_user_attr("outcomes", means)
        study.tell(trial, score)
        if on_trial is not None:
            on_trial(done + 1, score)
    return _best(study, ranges)


def _mended(path: Path, on_damage: Callable[[Sentence], None] | None) -> "JournalFileSymlinkLock":
    """Mend a journal under its lock, and return the lock."""
    from optuna.storages.journal import JournalFileSymlinkLock

    lock = JournalFileSymlinkLock(str(path))
    lock.acquire()
    try:
        damage = mend(path)
    finally:
        lock.release()
    if damage is not None and on_damage is not None:
        on_damage(damage)
    return lock


def misfit(targets: Sequence[Target], means: Mapping[str, float | None]) -> float:
    """Mean of ((mean − target)/scale)² over the targets; FAR when one has no value."""
    total = 0.0
    for target in targets:
        mean = means[target.outcome]
        if mean is None or not math.isfinite(mean):
            return FAR
        total += ((mean - target.value) / target.scale) ** 2
    return min(total / len(targets), FAR)


def _of_targets(
    targets: Sequence[Target], values: Mapping[str, Sequence[float | None]]
) -> list[tuple[Target, Sequence[float | None]]]:
    return [(target, values.get(target.outcome, ())) for target in targets]


def _mean(values: Sequence[float | None]) -> float | None:
    """Mean of the replications; None unless each has a value, for a mean over some of them would flatter the trial."""
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known and len(known) == len(values) else None


def _trial_seed(seed: int, number: int) -> int:
    return int(np.random.SeedSequence([seed, number]).generate_state(1)[0])


def _suggested(trial: "optuna.Trial", one: Range) -> Any:
    """A trial's value of a range, in the range's own type."""
    if one.kind == "number":
        return trial.suggest_float(one.name, one.low, one.high, log=one.shape[0] == "log")
    if one.kind == "integer":
        return trial.suggest_int(one.name, one.low, one.high)
    if one.kind == "date":
        return date.fromordinal(trial.suggest_int(one.name, one.low.toordinal(), one.high.toordinal()))
    return one.values[trial.suggest_categorical(one.name, list(range(len(one.values))))]


def _settings(trial: "optuna.trial.FrozenTrial", ranges: Sequence[Range]) -> dict[str, Any]:
    """The settings of a finished trial, as `_suggested` gave them."""
    read: dict[str, Any] = {}
    for one in ranges:
        value = trial.params[one.name]
        read[one.name] = (
            date.fromordinal(value) if one.kind == "date" else one.values[value] if one.kind == "values" else value
        )
    return read


def _finished(study: "optuna.Study") -> "list[optuna.trial.FrozenTrial]":
    import optuna

    finished: list[optuna.trial.FrozenTrial] = study.get_trials(
        deepcopy=False, states=(optuna.trial.TrialState.COMPLETE,)
    )
    return finished


def _close_interrupted(study: "optuna.Study") -> None:
    """Trials that a killed process left open count as failed; samplers pass over them, so the path stays the same."""
    import optuna

    for trial in study.get_trials(deepcopy=False, states=(optuna.trial.TrialState.RUNNING,)):
        study.tell(trial.number, state=optuna.trial.TrialState.FAIL)


def _check_same(study: "optuna.Study", ranges: Sequence[Range], targets: Sequence[Target], seed: int) -> None:
    asked = {"ranges": repr(tuple(ranges)), "targets": repr(tuple(targets)), "seed": seed}
    kept = study.user_attrs
    for name, value in asked.items():
        if name in kept and kept[name] != value:
            raise InputErrors(
                [
                    sentence(
                        "the folder holds a calibration with other {name}; write another folder after --out.", name=name
                    )
                ]
            )
        if name not in kept:
            study.set_user_attr(name, value)


def _best(study: "optuna.Study", ranges: Sequence[Range]) -> Fit | None:
    finished = _finished(study)
    usable = sorted((_misfit_of(one), one.number, one) for one in finished if _misfit_of(one) < FAR)
    if not usable:
        return None
    score, _, best = usable[0]
    near = usable[: math.ceil(len(finished) / NEAR)]
    settings = [_settings(one, ranges) for _, _, one in near]
    spans = {one.name: _span(one, [values[one.name] for values in settings]) for one in ranges}
    return Fit(settings[0], score, best.user_attrs["outcomes"], len(finished), Near(len(near), near[-1][0], spans))


def _misfit_of(trial: "optuna.trial.FrozenTrial") -> float:
    return math.inf if trial.value is None else trial.value


def _span(one: Range, taken: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(value for value in one.values if value in taken) if one.kind == "values" else (min(taken), max(taken))
