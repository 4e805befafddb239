"""Metrics that evidence can name: every outcome of the model, and measures made of several outcomes or of a district's
size."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pingan_abm.texts.bilingual import Bilingual

YEAR, MONTH = 365.0, 30.0  # days

type Outcomes = Mapping[str, float | None]


@dataclass(frozen=True)
class Measure:
    """A figure made of a run's outcomes. function: of the outcomes, residents and days of a run."""

    label: Bilingual
    unit: str
    function: Callable[[Outcomes, int, int], float | None]


def solved_of_closed(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Of the files closed within 30 days, those whose problem is really solved: what people answer when they are asked
    whether their request was resolved."""
    return _over(outcomes.get("true_resolution_rate"), outcomes.get("reported_closure_rate"))


def felt_satisfaction(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Share of all affected residents of registered problems who are satisfied when asked outright."""
    rated, gap = outcomes.get("satisfaction_rate"), outcomes.get("satisfaction_gap")
    return None if rated is None or gap is None else rated - gap


def files_per_1000(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Case files for 1000 residents and year."""
    return _over(_times(outcomes.get("case_files"), 1000.0 * YEAR), float(residents * days))


def reports_per_1000(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Residents' reports for 1000 residents and year."""
    return _over(_times(outcomes.get("reports"), 1000.0 * YEAR), float(residents * days))


def carried_over(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Of the files that are open in a month, those still open at its end: W/(W + 30 days), W the mean days to closure
    (Little's law, for files that come evenly)."""
    took = outcomes.get("days_to_close_mean")
    return None if took is None else took / (took + MONTH)


def requests_per_person_year(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Case files for each resident and year, beside the requests of a records file."""
    return _over(_times(outcomes.get("case_files"), YEAR), float(residents * days))


def closed_later_than_30_days(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Files that are not closed 30 days after they were opened; a records file counts among its closed requests."""
    closed = outcomes.get("reported_closure_rate")
    return None if closed is None else 1.0 - closed


def closed(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Requests of a records file that were closed by its end. How many that are depends on where the file ends, so the
    model has no figure beside it: it is shown, and inference passes over it."""
    return None


def closed_on_time(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Files closed on time, beside the requests of a records file that were."""
    return outcomes.get("on_time_rate")


def duplicates(outcomes: Outcomes, residents: int, days: int) -> float | None:
    """Duplicate files, beside the requests that a records file calls so."""
    return outcomes.get("duplicate_file_rate")


MEASURES: dict[str, Measure] = {
    "solved_of_closed": Measure(
        Bilingual("Really solved, of those closed within 30 days", "30日内办结案卷中的实际解决率"),
        "share",
        solved_of_closed,
    ),
    "felt_satisfaction": Measure(
        Bilingual("Satisfied when asked outright", "直接询问的满意率"), "share", felt_satisfaction
    ),
    "carried_over": Measure(Bilingual("Carried over to the next month", "结转下月占比"), "share", carried_over),
    "requests_per_person_year": Measure(
        Bilingual("Case files a resident and year", "每人每年案卷数"), "count", requests_per_person_year
    ),
    "closed_later_than_30_days": Measure(
        Bilingual("Closed later than in 30 days", "超过30日办结占比"), "share", closed_later_than_30_days
    ),
    "closed": Measure(Bilingual("Closed", "已办结占比"), "share", closed),
    "closed_on_time": Measure(Bilingual("Closed on time", "按期办结占比"), "share", closed_on_time),
    "duplicates": Measure(Bilingual("Duplicates", "重复件占比"), "share", duplicates),
    "files_per_1000": Measure(
        Bilingual("Case files for 1000 residents and year", "每千人每年案卷数"), "count", files_per_1000
    ),
    "reports_per_1000": Measure(
        Bilingual("Reports for 1000 residents and year", "每千人每年反映数"), "count", reports_per_1000
    ),
}


def metric_names() -> list[str]:
    """All names that evidence can use."""
    from pingan_abm.outcomes.catalogue import OUTCOMES

    return [*OUTCOMES, *MEASURES]


def is_metric(name: str) -> bool:
    """Whether evidence can name it."""
    return name in metric_names()


def metric_value(name: str, outcomes: Outcomes, residents: int, days: int) -> float:
    """A metric of a run; not-a-number where it has none."""
    value = MEASURES[name].function(outcomes, residents, days) if name in MEASURES else outcomes.get(name)
    return math.nan if value is None else float(value)


def metric_label(name: str, language: str) -> str:
    """What a metric is called."""
    from pingan_abm.outcomes.catalogue import OUTCOMES

    return MEASURES[name].label.text(language) if name in MEASURES else OUTCOMES[name].label(language)


def metric_unit(name: str) -> str:
    """The unit of a metric."""
    from pingan_abm.outcomes.catalogue import OUTCOMES

    return MEASURES[name].unit if name in MEASURES else OUTCOMES[name].unit


def _over(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
