"""Evidence from a file of service requests: the metrics of the model that such a file also has, each with the error
that its number of requests leaves."""

from collections.abc import Callable

import numpy as np

from pingan_abm.patterns.service_requests import Requests
from pingan_abm.study.plan.evidence import Evidence

FOLLOWED = 90.0  # days that each request is followed, as the model follows its files
SOON = 30.0  # days within which a file counts as closed
DRAWS = 200  # of the bootstrap
YEAR = 365.0


def evidence_from(requests: Requests, people: float | None = None) -> tuple[Evidence, ...]:
    """What a file of requests says of the model's metrics: days to the first closure, closed within 30 days, closed on
    time, and, where the number of people is known, requests for 1000 of them and year.

    Requests count if they were opened 90 days or more before the file ends; one still open then counts as 90 days, as
    in the model. Errors are the spread of the figure over 200 draws of as many requests (Efron 1979), of the volume
    that of its weeks.
    """
    end = float(len(requests.daily))
    cohort = requests.opened <= end - 1.0 - FOLLOWED
    took = (requests.closed - requests.opened)[cohort]
    took = np.where(np.isnan(took) | (took > FOLLOWED), FOLLOWED, took)
    known = ~np.isnan(requests.due) & (requests.due <= end - 1.0)
    with np.errstate(invalid="ignore"):
        in_time = (requests.closed <= requests.due)[known].astype(float)
    figures: tuple[tuple[str, np.ndarray, Callable[[np.ndarray], float]], ...] = (
        ("days_to_close_median", took, _median),
        ("days_to_close_mean", took, _mean),
        ("days_to_close_p90", took, _p90),
        ("reported_closure_rate", (took <= SOON).astype(float), _mean),
        ("on_time_rate", in_time, _mean),
    )
    found = [Evidence(name, one(values), _error(values, one)) for name, values, one in figures if len(values) > 1]
    if people:
        weeks = requests.daily[: len(requests.daily) // 7 * 7].reshape(-1, 7).sum(1)
        per_year = 1000.0 * YEAR / 7.0 / people
        if len(weeks) > 1:
            error = float(weeks.std(ddof=1)) / len(weeks) ** 0.5
            found.append(Evidence("files_per_1000", float(weeks.mean()) * per_year, error * per_year))
    return tuple(found)


def _error(values: np.ndarray, figure: Callable[[np.ndarray], float]) -> float:
    rng = np.random.default_rng(len(values))
    drawn = [figure(values[rng.integers(0, len(values), len(values))]) for _ in range(DRAWS)]
    return float(np.std(drawn, ddof=1))


def _median(values: np.ndarray) -> float:
    return float(np.median(values))


def _mean(values: np.ndarray) -> float:
    return float(values.mean())


def _p90(values: np.ndarray) -> float:
    return float(np.quantile(values, 0.9))
