"""Keyed random numbers: every random decision is a pure function of (seed, replication, purpose, entity, attempt).

No decision changes because another was made, in another order, or on another worker; the same problem has the same luck
in every scenario, which is what makes paired comparisons sharp (common random numbers). The hash is splitmix64's
finaliser (Steele, Lea & Flood 2014) applied once for each of the three parts of a key.
"""

import math
from enum import IntEnum

import numpy as np

from pingan_abm.engine.compiled import compiled

GOLDEN, MIX1, MIX2 = (np.uint64(c) for c in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
S11, S27, S30, S31 = (np.uint64(s) for s in (11, 27, 30, 31))


class Purpose(IntEnum):
    """What a number is drawn for. One member for each decision; adding one changes no other.

    Python code passes `int(Purpose.…)` to compiled functions: numba takes 0.15 ms to recognise a member of an
    enumeration.
    """

    DAY_COUNT = 1
    DAY_FACTOR = 2
    IDENTITY = 3
    WHO = 4
    EXPOSED = 5
    EXPOSURE = 6
    ONSET = 7
    ARISES = 8
    SEVERITY = 9
    AFFECTED = 10
    NUMBER_OF_UNITS = 11
    TRUE_LEAD = 12
    TRUE_ASSISTANTS = 13
    WORK = 14
    GROWS = 15
    GROWTH = 16
    LAPSE = 17
    FOUND = 18
    DETERRED_RETURN = 19
    DETERRED_WHEN = 20
    DECISION_TIME = 21
    REPORTS = 22
    CHANNEL = 23
    JOINED = 24
    REPEAT = 25
    FELT_REPEAT = 26
    FELT_TIME = 27
    RECURS = 28
    TRY_TIME = 29
    TRY = 30
    SITE_CHECK = 31
    HOLD_BACK = 32
    KNOWN = 33
    DRAWN_UNIT = 34
    NAMED = 35
    ANSWER_TIME = 36
    RETURN = 37
    PAPER = 38
    INTERIM = 39
    BACKSTOP_POWER = 40
    BACKSTOP_DEVOLVED = 41
    DETECTED = 42
    ESCALATION_WAIT = 43
    SUPERVISION_WAIT = 44
    SPECIAL_WAIT = 45
    LEVEL_1_WAIT = 46
    AGREES = 47
    BELIEVED = 48
    RATES = 49
    BECOMES_VOLUNTEER = 50
    LEAVES_VOLUNTEERS = 51
    AGE = 52
    OWNER = 53
    DIGITAL = 54
    TRUST = 55
    COMMUNITY_TRUST = 56
    EXPECTATION = 57
    SATISFACTION = 58
    PROPENSITY = 59
    VOLUNTEER = 60
    HABIT = 61
    REWIRE = 62
    GROUP_PICK = 65
    MEDIATION = 66
    IDEA_PLACE = 68
    IDEA_ADOPTED = 69
    ORG_SIZE = 70
    ORG_DEPENDENCE = 71
    ORG_FIELDS = 72
    ORG_FIELD = 73
    ORG_SCOPE = 74
    ORG_PLACE = 75
    ORG_CONTRACT = 76
    ORG_RESERVES = 77
    ORG_OTHER_INCOME = 78
    ORG_RENEWAL = 79
    ORG_EXIT = 80
    ORG_ENTRY = 81
    CAMPAIGN_FOUND = 83
    STATUTORY = 84
    STATUTORY_DAYS = 85
    WARM_UP = 86
    LEAVES_BY_AND_BY = 87
    GROUP_ROOM = 88
    ENTRANT_INCOME = 89
    IDEA_COUNT = 90
    INJECTED = 91
    RECORDED = 92
    DUPLICATE = 93
    FELT_AGAIN = 94
    CHANNEL_AGAIN = 95
    TELLS = 120
    ASKS = 121
    WHOM_TO_ASK = 122
    JOINS_WHEN_ASKED = 123
    JOINS_GROUP = 124
    PROPOSER = 125
    GOES_PUBLIC = 126
    CRISIS_PUBLIC = 127
    PUBLIC_COMPLIES = 128
    PUBLIC_COMPLY_TIME = 129
    LINE_WAVE = 130
    REWIRED_RELATION = 300
    HELPS = 301
    EARLIER_FILE = 302
    ASKED_FIRST = 303
    ORGANISATION_HELPS = 304
    OWN_INITIATIVE = 305
    FORUM_HELD = 306
    FORUM_GUEST = 307
    TALKED_OVER = 308
    SUBTYPE = 200
    PLACE = 201
    EMITS = 202
    PLACE_SIZE = 203
    PLACE_COST = 204
    PLACE_LICENCE = 205
    PLACE_GRID = 206
    REMEDY_TIME = 207
    COMPLIES = 208
    NAMED_IN_PUBLIC = 209
    NEXT_INSPECTION = 210
    INSPECTION = 211
    WAITS_OUT = 212
    CAMPAIGN_VISIT = 213
    MOVES = 214
    MOVES_TO = 215
    PLACE_WHERE = 216
    SHOCK = 217
    NAMED_PLACE_GRID = 218
    NEIGHBOUR_ASKED = 420
    NEIGHBOUR_MEDIATES = 421


@compiled
def mixed(z: np.uint64) -> np.uint64:
    """One round of splitmix64's finaliser."""
    z = (z ^ (z >> S30)) * MIX1
    z = (z ^ (z >> S27)) * MIX2
    return z ^ (z >> S31)


@compiled
def identity(key: np.uint64, purpose: int, entity: np.uint64, attempt: int) -> np.uint64:
    """A 64-bit number that belongs to this purpose, entity and attempt: an entity of its own, or the seed of a draw."""
    z = mixed(np.uint64(key) + np.uint64(purpose) * GOLDEN)
    z = mixed(z + np.uint64(entity) * GOLDEN)
    return mixed(z + np.uint64(attempt) * GOLDEN)


@compiled
def uniform(key: np.uint64, purpose: int, entity: np.uint64, attempt: int) -> float:
    """The number in [0, 1) that belongs to this purpose, entity and attempt, whatever else happened before."""
    return float(identity(key, purpose, entity, attempt) >> S11) * 2.0**-53


@compiled
def exponential(key: np.uint64, purpose: int, entity: np.uint64, attempt: int) -> float:
    """Exponential with mean 1."""
    return -math.log(1.0 - uniform(key, purpose, entity, attempt))


@compiled
def normal(key: np.uint64, purpose: int, entity: np.uint64, attempt: int) -> float:
    """Standard normal (Box & Muller 1958), from the two draws 2·attempt and 2·attempt + 1."""
    first, second = uniform(key, purpose, entity, 2 * attempt), uniform(key, purpose, entity, 2 * attempt + 1)
    return math.sqrt(-2.0 * math.log(1.0 - first)) * math.cos(2.0 * math.pi * second)


def run_key(seed: int, replication: int) -> np.uint64:
    """The key of one run: every draw of a run starts from it."""
    with np.errstate(over="ignore"):
        return np.uint64(identity(np.uint64(0x50494E47414E0365), 0, np.uint64(seed), replication))
