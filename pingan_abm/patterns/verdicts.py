"""From the runs to verdicts: a statistic with its 95 % interval for every claim, with the mechanism on, off, and
in rival forms."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from pingan_abm.patterns.experiment import Results
from pingan_abm.patterns.pattern import Claim, Condition, Overlay, Part, Pattern, settings
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.trace.follow import share_interval

RESAMPLES = 4_000
AS_IT_IS = Overlay()
RIVALS: dict[str, Overlay] = {
    "score_loss": Overlay(settings(return_form="score_loss")),
    "multitask": Overlay(settings(closure_form="multitask")),
    "renewal": Overlay(settings(alignment_form="renewal")),
    "capacity_only": Overlay(settings(behaviour="capacity_only")),
}


class Verdict(StrEnum):
    """Whether the interval lies on the claimed side, on the other, or on both."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNDECIDED = "undecided"

    def label(self, language: str) -> str:
        """The verdict in a language."""
        chinese = {Verdict.HOLDS: "成立", Verdict.FAILS: "不成立", Verdict.UNDECIDED: "未定"}
        return chinese[self] if language == "zh" else self.value


@dataclass(frozen=True)
class Finding:
    """A claim's statistic over replications; None where too few know it. values: one a replication, where it is
    known."""

    claim: Claim
    values: tuple[float | tuple[float, float], ...]
    value: float | None
    low: float | None
    high: float | None
    verdict: Verdict


@dataclass(frozen=True)
class PatternResult:
    """A pattern's verdict and findings as the model is; the same with its mechanism off, and in rival forms by name."""

    pattern: Pattern
    verdict: Verdict
    findings: tuple[Finding, ...]
    off_verdict: Verdict
    off: tuple[Finding, ...]
    rivals: Mapping[str, tuple[Verdict, tuple[Finding, ...]]] = field(default_factory=dict)


def conditions_of(patterns: Sequence[Pattern], rivals: bool) -> list[Condition]:
    """Every condition that the patterns need, each once."""
    wanted: dict[Condition, None] = {}
    for pattern in patterns:
        for overlay in (AS_IT_IS, pattern.off, *(RIVALS.values() if rivals else ())):
            for claim in pattern.claims:
                wanted |= dict.fromkeys(one.under(overlay) for one in claim.conditions)
    return list(wanted)


def evaluate(pattern: Pattern, results: Results, replications: int, rivals: bool) -> PatternResult:
    """The verdict on a pattern from runs that have been carried out."""
    verdict, findings = judged(pattern, results, replications, AS_IT_IS)
    off_verdict, off = judged(pattern, results, replications, pattern.off)
    others = (
        {name: judged(pattern, results, replications, overlay) for name, overlay in RIVALS.items()} if rivals else {}
    )
    return PatternResult(pattern, verdict, findings, off_verdict, off, others)


def judged(
    pattern: Pattern, results: Results, replications: int, overlay: Overlay
) -> tuple[Verdict, tuple[Finding, ...]]:
    """The verdict on a pattern and the findings on its claims, with something laid over every condition."""
    findings = []
    for claim in pattern.claims:
        conditions = [one.under(overlay) for one in claim.conditions]
        values = [claim.statistic(*(results.of(one, number) for one in conditions)) for number in range(replications)]
        findings.append(decide(claim, values))
    return together([one.verdict for one in findings if one.claim.required]), tuple(findings)


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """A pattern holds when every claim does, and does not when one does not."""
    if Verdict.FAILS in verdicts:
        return Verdict.FAILS
    return Verdict.HOLDS if verdicts and set(verdicts) == {Verdict.HOLDS} else Verdict.UNDECIDED


def by_part(findings: Sequence[Finding]) -> dict[Part, Verdict]:
    """A verdict of each part of a pattern that has several."""
    required: dict[Part, list[Verdict]] = {}
    for one in findings:
        if one.claim.part is not None and one.claim.required:
            required.setdefault(one.claim.part, []).append(one.verdict)
    return {part: together(verdicts) for part, verdicts in required.items()}


def decide(claim: Claim, values: Sequence[float | tuple[float, float] | None]) -> Finding:
    """The finding on a claim from one value a replication."""
    known = [value for value in values if value is not None]
    value, low, high = _interval(claim, known)
    return Finding(claim, tuple(known), value, low, high, side_of(claim, low, high))


def _interval(
    claim: Claim, known: Sequence[float | tuple[float, float]]
) -> tuple[float | None, float | None, float | None]:
    """Statistic and ends of its interval, of the claim's kind."""
    if not known:
        return None, None, None
    if claim.interval == "ratio":
        return ratio_interval(np.array(known, float))
    numbers = [float(value) for value in known]  # type: ignore[arg-type]  # pairs are of the claims above
    if claim.interval == "share":
        low, high = share_interval(round(sum(numbers)), len(numbers))
        return sum(numbers) / len(numbers), low, high
    found = mean_interval(numbers)
    return (None, None, None) if found is None else (found.mean, found.low, found.high)


def ratio_interval(pairs: np.ndarray) -> tuple[float | None, float | None, float | None]:
    """Sum of the first column over sum of the second, with the percentile bootstrap over rows; unknown when the
    whole is not positive."""
    part, whole = pairs.sum(axis=0)
    if whole <= 0.0:
        return None, None, None
    chosen = np.random.default_rng(0).integers(0, len(pairs), (RESAMPLES, len(pairs)))
    sums = pairs[chosen].sum(axis=1)
    ratios = np.where(sums[:, 1] > 0.0, sums[:, 0] / np.where(sums[:, 1] > 0.0, sums[:, 1], 1.0), math.inf)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return float(part / whole), float(low), float(high)


def side_of(claim: Claim, low: float | None, high: float | None) -> Verdict:
    """Where an interval lies. If a claim says that there is an effect and there is none at all, the claim does not
    hold."""
    if low is None or high is None:
        return Verdict.UNDECIDED
    if claim.direction == "within":
        holds, fails = low >= claim.bound and high <= claim.upper, high < claim.bound or low > claim.upper
    elif claim.direction == "above":
        holds, fails = low > claim.bound, high <= claim.bound
    else:
        holds, fails = high < claim.bound, low >= claim.bound
    return Verdict.HOLDS if holds else Verdict.FAILS if fails else Verdict.UNDECIDED
