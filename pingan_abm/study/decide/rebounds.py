"""The rebound after a campaign, from a run with the campaign and its twin without it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.parameters.declared import CAMPAIGN_DETAILS, declared
from pingan_abm.runs import RunResult, RunSpec, resolved, run_one

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel
    from pingan_abm.study.keep.records import Record

REBOUND_DAYS = 60  # after a campaign
ARRIVALS = "campaigned_arrivals"  # series of problems a day of the type that a campaign is about


def run_with_arrivals(spec: RunSpec, *, series: bool, events: bool) -> RunResult:
    """`run_one`, with the arrivals of every issue type as further series where a campaign may be compared."""
    look = _Arrivals(spec.days)
    result = run_one(spec, series=series, events=events, keep_model=look)
    return replace(result, series={**result.series, ARRIVALS: look.counts})


class _Arrivals:
    """Problems arisen by day and issue type, float64 [days, types], from a finished model."""

    def __init__(self, days: int) -> None:
        self.days = days
        self.counts = np.zeros((days, 0))

    def __call__(self, model: "PinganModel") -> None:
        rows = model.world.used("problems")
        types = len(model.district.issues)
        day = np.floor(rows["onset"]).astype(np.int64)
        inside = (day >= 0) & (day < self.days)
        flat = np.bincount(day[inside] * types + rows["issue"][inside], minlength=self.days * types)
        self.counts = flat.reshape(self.days, types).astype(float)


def without_campaign(spec: RunSpec) -> RunSpec | None:
    """The same specification without its planned campaign; None when it plans none."""
    parameters, _ = resolved(spec)
    if parameters.campaign_issue is None:
        return None
    usual = {name: declared(name).default for name in CAMPAIGN_DETAILS}  # details without a campaign are refused
    return replace(spec, settings={**spec.settings, **usual, "campaign_issue": None})


def rebound(record: "Record", twin: "Record") -> float | None:
    """Rise of the campaigned type's arrivals in the 60 days after / its drop during the campaign, both against the twin
    without it.

    None when arrivals did not drop, or the run does not reach 60 days beyond the campaign's end.
    """
    from pingan_abm.district.files import load_district

    parameters, scenario = resolved(record.spec)
    assert parameters.campaign_issue is not None  # else there were no twin
    issue = load_district(units=scenario.units, issues=scenario.issues).issue_index(parameters.campaign_issue)
    begin = max(0, (parameters.campaign_start - record.spec.start).days)
    end = (parameters.campaign_start - record.spec.start).days + parameters.campaign_days
    if end <= begin or end + REBOUND_DAYS > record.spec.days:
        return None
    more = record.series[ARRIVALS][:, issue] - twin.series[ARRIVALS][:, issue]
    drop, rise = -float(more[begin:end].sum()), float(more[end : end + REBOUND_DAYS].sum())
    return rise / drop if drop > 0 else None
