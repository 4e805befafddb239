"""Groups of parameters that a study moves as a whole: each is one factor of a sampled design."""

from collections.abc import Collection

from pingan_abm.parameters.declared import CAMPAIGN_DETAILS, members
from pingan_abm.study.plan.ranges import Range
from pingan_abm.texts.errors import InputErrors, sentence

EXAMPLE = 'groups = ["reporting", "settling"]'


def groups_of(wanted: object, without: Collection[str], *, sampled: bool) -> tuple[tuple[Range, ...], list[str]]:
    """The ranges of the groups that a file names, and what is wrong with them. without: parameters with a range or a
    value of their own, which are left out of their group; sampled: whether the design samples, as groups need."""
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        return (), [sentence("write a list of names of groups in quotes: {example}.", example=EXAMPLE)]
    if wanted and not sampled:
        return (), [sentence("go with a design that samples: write method = lhs, sobol or morris under [design].")]
    ranges: list[Range] = []
    problems: list[str] = []
    for one in dict.fromkeys(wanted):
        try:
            ranges += group_ranges(one, without)
        except InputErrors as wrong:
            problems += wrong.problems
    return tuple(ranges), problems


def group_ranges(group: str, without: Collection[str]) -> tuple[Range, ...]:
    """The range of every number of a group, from its low to its high bound, but for those named. Raises InputErrors for
    unknown groups, and for those without any number."""
    bounds: list[Range] = []
    for one in members(group):
        if one.name in without or one.name in CAMPAIGN_DETAILS or one.low is None or one.high is None:
            continue
        if one.type == "integer":
            bounds.append(Range(one.name, "integer", low=int(one.low), high=int(one.high), group=group))
        elif one.type == "number":
            bounds.append(Range(one.name, "number", low=float(one.low), high=float(one.high), group=group))
    if not bounds:
        raise InputErrors(
            [sentence('the group "{name}" has no numbers; write the names of what varies instead.', name=group)]
        )
    return tuple(bounds)
