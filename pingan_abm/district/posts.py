"""Posts of units that a folder does not say: by the work that the written duties send to each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pingan_abm.district.about import About
from pingan_abm.district.district import IssueType, Subdistrict, Unit
from pingan_abm.district.keys import DESIGN, PLACE_SHARE

THOUSAND, YEAR = 1000.0, 365.0
#: Share of problems that become files, and the load that posts are meant for: what `pingan district fit-posts` then
#: finds out in a run. Assumed.
FILED, LOAD = 0.25, 0.9
LEAST_POST, FEWEST = 1.0, 0.1  # of a unit: as needed, and where few posts are given in all


def with_posts(
    rows: Sequence[Mapping[str, Any]], issues: Sequence[IssueType], homes: Sequence[Subdistrict], about: About
) -> tuple[Unit, ...]:
    """The units of their rows. Those without posts share what is left of the district's posts in proportion to the
    work that the duties send them; without posts in all, they have what that work needs. A design load that is not
    written is the one of the duties."""
    duties = duties_of([str(row["id"]) for row in rows], issues, homes, about.residents)
    needed = {row["id"]: max(LEAST_POST, duties[row["id"]].work / LOAD) for row in rows if "staff" not in row}
    if about.posts is not None and needed:
        left = max(0.0, about.posts - math.fsum(row.get("staff", 0.0) for row in rows))
        factor = left / math.fsum(needed.values())
        needed = {name: max(FEWEST, factor * posts) for name, posts in needed.items()}
    return tuple(
        Unit(**{**duties[row["id"]].design(), "staff": needed.get(row["id"], LEAST_POST), **row}) for row in rows
    )


@dataclass
class Duties:
    """What the written duties send to a unit in a day: files, their work, and its sum of squares."""

    files: float = 0.0
    work: float = 0.0
    squares: float = 0.0

    def add(self, issue: IssueType, files: float) -> None:
        """Some more files of a type."""
        mean = issue.work_median * math.exp(0.5 * issue.work_log_sd**2)
        self.files += files
        self.work += files * mean
        self.squares += files * mean**2 * math.exp(issue.work_log_sd**2)

    def design(self) -> dict[str, float]:
        """The design load that follows."""
        if self.files <= 0.0:
            return dict.fromkeys(DESIGN, 0.0)
        mean = self.work / self.files
        spread = max(0.0, self.squares / self.files / mean**2 - 1.0)
        return dict(zip(DESIGN, (self.files, mean, spread), strict=True))


def duties_of(
    units: Sequence[str], issues: Sequence[IssueType], homes: Sequence[Subdistrict], residents: int
) -> dict[str, Duties]:
    """The duties of each unit; what lies with the place is its subdistrict's, by population."""
    found = {name: Duties() for name in units}
    for issue in issues:
        files = FILED * issue.rate / THOUSAND * residents / YEAR
        for name, share in issue.shares.items():
            if name in found:
                found[name].add(issue, files * share)
        at_place = issue.shares.get(PLACE_SHARE, 0.0)
        for home in homes:
            if at_place > 0.0 and home.unit in found:
                found[home.unit].add(issue, files * at_place * home.population_share)
    return found
