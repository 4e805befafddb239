"""What happened on each day so far: float64 [days], from the tally kept every evening."""

import numpy as np

from pingan_abm.actors.base import DistrictModel


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
    """Files standing closed (closures less reopenings) over files opened so far."""
    closed = (
        cumulative(model, "closed")
        - cumulative(model, "reopened_by_audit")
        - cumulative(model, "reopened_by_complaint")
    )
    return _ratio(closed, cumulative(model, "files"))


def solved_share_so_far(model: DistrictModel) -> np.ndarray:
    """Problems with a file truly solved over primary files opened so far."""
    return _ratio(cumulative(model, "solved_with_file"), cumulative(model, "primary"))


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
