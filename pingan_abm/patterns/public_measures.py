"""What the experiments on residents, public voice and leaders measure in a finished model: one function a group of
figures, its docstring the definition."""

import numpy as np

from pingan_abm.model import PinganModel
from pingan_abm.outcomes.daily import claimed_by_arising, solved_by_arising
from pingan_abm.outcomes.funnel import JUDGED_AFTER
from pingan_abm.outcomes.ratios import mean, share
from pingan_abm.world.cases import BY_AUDIT
from pingan_abm.world.networks import CONTACTS
from pingan_abm.world.population import REPORTED
from pingan_abm.world.problems import PRIVATE

RECENT = 60.0  # days in which news of a problem nearby counts
YEAR = 365
SIDE = CONTACTS // 2  # neighbours on either side who are contacts


def heard_of(first: np.ndarray, affected: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Who lives next to those affected by problems, on either side, and when: residents and times, sorted together."""
    steps = np.arange(1, SIDE + 1)
    before, after = first[:, None] - steps, first[:, None] + affected[:, None] - 1 + steps
    who = np.concatenate((before, after), axis=1).ravel()
    when = np.repeat(times, 2 * SIDE)
    order = np.lexsort((when, who))
    return who[order], when[order]


def lately(who: np.ndarray, when: np.ndarray, residents: np.ndarray, times: np.ndarray, length: float) -> np.ndarray:
    """Whether each resident has an entry in the RECENT days before a time. who, when: sorted together; length: longer
    than any time, so that residents and times make one number."""
    keys = who * (2.0 * length) + when
    now = residents * (2.0 * length) + times
    earlier = residents * (2.0 * length) + np.maximum(times - RECENT, -length)
    return np.asarray(np.searchsorted(keys, now) > np.searchsorted(keys, earlier))


def near_outcomes(model: PinganModel) -> dict[str, float | None]:
    """Share of problems that the resident who met them reported, by what became of other problems next door (whose
    affected are her contacts on the ring) in the 60 days before: some solved and none closed on paper, less none of
    either; and the other way round. Problems that arose from day 60 on."""
    w = model.world
    problems, closures = w.used("problems"), w.used("closures")
    solved = np.flatnonzero(~np.isnan(problems["solved"]))
    hollow = closures[(closures["paper"] == 1) & (closures["by"] != BY_AUDIT)]
    told = w.settings[0].rating_days  # from a closure until those affected find out
    own = problems[(problems["onset"] >= RECENT) & (problems["onset"] <= model.day - RECENT) & (problems["state"] > 0)]
    own = own[own["injected"] == 0]
    length = 2.0 * (model.day + YEAR)

    def near(numbers: np.ndarray, times: np.ndarray) -> np.ndarray:
        rows = problems[numbers]
        who, when = heard_of(rows["resident"].astype(float), rows["affected"].astype(float), times)
        return lately(who, when, own["resident"].astype(float), own["onset"], length)

    good = near(solved, problems["solved"][solved])
    bad = near(hollow["problem"], hollow["time"] + told)
    spoke = (own["reported"] & 1) == 1
    shares = {
        name: share(float(spoke[chosen].sum()), float(chosen.sum()))
        for name, chosen in (("good", good & ~bad), ("bad", bad & ~good), ("none", ~good & ~bad))
    }
    neither = shares["none"]
    return {
        f"reported_near_{what}": None if neither is None or near_it is None else near_it - neither
        for what, near_it in (("solved", shares["good"]), ("hollow", shares["bad"]))
    }


def public_cases(model: PinganModel) -> dict[str, float | None]:
    """Of problems that a resident reported and that need legal powers at least as the median sub-type does, judged 90
    days after they arose: the share solved, the same of those that went public, and the share that did."""
    w = model.world
    problems = w.used("problems")
    powers = w.subtypes["enforcement"][problems["subtype"]]
    demanding = powers >= np.median(w.subtypes["enforcement"])
    counted = demanding & (problems["reported"] > 0) & (problems["onset"] >= 0.0)
    counted &= problems["onset"] <= model.day - 1 - JUDGED_AFTER
    with np.errstate(invalid="ignore"):
        solved = problems["solved"] - problems["onset"] <= JUDGED_AFTER
    public = problems["public"] > PRIVATE
    return {
        "violations_solved": share(float((solved & counted).sum()), float(counted.sum())),
        "public_solved": share(float((solved & counted & public).sum()), float((counted & public).sum())),
        "public_share": share(float((counted & public).sum()), float(counted.sum())),
    }


def trust_of_met(model: PinganModel) -> dict[str, float | None]:
    """Mean trust on the last day of the first residents of problems that were truly solved with a file in the last half
    year and were called on after its closure, less of those who never reported anything.

    Nearly everybody is called on, so complainants who were not are those of the last week, and no yardstick.
    """
    w = model.world
    closures = w.used("closures")
    problems = w.problems[closures["problem"]]
    with np.errstate(invalid="ignore"):
        recent = (closures["time"] >= model.day - YEAR / 2) & (problems["solved"] <= closures["time"] + 1.0)
    reporters = recent & ((problems["reported"] & 1) == 1)
    met = ~np.isnan(closures["revisited"])
    trust = w.trust[problems["resident"]].astype(float)
    called, silent = mean(trust[reporters & met]), mean(w.trust[w.residents["rung"] < REPORTED].astype(float))
    return {"trust_of_met": None if called is None or silent is None else called - silent}


def years(model: PinganModel) -> dict[str, float | None]:
    """Of the problems that arose in the last year that can be judged, less in the first year: recorded as dealt with
    and not solved (claimed less solved), and solved. None in runs of less than two years."""
    last = model.day - JUDGED_AFTER
    if last < 2 * YEAR:
        return {"gap_drift": None, "solved_drift": None}
    solved, claimed = solved_by_arising(model), claimed_by_arising(model)

    def drift(series: np.ndarray) -> float:
        return float(np.nanmean(series[last - YEAR : last]) - np.nanmean(series[:YEAR]))

    return {"gap_drift": drift(claimed - solved), "solved_drift": drift(solved)}
