"""The outcomes of a run: each function is one, its docstring the definition. Rates are 0–1, None where the denominator
is empty.

"File" is a case file, "primary" one that is not a duplicate; "solved" always means truly solved; F30 = min(30, T//3)
and F90 = min(90, T//3) days, each member of a cohort judged exactly so long after it began.
"""

import numpy as np

from pingan_abm.actors.appraisal import closure_counts, feedback_counts, real_time_counts
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.ratios import Difference, Ratio, Sample, gini, mean_of, median, share, slowest_tenth
from pingan_abm.world import networks
from pingan_abm.world.relations import between_units


def reported_closure_rate(c: Cohorts) -> Ratio | None:
    """Primary files in state closed F30 after opening / the F30 cohort."""
    return Ratio.of((c.closed30 & c.files30).sum(), c.files30.sum())


def true_resolution_rate(c: Cohorts) -> Ratio | None:
    """Primary files closed and solved F30 after opening / the F30 cohort."""
    return Ratio.of((c.true30 & c.files30).sum(), c.files30.sum())


def closure_gap(c: Cohorts) -> Ratio | None:
    """reported_closure_rate − true_resolution_rate, at least 0 by construction."""
    return Ratio.of((c.closed30 & ~c.true30 & c.files30).sum(), c.files30.sum())


def days_to_resolution_median(c: Cohorts) -> Sample:
    """Problems with a primary file, F90 cohort from registration: days to solution, unsolved F90. Median."""
    return Sample(median, (c.resolution_days,))


def days_to_resolution_mean(c: Cohorts) -> Sample:
    """Problems with a primary file, F90 cohort from registration: days to solution, unsolved F90. Mean."""
    return Sample(mean_of, (c.resolution_days,))


def days_to_resolution_p90(c: Cohorts) -> Sample:
    """Problems with a primary file, F90 cohort from registration: days to solution, unsolved F90. 90 % quantile."""
    return Sample(slowest_tenth, (c.resolution_days,))


def share_over_30_days(c: Cohorts) -> Ratio | None:
    """Problems with a primary file, F90 cohort from registration: not solved after 30 days / cohort; None when F90 <
    30."""
    return Ratio.of((c.resolution_days > 30).sum(), len(c.resolution_days)) if c.f90 >= 30 else None


def on_time_rate(c: Cohorts) -> Ratio | None:
    """Primary files whose first due day fell on day ≤ T − 1: first closed on or before it / all such."""
    with np.errstate(invalid="ignore"):
        due = c.primary & (np.floor(c.cases["first_due"]) <= c.days - 1)
        in_time = due & (np.floor(c.cases["first_closed"]) <= np.floor(c.cases["first_due"]))
    return Ratio.of(in_time.sum(), due.sum())


def first_time_resolution_rate(c: Cohorts) -> Ratio | None:
    """Primary files closed once, with the problem solved, without return, reopening or repeat report, within F30 / F30
    cohort."""
    limit = c.cases["opened"] + c.f30
    with np.errstate(invalid="ignore"):
        trouble = (c.cases["first_return"] <= limit) | (c.cases["first_repeat"] <= limit)
    reopened = c.closures["case"][c.closures["reopened"] <= c.cases["opened"][c.closures["case"]] + c.f30]
    trouble[reopened] = True
    return Ratio.of((c.files30 & c.true30 & ~trouble).sum(), c.files30.sum())


def returns_per_dispatch(c: Cohorts) -> float | None:
    """Returns 退单 / dispatches."""
    return share(c.world.tally[0].returns, c.world.tally[0].dispatches)


def reopen_rate(c: Cohorts) -> Ratio | None:
    """Primary closures on day ≤ T − 1 − F30 that were reopened within F30, by audit or complaint / such closures."""
    rows = c.closures[(c.closures["duplicate"] == 0) & (np.floor(c.closures["time"]) <= c.days - 1 - c.f30)]
    with np.errstate(invalid="ignore"):
        return Ratio.of((rows["reopened"] - rows["time"] <= c.f30).sum(), len(rows))


def repeat_report_rate(c: Cohorts) -> float | None:
    """Reports by a resident who has reported the same problem before / reports."""
    return share(c.world.tally[0].same_reporter, c.world.tally[0].reports)


def co_report_rate(c: Cohorts) -> float | None:
    """Reports on a problem that is registered already, by a resident who has not reported it before / reports."""
    book = c.world.tally[0]
    return share(book.repeat_reports - book.same_reporter, book.reports)


def duplicate_file_rate(c: Cohorts) -> float | None:
    """Duplicate files / files."""
    return share(c.world.tally[0].duplicates, c.world.tally[0].files)


def social_settlement_share(c: Cohorts) -> float | None:
    """Registered problems whose social stage ended in settlement / whose social stage ended."""
    return share(c.world.tally[0].settled, c.world.tally[0].social_ended)


def silent_share(c: Cohorts) -> Ratio | None:
    """Problems of the F90 cohort (from arising) that no affected resident reported within F90 / cohort."""
    rows = c.arisen90
    with np.errstate(invalid="ignore"):
        spoke = rows["first_report"] <= rows["onset"] + c.f90
    return Ratio.of((~spoke).sum(), len(rows))


def problems_found_share(c: Cohorts) -> Ratio | None:
    """Problems of the F90 cohort (from arising) registered by any source within F90 / cohort."""
    rows = c.arisen90
    with np.errstate(invalid="ignore"):
        return Ratio.of((rows["registered"] <= rows["onset"] + c.f90).sum(), len(rows))


def satisfaction_mean(c: Cohorts) -> float | None:
    """Mean satisfaction of all residents, last day."""
    return float(c.world.residents["satisfaction"].mean())


def trust_mean(c: Cohorts) -> float | None:
    """Mean trust of all residents, last day."""
    return float(c.world.trust.mean(dtype=np.float64))


def trust_gini(c: Cohorts) -> float | None:
    """Gini coefficient of mean trust over communities, unweighted, last day."""
    places = c.world.communities
    sums = np.add.reduceat(c.world.trust.astype(np.float64), places["start"])
    return gini(sums / places["people"])


def crises(c: Cohorts) -> float | None:
    """Problems whose severity first reached 1 while unsolved."""
    return float(c.world.tally[0].crises)


def staff_days_per_resolution(c: Cohorts) -> float | None:
    """Department staff-days spent / problems with a file solved."""
    return share(c.world.tally[0].spent, c.world.tally[0].solved_with_file)


def yuan_per_resolution(c: Cohorts) -> float | None:
    """(Department staff-days × cost of a staff-day + social funding spent) / all problems solved."""
    spent = c.world.tally[0].spent * c.model.parameters.staff_day_cost
    spent += c.model.social_funding_spent
    return share(spent, c.world.tally[0].solved)


def organisations_alive(c: Cohorts) -> float | None:
    """Organisations of the start alive on the last day / organisations at the start."""
    founders = [o for o in c.model.organisations if o.founder]
    return share(sum(o.alive for o in founders), len(founders))


def _over_capacity(c: Cohorts, name: str) -> float | None:
    alive = [o for o in c.model.organisations if o.alive]
    total = sum(o.capacity for o in alive)
    return share(sum(o.capacity * getattr(o, name) for o in alive), total)


def alignment_mean(c: Cohorts) -> float | None:
    """Capacity-weighted mean alignment of organisations alive."""
    return _over_capacity(c, "alignment")


def autonomy_mean(c: Cohorts) -> float | None:
    """Capacity-weighted mean share of their work of the last months that organisations chose themselves, because
    residents needed it, and that nobody who acts for government asked for."""
    return _over_capacity(c, "autonomy")


def representation_mean(c: Cohorts) -> float | None:
    """Capacity-weighted mean similarity (1 − ½ Σ|difference|) of the mix of work to the true needs of the communities
    served."""
    return _over_capacity(c, "representation")


def ideas_adopted(c: Cohorts) -> float | None:
    """Golden ideas adopted."""
    return float(c.world.tally[0].ideas)


def _ties(c: Cohorts) -> np.ndarray:
    return between_units(c.world)


def tie_density(c: Cohorts) -> float | None:
    """Sum of the relations between linkage units (mean of both sides, 0–1) / (n(n − 1)/2), last day."""
    return networks.density(_ties(c))


def centralisation(c: Cohorts) -> float | None:
    """Freeman centralisation of weighted degree / its value for a star with weight 1."""
    return networks.centralisation(_ties(c))


def modularity(c: Cohorts) -> float | None:
    """Modularity of the greedy partition of ties ≥ 0.05; None without ties."""
    return networks.modularity([unit.id for unit in c.model.district.units], _ties(c))


def help_rate(c: Cohorts) -> float | None:
    """Requests to a linkage unit to help with a file that another leads, granted / decided. Since day 0."""
    return share(c.world.tally[0].helped_units, c.world.tally[0].asked_units)


def organisation_help_rate(c: Cohorts) -> float | None:
    """Requests of communities, groups and the centre to social organisations, granted / made. Since day 0."""
    w = c.world
    first = int(w.settings[0].organisation_actor)
    return share(w.helps[:, first:].sum(), w.requests[:, first:].sum())


def mediation_rate(c: Cohorts) -> float | None:
    """Requests of grid officers to neighbours to mediate, granted / made. Since day 0."""
    return share(c.world.tally[0].neighbours_mediated, c.world.tally[0].neighbours_asked)


def cross_system_share(c: Cohorts) -> float | None:
    """Help between the two systems / all help between institutions since day 0: between departments, centre or
    supervision and subdistricts, communities, groups, composite bodies or organisations."""
    w = c.world
    social = np.ones(len(w.relations), bool)
    social[: int(w.settings[0].community_actor)] = False
    social[: len(w.units)] = w.units["subdistrict"] == 1
    return share(w.helps[social[:, None] != social[None, :]].sum(), w.helps.sum())


def reciprocity(c: Cohorts) -> float | None:
    """Help between linkage units that is matched by help in the other direction: Σ min(h_ab, h_ba) / Σ h_ab, h_ab how
    often b helped a since day 0 (Squartini, Picciolo, Ruzzenenti & Garlaschelli 2013); None without any help."""
    units = len(c.world.units)
    return networks.reciprocity(c.world.helps[:units, :units])


def utilisation(c: Cohorts) -> float | None:
    """Staff-days spent / staff-days available, all units."""
    return share(c.world.tally[0].spent, c.world.tally[0].available)


def perfunctory_share(c: Cohorts) -> Ratio | None:
    """Paper closures / closures of primary files; every closure counts, also after reopening."""
    rows = c.closures[c.closures["duplicate"] == 0]
    return Ratio.of((rows["paper"] > 0).sum(), len(rows))


def satisfaction_gap(c: Cohorts) -> Difference | None:
    """satisfaction_rate − share of all affected residents of registered problems (F90 cohort) who feel S ≥ 0.6."""
    rows = c.arisen90.where(~np.isnan(c.arisen90["registered"]))
    book = c.world.tally[0]
    rated = Ratio.level(book.good_ratings, book.ratings)
    return Difference(rated, Ratio.of(rows["felt_good"].sum(), rows["affected"].sum()))


def stuck_share(c: Cohorts) -> Ratio | None:
    """Primary files with two returns or more and open over 30 days / F30 cohort."""
    with np.errstate(invalid="ignore"):
        twice = c.cases["second_return"] <= c.cases["opened"] + c.f30
    return Ratio.of((c.files30 & twice & ~c.closed30).sum(), c.files30.sum()) if c.f30 >= 30 else None


def low_risk_delay_ratio(c: Cohorts) -> Sample:
    """Median days to resolution of the least severe third / of the most severe third."""
    return Sample(minor_over_grave, (c.filed90["severity"], c.resolution_days))


def minor_over_grave(severity: np.ndarray, days: np.ndarray) -> float | None:
    """Median of the days of the least severe third over that of the most severe third."""
    if len(severity) < 3:
        return None
    low, high = np.quantile(severity, [1 / 3, 2 / 3])
    grave = float(np.median(days[severity >= high]))
    return float(np.median(days[severity <= low])) / grave if grave > 0 else None


def rebound_ratio(c: Cohorts) -> float | None:
    """Rise of the campaigned type's arrivals in the 60 days after / drop during the campaign; None outside a paired
    comparison."""
    return None


def access_gap(c: Cohorts) -> Difference:
    """Solved within F90 (all problems): residents in the upper half of digital access − lower half."""
    rows = c.arisen90
    with np.errstate(invalid="ignore"):
        solved = rows["solved"] <= rows["onset"] + c.f90
    digital = c.world.residents["digital"]
    easy = digital[rows["resident"]] >= np.median(digital)
    return Difference(Ratio.of(solved[easy].sum(), easy.sum()), Ratio.of(solved[~easy].sum(), (~easy).sum()))


def social_time_on_paperwork(c: Cohorts) -> float | None:
    """Officers' and communities' time on paperwork, uploads and revisits / their working time."""
    book = c.world.tally[0]
    return share(book.minutes_paperwork + book.minutes_uploads + book.minutes_revisits, book.minutes_worked)


def correct_dispatch_rate(c: Cohorts) -> float | None:
    """As recorded: dispatches not returned as misdirected / dispatches."""
    book = c.world.tally[0]
    return share(max(0.0, book.dispatches - book.misdirected), book.dispatches)


def correct_dispatch_true_rate(c: Cohorts) -> float | None:
    """Dispatches whose lead is in the problem's true set, or is named by a meeting / dispatches."""
    return share(c.world.tally[0].correct, c.world.tally[0].dispatches)


def feedback_rate(c: Cohorts) -> Ratio:
    """Assignments due with any answer by the due day / assignments due."""
    return Ratio.of_counts(feedback_counts(c.world, 0.0, float(c.days)))


def real_time_handling_rate(c: Cohorts) -> Ratio:
    """Assignments accepted and begun within one working day of dispatch / dispatched on day ≤ T − 3."""
    return Ratio.of_counts(real_time_counts(c.world, c.model.timeline, 0.0, float(c.days - 2)))


def closure_rate(c: Cohorts) -> Ratio:
    """Assignments due and reported done / assignments due and not returned."""
    return Ratio.of_counts(closure_counts(c.world, 0.0, float(c.days)))


def satisfaction_rate(c: Cohorts) -> float | None:
    """Ratings with S ≥ 0.6 / ratings given."""
    return share(c.world.tally[0].good_ratings, c.world.tally[0].ratings)


def information_adoption_rate(c: Cohorts) -> float | None:
    """Officers' uploads that became a registered problem / uploads, padding included."""
    return share(c.world.tally[0].adopted, c.world.tally[0].uploads)


def revisit_rate(c: Cohorts) -> Ratio | None:
    """Closed primary files revisited within 7 days of closure / closures on day ≤ T − 8."""
    rows = c.closures[
        (c.closures["duplicate"] == 0)
        & (c.closures["evaluated"] >= 0)
        & (np.floor(c.closures["time"]) <= c.days - 8)
        & ~(c.closures["reopened"] == c.closures["time"])
    ]
    return Ratio.of((~np.isnan(rows["revisited"])).sum(), len(rows))


def problems(c: Cohorts) -> float | None:
    """Problems arisen, after prevention and deterrence, recurrences included."""
    return float(c.world.tally[0].arisen)


def reports(c: Cohorts) -> float | None:
    """Reports by residents, by any channel."""
    return float(c.world.tally[0].reports)


def case_files(c: Cohorts) -> float | None:
    """Files opened, duplicates included."""
    return float(c.world.tally[0].files)


def dispatches(c: Cohorts) -> float | None:
    """Dispatch acts, re-dispatches included; a joint one counts once."""
    return float(c.world.tally[0].dispatches)


def days_to_close_median(c: Cohorts) -> Sample:
    """First closures of primary files, F90 cohort from opening, unclosed F90: median days."""
    return Sample(median, (c.closing_days,))


def days_to_close_mean(c: Cohorts) -> Sample:
    """First closures of primary files, F90 cohort from opening, unclosed F90: mean days."""
    return Sample(mean_of, (c.closing_days,))


def days_to_close_p90(c: Cohorts) -> Sample:
    """First closures of primary files, F90 cohort from opening, unclosed F90: 90 % quantile of days."""
    return Sample(slowest_tenth, (c.closing_days,))


def load_ratio(c: Cohorts) -> float | None:
    """Work offered / staff-days available; may pass 1."""
    return share(c.world.tally[0].offered, c.world.tally[0].available)
