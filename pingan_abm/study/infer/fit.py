"""What evidence says of points of the unit cube, through emulators: how implausible they are, and how likely."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pingan_abm.study.infer.emulators import Ensemble
from pingan_abm.study.plan.evidence import Evidence

LIMIT = (
    3.0  # an implausibility above it rules a point out (Pukelsheim 1994: at most 5 % of any unimodal law lie beyond)
)
LEAST_ERROR = 0.25  # of a run's luck: the error of evidence that names none


@dataclass(frozen=True)
class Confronted:
    """Emulators beside the evidence that is used. observed, extra: float64 [metrics], the value and the variance of its
    error and of the model's discrepancy; spread: of each metric over the cube."""

    ensemble: Ensemble
    observed: np.ndarray
    extra: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, ensemble: Ensemble, evidence: Sequence[Evidence]) -> "Confronted":
        """Put together what is used and has an emulator."""
        by_metric = {one.metric: one for one in evidence if one.used}
        used = [by_metric[name] for name in ensemble.metrics]
        spread = np.array([one.spread for one in ensemble.emulators])
        least = np.array([(LEAST_ERROR * one.spread) ** 2 * one.noise for one in ensemble.emulators])
        extra = np.array([one.error**2 + one.discrepancy**2 for one in used])
        return cls(ensemble, np.array([one.value for one in used]), np.maximum(extra, least), spread)

    def implausibility(self, places: np.ndarray) -> np.ndarray:
        """The largest distance of a metric from its evidence, in standard deviations of all that could part them,
        float64 [points]."""
        means, unsure, luck = self.ensemble.predict(places)
        return np.asarray((np.abs(self.observed - means) / np.sqrt(unsure + luck + self.extra)).max(axis=1))

    def likelihood(self, places: np.ndarray, tolerance: float) -> np.ndarray:
        """Log likelihood of the evidence, float64 [points], when a run may miss it by a normal error of `tolerance`
        spreads besides its own; −∞ where a point is ruled out. What a run at a point would give is normal, so the
        average over runs is exact."""
        means, unsure, luck = self.ensemble.predict(places)
        deviation = np.sqrt(unsure + luck)
        ruled_out = (np.abs(self.observed - means) > LIMIT * np.sqrt(unsure + luck + self.extra)).any(axis=1)
        covariance = deviation[:, :, None] * deviation[:, None, :] * self.ensemble.correlation
        more = self.extra + (tolerance * self.spread) ** 2
        covariance = covariance + np.eye(len(more)) * more
        factor = np.linalg.cholesky(covariance)
        scaled = np.linalg.solve(factor, (self.observed - means)[:, :, None])[:, :, 0]
        logs = -0.5 * (scaled**2).sum(1) - np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(1)
        return np.where(ruled_out, -np.inf, logs)
