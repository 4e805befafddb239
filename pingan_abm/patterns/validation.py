"""The statistics of service requests for runs of the model, judged against published values: does the model agree in
kind?"""

from collections.abc import Callable
from dataclasses import replace

from pingan_abm.patterns.pattern import Claim
from pingan_abm.patterns.service_requests import STATISTICS, of_model
from pingan_abm.patterns.verdicts import Finding, decide
from pingan_abm.runs import RunSpec, build_model, matched
from pingan_abm.study.run.parallel import in_order


def statistics_of_run(spec: RunSpec) -> tuple[float | None, ...]:
    """Live a run to its end, and compute every statistic, in the order of STATISTICS."""
    model = build_model(matched(spec))
    for _ in range(spec.days):
        model.step()
    requests = of_model(model)
    return tuple(one.function(requests) for one in STATISTICS)


def validate(
    spec: RunSpec,
    replications: int,
    workers: int,
    announce: Callable[[], None] | None = None,
    on_run: Callable[[int], None] | None = None,
) -> tuple[Finding, ...]:
    """One finding a statistic, in the order of STATISTICS: it holds when its 95 % interval over replications of `spec`
    lies within the range in which the model agrees. on_run: called with the number of runs done."""
    rows = []
    specs = [replace(spec, replication=number) for number in range(replications)]
    for row in in_order(statistics_of_run, specs, workers, announce):
        rows.append(row)
        if on_run is not None:
            on_run(len(rows))
    claims = [Claim(one.en, one.zh, (), one.function, "within", one.low, one.high) for one in STATISTICS]
    return tuple(decide(claim, values) for claim, values in zip(claims, zip(*rows, strict=True), strict=True))
