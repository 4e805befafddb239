"""Why the model's course of the documented case differs from the paper's: what each of them has, with counts over the
replications."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pingan_abm.texts.i18n import translator
from pingan_abm.trace.follow import Followed, Traced
from pingan_abm.world.events import Activity

DOCUMENTED_CASE = "pizza_shop"  # the scenario whose dates are the paper's


@dataclass(frozen=True)
class Courses:
    """How many replications took which course. filed: got a case file and were dispatched; settled: solved by society
    alone; right_first: of those filed, the first unit asked really must act; returned: sent back at least once;
    closed_first: reported closed, and never supervised; rule_before: a working rule for the type was there before the
    complaint."""

    count: int
    filed: int
    settled: int
    right_first: int
    returned: int
    closed_first: int
    rule_before: int


def courses(followed: Sequence[Followed]) -> Courses:
    """Count the courses that a case took."""
    return Courses(
        count=len(followed),
        filed=sum("first_dispatch" in one.reached for one in followed),
        settled=sum(bool((one.rows["activity"] == Activity.SETTLE).any()) for one in followed),
        right_first=sum(first_unit(one) in one.true_units for one in followed),
        returned=sum(one.returns > 0 for one in followed),
        closed_first=sum("closure" in one.reached and "supervision" not in one.reached for one in followed),
        rule_before=sum(one.reached.get("rule_learned", 0.0) < 0.0 for one in followed),
    )


def first_unit(one: Followed) -> int:
    """Number of the unit that the case went to first; −1 when it was never sent out."""
    sent = one.rows[one.rows["activity"] == Activity.DISPATCH]
    return int(sent["actor"][0]) if len(sent) else -1


def notes(traced: Traced, language: str) -> Iterator[str]:
    """One paragraph for each step of the documented case that the model takes differently; none for other cases."""
    if traced.scenario != DOCUMENTED_CASE:
        return
    say, seen = translator(language), courses(traced.followed)
    begin = traced.start - timedelta(days=traced.warmup)
    yield say(
        "First dispatch: in the model officer and neighbourhood first try to settle a matter, which takes a day and "
        "three more on average; only what fails becomes a case file. In {settled} of {count} replications they "
        "succeed, and there is no file. In the paper visit, report and dispatch fall on one day, and property "
        "management could only admonish."
    ).format(settled=seen.settled, count=seen.count)
    yield say(
        "Return and second report: in the paper the first unit asked sends the case back. Here the first unit asked "
        "really must act in {right} of {filed} replications with a file, and a unit that must act seldom declines; "
        "{returned} see a return. Without one, a second report comes only once the deadline has passed."
    ).format(right=seen.right_first, filed=seen.filed, returned=seen.returned)
    yield say(
        "Supervision: it takes up cases of several units whose joint dispatch is overdue, or that are open for three "
        "times the deadline. {closed} of {filed} with a file are reported closed without it."
    ).format(closed=seen.closed_first, filed=seen.filed)
    yield say(
        "Special-topic meeting and working rule: a meeting is called on a supervised case of a type that has no rule, "
        "two a month in the whole district, the gravest first. The model's platform begins on {begin} without any "
        "rule; in {before} of {count} replications the rule for fumes is there before the complaint, made on other "
        "cases, so that no meeting is called on this one, and it goes to the right unit at once. The paper tells of no "
        "meeting on fumes before this, although the platform had been at work since June 2011."
    ).format(begin=begin.isoformat(), before=seen.rule_before, count=seen.count)
    yield say(
        "The waits between these steps (15 days on average to a second report, up to a week to supervision, 2 to 10 "
        "days to a special-topic meeting) are assumed, and chosen so that the documented dates are possible. That a "
        "date lies within them proves nothing."
    )
