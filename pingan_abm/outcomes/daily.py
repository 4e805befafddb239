"""What happened on each day so far: float64 [days], from the tally kept every evening."""

from collections.abc import Callable
from weakref import ref

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.outcomes.burden import daily_burden
from pingan_abm.outcomes.cohorts import judged, lives_of
from pingan_abm.outcomes.funnel import JUDGED_AFTER
from pingan_abm.world.world import World


def cumulative(model: DistrictModel, field: str) -> np.ndarray:
    """A count of the tally at the end of each day."""
    count: np.ndarray = model.daily[field][: model.day].astype(float)
    return count


def daily(model: DistrictModel, field: str) -> np.ndarray:
    """A count of the tally on each day."""
    change: np.ndarray = np.diff(cumulative(model, field), prepend=0.0)
    return change


def problems_arisen(model: DistrictModel) -> np.ndarray:
    """Problems that arose."""
    return daily(model, "arisen")


def reports_made(model: DistrictModel) -> np.ndarray:
    """Reports by residents, repeats included."""
    return daily(model, "reports")


def problems_registered(model: DistrictModel) -> np.ndarray:
    """Problems that became known, from any source."""
    return daily(model, "registered")


def files_opened(model: DistrictModel) -> np.ndarray:
    """Case files opened, duplicates included."""
    return daily(model, "files")


def closures_reported(model: DistrictModel) -> np.ndarray:
    """Closures of files that stood their verification."""
    stood: np.ndarray = daily(model, "closed") - daily(model, "reopened_by_audit")
    return stood


def problems_solved(model: DistrictModel) -> np.ndarray:
    """Problems truly solved, society's included."""
    return daily(model, "solved")


def solved_by_society(model: DistrictModel) -> np.ndarray:
    """Problems settled by society."""
    return daily(model, "solved_by_society")


def paper_closures(model: DistrictModel) -> np.ndarray:
    """Closures on paper only."""
    return daily(model, "paper")


def returns_made(model: DistrictModel) -> np.ndarray:
    """Files returned by units."""
    return daily(model, "returns")


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.where(whole > 0, part / np.maximum(whole, 1.0), np.nan)


def closed_share_so_far(model: DistrictModel) -> np.ndarray:
    """Files standing closed (closures less reopenings) over all on hand so far: opened, or open on the first
    morning."""
    closed = (
        cumulative(model, "closed")
        - cumulative(model, "reopened_by_audit")
        - cumulative(model, "reopened_by_complaint")
    )
    return _ratio(closed, cumulative(model, "files") + cumulative(model, "files_at_start"))


def solved_share_so_far(model: DistrictModel) -> np.ndarray:
    """Problems with a file truly solved over all that had one so far: filed, or unsolved on the first morning."""
    return _ratio(
        cumulative(model, "solved_with_file"), cumulative(model, "primary") + cumulative(model, "problems_at_start")
    )


def open_assignments(model: DistrictModel) -> np.ndarray:
    """Files in the units' queues in the evening."""
    return model.daily_levels["open_files"][: model.day].copy()


def backlog_days(model: DistrictModel) -> np.ndarray:
    """Staff-days of work in the units' queues in the evening."""
    return model.daily_levels["backlog"][: model.day].copy()


def latent_problems(model: DistrictModel) -> np.ndarray:
    """Problems nobody has registered yet."""
    return cumulative(model, "latent")


def trust_level(model: DistrictModel) -> np.ndarray:
    """Mean trust, known once a week."""
    return model.daily_levels["trust"][: model.day].copy()


def crises_so_far(model: DistrictModel) -> np.ndarray:
    """Problems that became a crisis."""
    return cumulative(model, "crises")


def patrol_minutes(model: DistrictModel) -> np.ndarray:
    """Grid officers' minutes on patrol."""
    return daily(model, "minutes_patrol")


def paperwork_minutes(model: DistrictModel) -> np.ndarray:
    """Officers' and communities' minutes on paperwork, uploads and revisits."""
    minutes: np.ndarray = (
        daily(model, "minutes_paperwork") + daily(model, "minutes_uploads") + daily(model, "minutes_revisits")
    )
    return minutes


class _Evening:
    """What the courses of problems give for each day, computed once for the indicators of one evening."""

    def __init__(self) -> None:
        self.found: tuple[Callable[[], World | None], int, dict[str, np.ndarray]] = (_nothing, 0, {})

    def series(self, model: DistrictModel, name: str) -> np.ndarray:
        """A series of the model's days so far; a world that was restored to an earlier day counts as another world."""
        world, day, series = self.found
        if world() is not model.world or day != model.day:
            counts = counted_by_day(lives_of(model.world), model.day)
            series = lived_by_day(counts if model.past is None else added_by_day(model.past.by_day, counts))
            self.found = (ref(model.world), model.day, series)
        return series[name].copy()


def _nothing() -> None:
    return None


_evening = _Evening()


def lived_by_day(counts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The burden of each day, and the funnel of the problems that arose on it: not-a-number for days whose funnel is
    not known yet. counts: as `counted_by_day` gives them."""
    return {
        name: values if name in BURDENS else _ratio(values, counts["arisen"])
        for name, values in counts.items()
        if name != "arisen"
    }


BURDENS = ("burden", "hidden")


def counted_by_day(lives: np.ndarray, days: int) -> dict[str, np.ndarray]:
    """The burden of each day, and numbers of the problems that arose on it: in all, and what became of them. Counts of
    problems that are apart add up. lives: LIFE rows."""
    burden = daily_burden(lives, days)
    rows = judged(lives, days)
    moment, day = rows["onset"] + JUDGED_AFTER, rows["onset"].astype(np.int64)
    masks = {name: rows[name] <= moment for name in ("registered", "handled", "solved")}
    masks["claimed"] = rows["claimed"] == 1
    counts = {name: np.bincount(day[mask], minlength=days).astype(float) for name, mask in masks.items()}
    counts["arisen"] = np.bincount(day, minlength=days).astype(float)
    return {"burden": burden[0], "hidden": burden[1], **counts}


def added_by_day(earlier: dict[str, np.ndarray], later: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Counts of both together; the earlier ones may know fewer days."""
    return {
        name: values + np.pad(earlier[name], (0, len(values) - len(earlier[name]))) for name, values in later.items()
    }


def burden_lived(model: DistrictModel) -> np.ndarray:
    """Severity × residents affected of every problem there is, over the day: weighted problem-days."""
    return _evening.series(model, "burden")


def hidden_burden_lived(model: DistrictModel) -> np.ndarray:
    """The part of it from problems that nobody had registered yet."""
    return _evening.series(model, "hidden")


def solved_by_arising(model: DistrictModel) -> np.ndarray:
    """Of the problems that arose on the day, those truly solved within 90 days."""
    return _evening.series(model, "solved")


def claimed_by_arising(model: DistrictModel) -> np.ndarray:
    """Of the problems that arose on the day, those recorded as dealt with 90 days later."""
    return _evening.series(model, "claimed")


def handled_by_arising(model: DistrictModel) -> np.ndarray:
    """Of the problems that arose on the day, those that society or a unit worked on within 90 days."""
    return _evening.series(model, "handled")


def known_by_arising(model: DistrictModel) -> np.ndarray:
    """Of the problems that arose on the day, those registered within 90 days."""
    return _evening.series(model, "registered")
