"""Columns of residents, grids with their officers, and communities: who lives where, and with which start values.

Residents are ordered by community and grid, so that a grid, a community or the affected of a problem is a range of
indices. Start values are uniform and normal keyed draws, whose places and widths are coefficients.
"""

from dataclasses import dataclass

import numpy as np

from pingan_abm.district.district import District
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, normal, uniform
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world.settings import settings_of
from pingan_abm.world.tables import record

REPORTED, VOLUNTEERED, JOINED, PROPOSED = range(1, 5)  # rungs of the ladder from helper to subject

#: rung: the highest reached of REPORTED, VOLUNTEERED, JOINED and PROPOSED, 0 for none
RESIDENT = np.dtype(
    (
        np.record,
        [
            ("digital", "f8"),
            ("expectation", "f8"),
            ("satisfaction", "f8"),
            ("propensity", "f8"),
            ("grid", "i4"),
            ("community", "i2"),
            ("reports", "u2"),
            ("reach", "u2"),
            ("age", "u1"),
            ("owner", "u1"),
            ("volunteer", "u1"),
            ("rung", "u1"),
            ("pad", "u1", (2,)),
        ],
    )
)

GRID = record(
    # a grid and its officer; minutes are cumulative, *_month since the first of the month
    "fulltime hazard granted asked padding_due padding_month progress pressure rank_gap score minutes_settling "
    "minutes_patrol minutes_revisits minutes_uploads minutes_paperwork uploads_today uploads_month adopted_month "
    "revisits_due_month revisits_made_month",
    "start people community patch patch_size head tail waiting revisit_head revisit_tail volunteers grade",
)

COMMUNITY = record(
    "fulltime habit trust pressure minutes_settling minutes_paperwork arisen reports",
    "start people subdistrict unit first_grid grids",
    arrays=[
        ("tries", "f8", (2,)),
    ],
)


@dataclass
class Population:
    """All residents, grids and communities of one run.

    residents: RESIDENT [n]; trust: float32 [n], a column of its own because it is read for every contact every week;
    contacts: uint32 [n, 8], whom a resident listens to and talks to ([n, 0] where nobody knows anybody); grids: GRID
    [g]; communities: COMMUNITY [c].
    """

    residents: np.ndarray
    trust: np.ndarray
    contacts: np.ndarray
    grids: np.ndarray
    communities: np.ndarray


def split(total: int, shares: np.ndarray) -> np.ndarray:
    """Whole numbers that add up to `total`, in proportion to the shares, by cumulative rounding."""
    edges = np.rint(np.concatenate(([0.0], np.cumsum(shares) / shares.sum())) * total).astype(np.int64)
    return np.diff(edges)


def lay_out(district: District, residents: int, persons_per_grid: float) -> tuple[np.ndarray, np.ndarray]:
    """Communities and grids with their ranges of residents.

    A grid's officer works (residents/persons per grid)/grids of full time. A patch is the grids that one full-time post
    covers: one grid in the whole district, several in a small one, where part-time officers share their work (else
    every wait would lengthen as the district shrinks).
    """
    shares = np.array([community.population_share for community in district.communities])
    sizes = split(residents, shares)
    count = max(len(sizes), round(residents / persons_per_grid))
    per_community = np.maximum(1, split(count, shares))
    communities = np.zeros(len(sizes), COMMUNITY)
    communities["people"], communities["grids"] = sizes, per_community
    communities["start"] = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    communities["first_grid"] = np.concatenate(([0], np.cumsum(per_community)[:-1]))
    grids = np.zeros(int(per_community.sum()), GRID)
    for number, place in enumerate(communities):
        inside = split(int(place["people"]), np.ones(int(place["grids"])))
        span = slice(int(place["first_grid"]), int(place["first_grid"] + place["grids"]))
        grids["people"][span], grids["community"][span] = inside, number
        grids["start"][span] = place["start"] + np.concatenate(([0], np.cumsum(inside)[:-1]))
    grids["fulltime"] = residents / persons_per_grid / len(grids)
    posts = min(len(grids), max(1, int(residents / persons_per_grid + 0.5)))
    post = np.arange(len(grids)) * posts // len(grids)
    _, first, inverse, counts = np.unique(post, return_index=True, return_inverse=True, return_counts=True)
    grids["patch"], grids["patch_size"] = first[inverse], counts[inverse]
    for field in ("head", "tail", "revisit_head", "revisit_tail"):
        grids[field] = -1
    grids["granted"] = grids["asked"] = 1.0
    grids["rank_gap"] = 0.5
    grids["grade"] = -1
    return communities, grids


@compiled
def settle_residents(
    c: np.record,
    key: np.uint64,
    grids: np.ndarray,
    communities: np.ndarray,
    residents: np.ndarray,
    trust: np.ndarray,
) -> None:
    """Draw every resident's start values, in index order, and count the volunteers of each grid."""
    middle_aged = c.young_share + c.middle_age_share
    for place in range(communities.shape[0]):
        entity = np.uint64(place)
        communities[place].habit = c.habit_sd * normal(key, Purpose.HABIT, entity, 0)
        level = c.trust_at_start + c.trust_community_sd * normal(key, Purpose.COMMUNITY_TRUST, entity, 0)
        communities[place].trust = 0.0
        first = communities[place].first_grid
        for grid in range(first, first + communities[place].grids):
            for i in range(grids[grid].start, grids[grid].start + grids[grid].people):
                who = np.uint64(i)
                person = residents[i]
                person.grid, person.community = grid, place
                age = uniform(key, Purpose.AGE, who, 0)
                person.age = 0 if age < c.young_share else (1 if age < middle_aged else 2)
                owning, digital = c.owners_old, c.digital_old
                if person.age == 0:
                    owning, digital = c.owners_young, c.digital_young
                elif person.age == 1:
                    owning, digital = c.owners_middle_aged, c.digital_middle_aged
                person.owner = 1 if uniform(key, Purpose.OWNER, who, 0) < owning else 0
                digital += c.digital_spread * (2.0 * uniform(key, Purpose.DIGITAL, who, 0) - 1.0)
                person.digital = min(1.0, max(0.0, digital))
                value = level + c.trust_spread * (2.0 * uniform(key, Purpose.TRUST, who, 0) - 1.0)
                trust[i] = min(1.0, max(0.0, value))
                communities[place].trust += np.float64(trust[i])
                expects = c.expectation_least + c.expectation_more * uniform(key, Purpose.EXPECTATION, who, 0)
                feels = c.satisfaction_least + c.satisfaction_more * uniform(key, Purpose.SATISFACTION, who, 0)
                person.expectation, person.satisfaction = min(1.0, expects), min(1.0, feels)
                wish = uniform(key, Purpose.PROPENSITY, who, 0)
                person.propensity = wish * wish
                joins = c.volunteers_at_start * person.propensity
                if c.volunteers and uniform(key, Purpose.VOLUNTEER, who, 0) < joins:
                    person.volunteer, person.rung = 1, VOLUNTEERED
                    grids[grid].volunteers += 1
        communities[place].trust /= max(1, communities[place].people)


def build_population(district: District, residents: int, key: np.uint64, parameters: Parameters) -> Population:
    """The whole population at day 0, contacts included."""
    from pingan_abm.world.networks import linked_contacts

    communities, grids = lay_out(district, residents, parameters.persons_per_grid)
    subdistricts = [place.id for place in district.subdistricts]
    for number, community in enumerate(district.communities):
        home = subdistricts.index(community.subdistrict)
        communities[number]["subdistrict"] = home
        communities[number]["unit"] = district.unit_index(district.subdistricts[home].unit)
    communities["fulltime"] = residents / district.about.residents * parameters.community_posts / len(communities)
    people, trust = np.zeros(residents, RESIDENT), np.zeros(residents, np.float32)
    settle_residents(settings_of(parameters), key, grids, communities, people, trust)
    return Population(people, trust, linked_contacts(key, communities, residents, parameters), grids, communities)
