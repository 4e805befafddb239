"""Reading a study file: TOML in, a checked `Study` out, or every mistake in it with its line."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pingan_abm.district.files import residents_here, start_here
from pingan_abm.files.toml import RANGE_KEYS, parse_toml, read_text, require_kind
from pingan_abm.parameters.declared import Parameters
from pingan_abm.runs import DAYS, MOST_LOAD, MOST_REPLICATIONS, load_problems, recorded, resolved
from pingan_abm.scenarios.combined import AND, combined
from pingan_abm.scenarios.given import LIMITS
from pingan_abm.scenarios.histories import HISTORIES, MOST_WARMUP, WARMUP
from pingan_abm.scenarios.lines import at_lines, first_line, lines_of
from pingan_abm.scenarios.parts import Where, placed
from pingan_abm.scenarios.presets import BASELINE, Scenario, is_preset, load_scenario, scenario_names
from pingan_abm.study.plan.design_table import KEYS as DESIGN_KEYS
from pingan_abm.study.plan.design_table import Asked, read_design
from pingan_abm.study.plan.entries import LONGEST_TEXT, beside, flattened, is_plain, number
from pingan_abm.study.plan.evidence import Evidence, evidence_of, records_of
from pingan_abm.study.plan.groups import groups_of
from pingan_abm.study.plan.points import Point, extents, points_of_file
from pingan_abm.study.plan.ranges import SCENARIO, Range, checked, read_range
from pingan_abm.study.plan.shapes import NEEDS_SAMPLES
from pingan_abm.study.plan.study import KEYS, SAMPLED, Study, Target
from pingan_abm.texts.errors import InputErrors, sentence, shown, suggestion, unknown_keys
from pingan_abm.texts.i18n import LANGUAGES

MATCHED = "staffing"  # the parameter that is set so that a load is reached


def read_study(path: Path, *, designed: bool = True) -> Study:
    """The study of a file. designed: its ranges are laid out as points, which a calibration does not do.

    Raises InputErrors with every mistake, each with file and line.
    """
    return parse_study(read_text(path, sentence("a study file")), path.stem, str(path), path.parent, designed=designed)


def parse_study(text: str, name: str, source: str, folder: Path, *, designed: bool = True) -> Study:
    """The study of a TOML text. source: how messages name it; folder: what relative paths in it start from; designed:
    as in `read_study`."""
    reader = _Reader(require_kind(parse_toml(text, source), source, sentence("a study file")), folder, designed)
    study = reader.study(name)
    if reader.complaints:
        raise InputErrors(_sentences(source, text.splitlines(), reader.complaints))
    return study


def _sentences(source: str, lines: list[str], complaints: list[tuple[Where, str]]) -> list[str]:
    """Each complaint with its file and line, in the order of the lines; those that have none come first."""
    located = sorted(((lines_of(lines, where), where, message) for where, message in complaints), key=first_line)
    messages: list[str] = []
    for found, where, message in located:
        place = at_lines(source, found)
        messages.append(placed(place, placed(where, message) if str(where) else message))
    return messages


class _Reader:
    """Collects complaints while it turns the file's tables into a study; what cannot be read gets a harmless value."""

    def __init__(self, data: Mapping[str, Any], folder: Path, designed: bool) -> None:
        self.data, self.folder, self.designed = data, folder, designed
        self.complaints: list[tuple[Where, str]] = []

    def wrong(self, table: str, key: str, message: str) -> None:
        self.complaints.append((Where(table, -1, key), message))

    def study(self, name: str) -> Study:
        self._keys("", self.data, KEYS)
        scenario = self._scenario()
        settings, _ = flattened(self._table("settings"))
        design = self._design()
        drawn = self._drawn(design.method)
        ranges = (*self._ranges(design.method), *extents(drawn))
        scenarios = self._scenarios(ranges)
        scenario = next(iter(scenarios.values()), scenario)
        study = Study(
            name=self._text("name", name),
            scenario=scenario,
            ranges=ranges,
            method=design.method,
            samples=design.samples,
            luck=design.luck,
            second_order=design.second_order,
            residents=self._whole("residents", residents_here(), LIMITS["residents"]),
            days=self._whole("days", DAYS, LIMITS["days"]),
            start=self._start(),
            warmup=self._whole("warmup", WARMUP, (0, MOST_WARMUP)),
            history=self._history(),
            match_load=self._load(),
            seed=self._whole("seed", 0, LIMITS["seed"]),
            replications=self._whole("replications", 1, (1, MOST_REPLICATIONS)),
            incidents=self._incidents(),
            settings=settings,
            series=self._switch("series", True),
            events=self._switch("events", False),
            targets=self._targets(),
            evidence=self._evidence(),
            records=self._records(),
            drawn=drawn,
            question=self._question(),
            scenarios=scenarios,
        )
        self._check_settings(study)
        return study

    def _keys(self, table: str, found: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for keys, message in unknown_keys(found, known):
            self.complaints.append((Where(table, -1, keys[0], keys[1:]), message))

    def _table(self, key: str) -> dict[str, Any]:
        found = self.data.get(key, {})
        if isinstance(found, dict):
            return found
        self.wrong("", key, sentence("write a table, [{key}].", key=key))
        return {}

    def _text(self, key: str, default: str) -> str:
        found = self.data.get(key, default)
        if isinstance(found, str) and 0 < len(found) <= LONGEST_TEXT:
            return found
        self.wrong("", key, sentence("{value} is not usable: write a text in quotes.", value=shown(found)))
        return default

    def _switch(self, key: str, default: bool) -> bool:
        found = self.data.get(key, default)
        if isinstance(found, bool):
            return found
        self.wrong("", key, sentence("{value} is not usable: write true or false.", value=shown(found)))
        return default

    def _whole(self, key: str, default: int, limits: tuple[int, int], table: str = "") -> int:
        found = (self._table(table) if table else self.data).get(key, default)
        if isinstance(found, int) and not isinstance(found, bool) and limits[0] <= found <= limits[1]:
            return found
        self.wrong(
            table,
            key,
            sentence(
                "{value} is not usable: write a whole number from {low} to {high}.",
                value=shown(found),
                low=limits[0],
                high=limits[1],
            ),
        )
        return default

    def _start(self) -> date:
        found = self.data.get("start", start_here())
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        self.wrong(
            "",
            "start",
            sentence(
                "{value} is not usable: write a date as year-month-day, for example 2014-01-01.", value=shown(found)
            ),
        )
        return start_here()

    def _history(self) -> str:
        found = self.data.get("history", HISTORIES[0])
        if found in HISTORIES:
            return str(found)
        near = suggestion(found if isinstance(found, str) else "", HISTORIES)
        self.wrong(
            "",
            "history",
            sentence("{value} is not usable.{near}", value=shown(found), near=near),
        )
        return HISTORIES[0]

    def _load(self) -> float | None:
        found = self.data.get("match_load")
        if found is None or not load_problems(found):
            return None if found is None else float(found)
        self.wrong(
            "",
            "match_load",
            sentence(
                "{value} is not usable: write a load ratio above 0, at most {high}.", value=shown(found), high=MOST_LOAD
            ),
        )
        return None

    def _scenario(self) -> Scenario:
        return self._loaded("", self.data.get("scenario", BASELINE)) or load_scenario(BASELINE)

    def _loaded(self, table: str, name: object) -> Scenario | None:
        """A preset, or a file beside the study's."""
        if not isinstance(name, str):
            self.wrong(
                table,
                SCENARIO,
                sentence("{value} is not usable: write a scenario's name or file in quotes.", value=shown(name)),
            )
            return None
        named = [one.strip() for one in name.split(AND)]
        unknown = [one for one in named if not is_preset(one) and not one.endswith(".toml")]
        for one in unknown:
            self.wrong(
                table,
                SCENARIO,
                sentence(
                    "there is no scenario {name}.{near} Or write the name of a scenario file beside the "
                    "study, which ends in .toml.",
                    name=shown(one),
                    near=suggestion(one, scenario_names()),
                ),
            )
        if unknown:
            return None
        try:
            found = [load_scenario(one if is_preset(one) else beside(self.folder, one)) for one in named]
            return found[0] if len(found) == 1 else combined(found)
        except InputErrors as wrong:
            for message in wrong.problems:
                self.wrong(table, SCENARIO, message)
        return None

    def _scenarios(self, ranges: tuple[Range, ...]) -> dict[str, Scenario]:
        """The scenarios that vary, by the names that stand in the file."""
        varied = next((one.values for one in ranges if one.name == SCENARIO), ())
        if varied and SCENARIO in self.data:
            self.wrong("", SCENARIO, sentence("is fixed here and varies under [parameters]; keep one of them."))
        loaded = {str(name): self._loaded("parameters", name) for name in varied}
        return {name: one for name, one in loaded.items() if one is not None}

    def _question(self) -> dict[str, str]:
        """What the study asks: a text, or one for each language."""
        found = self.data.get("question", {})
        texts = dict.fromkeys(LANGUAGES, found) if isinstance(found, str) else found
        if isinstance(texts, dict) and all(isinstance(one, str) and len(one) <= LONGEST_TEXT for one in texts.values()):
            self._keys("question", texts, LANGUAGES)
            return texts
        self.wrong(
            "",
            "question",
            sentence("write a text, or one for each language: {example}.", example='{ en = "…", zh = "…" }'),
        )
        return {}

    def _incidents(self) -> Path | None:
        found = self.data.get("incidents")
        if found is None:
            return None
        try:
            if isinstance(found, str) and (path := beside(self.folder, found)).is_file():
                return path
            self.wrong(
                "",
                "incidents",
                sentence(
                    "{value}: there is no such file; write the path of a records file in quotes.", value=shown(found)
                ),
            )
        except InputErrors as wrong:
            for message in wrong.problems:
                self.wrong("", "incidents", message)
        return None

    def _design(self) -> Asked:
        table = self._table("design")
        self._keys("design", table, DESIGN_KEYS)
        asked, problems = read_design(table)
        for key, message in problems:
            self.wrong("design", key, message)
        return asked

    def _ranges(self, method: str) -> tuple[Range, ...]:
        flat, odd = flattened(self._table("parameters"), RANGE_KEYS)
        for key in odd:
            self.wrong(
                "parameters",
                key,
                sentence(
                    "write what varies as a table: {first} or {second}.",
                    first="{ values = [0.1, 0.5] }",
                    second="{ low = 0.0, high = 1.0, steps = 5 }",
                ),
            )
        read = []
        for name, table in self._known("parameters", flat, (*Parameters.model_fields, SCENARIO)).items():
            one, problems = read_range(name, table, steps=self.designed and method in ("grid", "oat"))
            for key, message in problems:
                self.wrong("parameters", f"{name}.{key}" if key else name, message)
            if one is not None and one.shape[0] in NEEDS_SAMPLES and not (self.designed and method in SAMPLED):
                self.wrong("parameters", f"{name}.distribution", sentence("goes with a design that samples."))
            if one is not None and not problems:
                read.append(one)
        own = {*flat, *flattened(self._table("settings"))[0]}
        sampled = not self.designed or method not in ("grid", "oat")
        groups, wrong_groups = groups_of(self.data.get("groups", []), own, sampled=sampled)
        for problem in wrong_groups:
            self.wrong("", "groups", problem)
        factors = len(flat) + len({one.group for one in groups})
        if not flat and not odd and not {"groups", "posterior"} & self.data.keys():
            self.wrong("", "parameters", sentence("nothing varies; write at least one parameter under [parameters]."))
        elif self.designed and method in ("sobol", "morris") and factors == 1:
            self.wrong(
                "design", "method", sentence("{method} needs two parameters or groups that vary.", method=method)
            )
        return (*read, *groups)

    def _known(self, table: str, entries: Mapping[str, Any], known: Collection[str]) -> Mapping[str, Any]:
        """The entries named after parameters and after the district's entries. Several unknown names are left out and
        reported together; a single one stays, to be reported with its value."""
        reported: set[str] = set()
        for keys, message in unknown_keys(filter(is_plain, entries), known):
            if len(keys) > 1:
                self.complaints.append((Where(table, -1, keys[0], keys[1:]), message))
                reported |= set(keys)
        return {name: entry for name, entry in entries.items() if name not in reported}

    def _targets(self) -> tuple[Target, ...]:
        from pingan_abm.outcomes.catalogue import OUTCOMES, suggested_outcome
        from pingan_abm.outcomes.plausible import implausible

        read = []
        for name, entry in self._table("targets").items():
            table = entry if isinstance(entry, dict) else {"value": entry}
            self._keys("targets", {key: 0 for key in table if key not in ("value", "scale")}, ("value", "scale"))
            value, scale = number(table.get("value")), number(table.get("scale"))
            if name not in OUTCOMES:
                self.wrong("targets", name, sentence("there is no such outcome.{near}", near=suggested_outcome(name)))
            elif value is None:
                self.wrong(
                    "targets",
                    name,
                    sentence(
                        "write a number: {example}.", example=f"{shown(name)[1:-1]} = {{ value = 0.08, scale = 0.02 }}"
                    ),
                )
            elif "scale" in table and (scale is None or scale <= 0):
                self.wrong(
                    "targets",
                    name,
                    sentence("scale: write a number above 0, the difference that counts as one unit of misfit."),
                )
            elif (why := implausible(name, value)) is not None:
                self.wrong("targets", name, why)
            else:
                read.append(Target(name, value, scale or abs(value) / 10 or 1.0))
        return tuple(read)

    def _evidence(self) -> tuple[Evidence, ...]:
        found, problems = evidence_of(self.data.get("evidence"), self.folder)
        for message in problems:
            self.wrong("", "evidence", message)
        return found

    def _drawn(self, method: str) -> tuple[Point, ...]:
        found, problems = points_of_file(self.data.get("posterior"), self.folder, method)
        for message in problems:
            self.wrong("", "posterior", message)
        return found

    def _records(self) -> dict[str, Any]:
        found, problems = records_of(self._table("records"), self.folder)
        for key, message in problems:
            self.wrong("records", key, message)
        return found

    def _check_settings(self, study: Study) -> None:
        """Check the settings that always hold: each by itself, and, if the file has no other mistake, all of them
        together with the first point of every range."""
        for name, value in self._known("settings", study.settings, Parameters.model_fields).items():
            for message in checked(name, value)[1]:
                self.wrong("settings", name, message)
        both = sorted(set(study.settings) & {one.name for one in study.ranges})
        for name in both:
            self.wrong("settings", name, sentence("is fixed here and varies under [parameters]; keep one of them."))
        if study.match_load is not None and any(one.name == MATCHED for one in study.ranges):
            self.wrong("", "match_load", sentence("sets staffing at every point, so staffing cannot vary; keep one."))
        if self.complaints:
            return
        try:
            resolved(study.spec({one.name: one.first() for one in study.ranges}, 0))
        except InputErrors as wrong:
            for message in wrong.problems:
                of_settings = any(name in message for name in study.settings)
                self.wrong("settings" if of_settings else "", "" if of_settings else "scenario", message)
        if not self.complaints and study.incidents is not None:
            self._check_records(study)

    def _check_records(self, study: Study) -> None:
        """Read the records once, as each scenario translates them, so that no run fails of what can be known before."""
        first = {one.name: one.first() for one in study.ranges}
        for name in study.scenarios or [""]:
            spec = study.spec({**first, SCENARIO: name} if name else first, 0)
            try:
                recorded(spec, resolved(spec)[1])
            except InputErrors as wrong:
                for message in wrong.problems:
                    self.wrong("", "incidents", message)
