"""Inference: what evidence says of unknown numbers. History matching in waves (Craig, Goldstein, Seheult & Smith 1997;
Vernon, Goldstein & Bower 2010) rules out what cannot be; approximate Bayesian computation within what is left gives a
sample of what is plausible; runs of the model at points of that sample show whether it fits, also evidence that was not
used.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.files.provenance import manifest
from pingan_abm.runs import RunFunction, resolved, run_one
from pingan_abm.study.infer.emulators import fit_ensemble
from pingan_abm.study.infer.fit import LIMIT, Confronted
from pingan_abm.study.infer.sampling import Region, approximate, not_ruled_out
from pingan_abm.study.infer.waves import TRUTH, Announce, Budget, Runs, spread_out
from pingan_abm.study.keep.folder import create_store, same_runs
from pingan_abm.study.plan.evidence import Evidence
from pingan_abm.study.plan.measures import metric_unit
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.clusters import Workers
from pingan_abm.texts.errors import InputErrors, Sentence, raise_if_any, sentence

CHAINS, DRAWS = 4, 500
CANDIDATES = 1000  # points among which those of a wave are chosen
ENDS = (0.05, 0.95)  # of every interval that is reported: a central 90 %
ENOUGH = 19  # runs of which the least and the most are the ends of such an interval
STREAMS = {"truth": 1, "wave": 2, "chain": 3, "check": 4}  # of random numbers: each purpose has its own


@dataclass(frozen=True)
class Wave:
    """One wave. runs: its points; left: share of the cube that the runs up to it do not rule out; limit: the smallest
    implausibility limit below which points were found, LIMIT where some are left."""

    runs: int
    left: float
    limit: float


@dataclass(frozen=True)
class Checked:
    """A piece of evidence beside runs at points of the posterior. low, high: central 90 % of what they give, with the
    error of the evidence and the discrepancy of the model; None where no run has a value. emulated: whether inference
    could use it."""

    evidence: Evidence
    low: float | None
    high: float | None
    emulated: bool

    @property
    def fits(self) -> bool | None:
        """Whether what was observed lies in that interval."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.evidence.value <= self.high


@dataclass(frozen=True)
class Inference:
    """What came out. places: float64 [chains, draws, ranges] in the unit cube, None when nothing fits; settings: of
    each draw, chain by chain; truth: the settings behind synthetic evidence."""

    study: Study
    waves: tuple[Wave, ...]
    places: np.ndarray | None
    settings: tuple[dict[str, Any], ...]
    checks: tuple[Checked, ...]
    truth: dict[str, Any] | None


def problems_of(study: Study) -> list[Sentence]:
    """Why nothing could be inferred with a study."""
    problems = []
    if not any(one.used for one in study.evidence):
        problems.append(
            sentence(
                'an inference needs evidence: write evidence = "evidence.csv", a file beside the study, or tables '
                "[[evidence]]."
            )
        )
    listed = [one.name for one in study.ranges if one.kind == "values"]
    if listed:
        problems.append(
            sentence(
                "{names}: an inference moves what lies between low and high, not what takes listed values.",
                names=", ".join(listed),
            )
        )
    if study.replications != 1:
        problems.append(
            sentence("replications: an inference runs each point once, with luck of its own; leave it out.")
        )
    return problems


def infer(
    study: Study,
    out: Path,
    workers: Workers,
    *,
    budget: int,
    synthetic: bool = False,
    announce: Announce | None = None,
    run: RunFunction = run_one,
) -> Inference:
    """Infer the ranges of a study from its evidence; with `synthetic`, from one run at a point that the seed chooses,
    whose metrics take the place of what was observed.

    Raises InputErrors when the study or the folder cannot be used, OSError when the folder cannot be written;
    KeyboardInterrupt after storing what is finished.
    """
    from threadpoolctl import threadpool_limits

    raise_if_any(list(problems_of(study)))
    parts = Budget.of(budget)
    about = inference_manifest(study, parts, synthetic)
    store = create_store(out, about, same_runs(about))
    runs = Runs(study, store, workers, parts.runs + synthetic, announce, run)
    with threadpool_limits(1):  # sums in another order would be other bytes
        return _Search(study, parts, runs).carried_out(synthetic)


def inference_manifest(study: Study, parts: Budget, synthetic: bool) -> dict[str, Any]:
    """What the folder of an inference says of it."""
    from pingan_abm.outcomes.catalogue import OUTCOMES

    more = {
        "kind": "inference",
        "warmup": study.warmup,
        "history": study.history,
        "inference": {**study.contents(), "synthetic": synthetic, "waves": parts.waves, "checks": parts.checks},
        "planned": parts.runs + synthetic,
        "outcomes": list(OUTCOMES),
    }
    parameters = dict(resolved(study.spec({one.name: one.first() for one in study.ranges}, 0))[0])
    return manifest(seed=study.seed, parameters=parameters, command="infer", scenario=study.scenario.name, more=more)


class _Search:
    """One inference under way."""

    def __init__(self, study: Study, parts: Budget, runs: Runs) -> None:
        self.study, self.parts, self.runs = study, parts, runs
        self.evidence = study.evidence
        self.width = len(study.ranges)
        self.places = np.zeros((0, self.width))
        self.values = np.zeros((0, 0))

    def rng(self, stream: str, number: int = 0) -> np.random.Generator:
        """Random numbers of one purpose."""
        return np.random.default_rng([self.study.seed, STREAMS[stream], number])

    def carried_out(self, synthetic: bool) -> Inference:
        """Do all of it."""
        truth = self._synthetic() if synthetic else None
        waves = [self._first_wave()]
        for number, count in enumerate(self.parts.waves[1:], start=1):
            waves.append(self._next_wave(number, count))
        confronted = self._confronted()
        regions = [self._region(confronted, "chain", chain, DRAWS) for chain in range(CHAINS)]
        limit, left = max(one.limit for one in regions), float(np.mean([one.share for one in regions]))
        waves[-1] = Wave(waves[-1].runs, left, limit)
        if limit > LIMIT:
            return Inference(self.study, tuple(waves), None, (), self._checks(self.places, confronted), truth)
        samples = [
            approximate(region.points, confronted.likelihood, self.rng("chain", CHAINS + chain))
            for chain, region in enumerate(regions)
        ]
        places = np.stack([one.points for one in samples])
        drawn = places.reshape(-1, self.width)
        chosen = drawn[np.linspace(0, len(drawn) - 1, self.parts.checks).astype(int)]
        settings = tuple(self.runs.settings(drawn))
        return Inference(self.study, tuple(waves), places, settings, self._checks(chosen, confronted), truth)

    @property
    def used(self) -> list[str]:
        """Metrics that inference uses."""
        return [one.metric for one in self.evidence if one.used]

    def _synthetic(self) -> dict[str, Any]:
        """Put the metrics of one run in the place of the evidence; returns what lies behind them."""
        place = self.rng("truth").random((1, self.width))
        names = [one.metric for one in self.evidence]
        values = self.runs.metrics(place, TRUTH, names)[0]
        self.evidence = tuple(
            Evidence(one.metric, float(value), 0.0, 0.0, one.used)
            for one, value in zip(self.evidence, values, strict=True)
            if np.isfinite(value)
        )
        if not self.used:
            raise InputErrors([sentence("the run behind the synthetic evidence gives none of the metrics a value.")])
        return self.runs.settings(place)[0]

    def _first_wave(self) -> Wave:
        from scipy.stats import qmc

        count = self.parts.waves[0]
        self.places = np.asarray(qmc.LatinHypercube(self.width, rng=self.rng("wave")).random(count))
        self.values = self.runs.metrics(self.places, 0, self.used)
        return Wave(count, 1.0, LIMIT)

    def _next_wave(self, number: int, count: int) -> Wave:
        """Run further points in what is not ruled out; where everything seems ruled out, where it is least so."""
        region = self._region(self._confronted(), "wave", number, CANDIDATES)
        points = spread_out(region.points, self.places, count)
        found = self.runs.metrics(points, len(self.places), self.used)
        self.places, self.values = np.vstack([self.places, points]), np.vstack([self.values, found])
        return Wave(count, region.share, region.limit)

    def _confronted(self) -> Confronted:
        ensemble = fit_ensemble(self.used, self.places, self.values)
        if not ensemble.metrics:
            raise InputErrors(
                [sentence("no metric of the evidence has a value in most runs that also differs among them.")]
            )
        return Confronted.of(ensemble, self.evidence)

    def _region(self, confronted: Confronted, stream: str, number: int, count: int) -> Region:
        return not_ruled_out(confronted.implausibility, self.width, count, LIMIT, self.rng(stream, number))

    def _checks(self, points: np.ndarray, confronted: Confronted) -> tuple[Checked, ...]:
        """Run the model at points, and look where evidence lies among what it gives. Where nothing fits, the points are
        those of the waves, whose runs are known, but for metrics that were kept back."""
        points = points[: self.parts.checks]
        found = self.runs.metrics(points, sum(self.parts.waves), [one.metric for one in self.evidence])
        rng = self.rng("check")
        return tuple(
            _checked(one, found[:, column], one.used and one.metric in confronted.ensemble.metrics, rng)
            for column, one in enumerate(self.evidence)
        )


def _checked(evidence: Evidence, values: np.ndarray, emulated: bool, rng: np.random.Generator) -> Checked:
    """Evidence beside the values of runs, each with an error drawn from what may part them."""
    wide = float(np.hypot(evidence.error, evidence.discrepancy))
    drawn = values + wide * rng.standard_normal(len(values))
    drawn = drawn[np.isfinite(drawn)]
    low, high = _central(drawn)
    if low is not None and high is not None and np.nanmin(values) >= 0.0:  # no run goes below nought, so none would
        low = max(0.0, low)
        high = min(1.0, high) if metric_unit(evidence.metric) == "share" else high
    return Checked(evidence, low, high, emulated)


def _central(values: np.ndarray) -> tuple[float | None, float | None]:
    """Ends between which a further run lies in nine cases of ten: quantiles that hold so much on average, or, of runs
    too few for that, the prediction interval of a normal law; None of fewer than two."""
    count = len(values)
    if count < 2:
        return None, None
    if count >= ENOUGH:
        low, high = np.quantile(values, ENDS, method="weibull")
        return float(low), float(high)
    from scipy.stats import t

    half = float(t.ppf(ENDS[1], count - 1)) * float(values.std(ddof=1)) * (1.0 + 1.0 / count) ** 0.5
    mean = float(values.mean())
    return mean - half, mean + half
