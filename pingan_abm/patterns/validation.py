"""The statistics of service requests for runs of the model, judged against published values: does the model agree in kind?"""

from collections.abc import Callable
from dataclasses import dataclass

from pingan_abm.model import PinganModel
from pingan_abm.parallel import in_order
from pingan_abm.patterns.pattern import Claim
from pingan_abm.patterns.service_requests import STATISTICS, of_model
from pingan_abm.patterns.verdicts import Finding, decide

DAYS = 365


@dataclass(frozen=True)
class YearRun:
    """One replication of a year at the defaults."""

    residents: int
    seed: int
    replication: int


def statistics_of_run(run: YearRun) -> tuple[float | None, ...]:
    """Live a year, and compute every statistic, in the order of STATISTICS."""
    model = PinganModel(residents=run.residents, days=DAYS, seed=run.seed, replication=run.replication)
    for _ in range(DAYS):
        model.step()
    requests = of_model(model)
    return tuple(one.function(requests) for one in STATISTICS)


def validate(residents: int, seed: int, replications: int, workers: int, tell: Callable[[], None] | None = None,
             on_run: Callable[[int], None] | None = None) -> tuple[Finding, ...]:
    """One finding a statistic, in the order of STATISTICS: it holds when its 95 % interval over replications lies within the range
    in which the model agrees. on_run: called with the number of runs done."""
    rows = []
    for row in in_order(statistics_of_run, [YearRun(residents, seed, number) for number in range(replications)], workers, tell):
        rows.append(row)
        if on_run is not None:
            on_run(len(rows))
    claims = [Claim(one.en, one.zh, (), one.function, "within", one.low, one.high) for one in STATISTICS]
    return tuple(decide(claim, values) for claim, values in zip(claims, zip(*rows, strict=True), strict=True))
