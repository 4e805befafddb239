"""What may stand in the tables of a district's folder, and what holds where a folder leaves an entry out."""

from pingan_abm.files.toml import Key

SOURCES = ("paper", "literature", "records", "official", "assumed")
PLACE_SHARE = "subdistrict"  # in shares: the subdistrict where the problem lies

#: Tables that each file of a folder holds. Any table may stand in a CSV file of its own name instead.
FILES = {
    "units": ("units",),
    "issues": ("mechanisms", "issues"),
    "subtypes": ("subtypes",),
    "communities": ("subdistricts", "communities"),
    "places": ("places",),
    "shocks": ("shocks",),
    "organisations": ("organisations", "ideas", "channels"),
}
FILE_OF = {table: file for file, tables in FILES.items() for table in tables}
ABOUT = "district.toml"
#: Tables without which there is no district; for mechanisms and channels others stand in, the rest may lack.
NEEDED = ("units", "issues", "subdistricts", "communities")
STAND_IN = ("mechanisms", "channels")

#: The largest tables that the program has room for.
MOST_UNITS, MOST_ISSUES, MOST_SUBTYPES, MECHANISMS = 200, 500, 500, 6
MOST_COMMUNITIES, MOST_RESIDENTS = 2_000, 5_000_000
#: The channels in the order of joining the one system, and what they are called in a district that does not name them.
CHANNELS_ELSEWHERE = {
    "grid": {"en": "Officers in the field", "zh": "巡查人员上报"},
    "ehome": {"en": "Community online", "zh": "社区线上渠道"},
    "12345": {"en": "City hotline", "zh": "市民热线"},
    "110": {"en": "Police line", "zh": "报警电话"},
    "own_platform": {"en": "Departments' own lines", "zh": "部门自有渠道"},
    "studio": {"en": "Residents' group", "zh": "居民自治小组"},
}
CHANNEL_NAMES = tuple(CHANNELS_ELSEWHERE)

NAMES = {"en": Key("text"), "zh": Key("text")}
ORIGIN = {"source": Key("text", choices=SOURCES, optional=True), "sources": Key("table", optional=True)}
UNIT_KEYS = NAMES | {
    "tier": Key("whole", 1, 3),
    "kind": Key("text", choices=("line", "block")),
    "subdistrict": Key("switch"),
    "staff": Key("number", 0.1, 10_000),
    "design_files_per_day": Key("number", 0, 10_000),
    "design_work_mean": Key("number", 0, 1_000),
    "design_work_cv2": Key("number", 0, 1_000),
    "crisis_rank": Key("whole", 0, 2, optional=True),
    "desk": Key("text", choices=("12345", "110", "own_platform"), optional=True),
}
ISSUE_KEYS = NAMES | {
    "mechanism": Key("text"),
    "rate": Key("number", 0, 10_000),
    "enforcement": Key("number", 0, 1),
    "solvability": Key("number", 0, 1),
    "work_median": Key("number", 0.01, 1_000),
    "work_log_sd": Key("number", 0, 3),
    "target_days": Key("number", 0.5, 365),
    "recur": Key("number", 0, 1),
    "severity": Key("number", 0, 0.95),
    "joint": Key("number", 0, 1),
    "affected_mean": Key("number", 1, 16),
    "hotline_110_factor": Key("number", 0, 100),
    "appears_as": Key("text", optional=True),
    "shares": Key("table"),
}
PLACE_KEYS = NAMES | {
    "per_thousand": Key("number", 0, 1_000),
    "licensed": Key("number", 0, 1),
    "cost": Key("number", 0, 100),
    "slack": Key("number", 0.01, 1),
    "inspections": Key("number", 0, 365),
    "mobile": Key("switch"),
}
SHOCK_KEYS = NAMES | {
    "spells": Key("numbers", 0, 31, optional=True),
    "dates": Key("texts", optional=True),
    "days": Key("whole", 1, 60),
    "factors": Key("table"),
}
SUBDISTRICT_KEYS = NAMES | {"unit": Key("text")}
COMMUNITY_KEYS = NAMES | {"subdistrict": Key("text"), "population": Key("number", 1, 100_000_000)}
ORGANISATION_KEYS = NAMES | {"mechanisms": Key("texts"), "place": Key("text")}
IDEA_KEYS = NAMES | {"issue": Key("text")}
FACTOR = Key("number", 0, 1_000)
SHARE = Key("number", 0, 1)

#: What a folder may leave out, and what holds then. Those of issue types are the medians of the shipped types; a
#: deadline of fifteen working days is the statutory one of a hotline. All are assumed.
UNIT_DEFAULTS: dict[str, object] = {"tier": 1, "kind": "block", "subdistrict": False}
ISSUE_DEFAULTS: dict[str, object] = {
    "enforcement": 0.4,
    "solvability": 0.5,
    "work_median": 1.0,
    "work_log_sd": 1.0,
    "target_days": 15.0,
    "recur": 0.5,
    "severity": 0.1,
    "joint": 0.2,
    "affected_mean": 2.0,
    "hotline_110_factor": 1.0,
}
COMMUNITY_DEFAULTS: dict[str, object] = {"population": 1.0}
DESIGN = ("design_files_per_day", "design_work_mean", "design_work_cv2")
DEFAULTS = {"units": UNIT_DEFAULTS, "issues": ISSUE_DEFAULTS, "communities": COMMUNITY_DEFAULTS}
