"""A scenario in words: title, story, and everything that sets it apart from the baseline, for people who write no
code."""

from collections.abc import Iterator, Mapping
from typing import Any

from pingan_abm.district.district import District, IssueType, Unit
from pingan_abm.district.files import load_district
from pingan_abm.parameters.declared import declared, written
from pingan_abm.parameters.fields import plain, unit_words
from pingan_abm.scenarios.parts import STEPS, Change, Entries, InjectedProblem, Merge, Scenario, merged_entries
from pingan_abm.texts.errors import sentence, translated
from pingan_abm.texts.i18n import Translate, translator

UNSAID = (
    "0–1",
    "weight",
    "choice",
    "on/off",
    "date",
    "issue type",
)  # units that say nothing to a reader beside the value

#: The entries of the district's tables in words.
ENTRY_WORDS = {
    "en": sentence("English name"),
    "zh": sentence("Chinese name"),
    "tier": sentence("tier"),
    "kind": sentence("led by (line or block)"),
    "staff": sentence("staff, staff-days a day"),
    "design_files_per_day": sentence("files a day that the staff is meant for"),
    "design_work_mean": sentence("staff-days a file that the staff is meant for"),
    "design_work_cv2": sentence("variation of work that the staff is meant for"),
    "crisis_rank": sentence("place in a crisis (0: none)"),
    "desk": sentence("channel whose own desk it keeps"),
    "mechanism": sentence("mechanism"),
    "rate": sentence("problems a year per 1,000 residents"),
    "enforcement": sentence("need for legal powers, 0–1"),
    "solvability": sentence("how readily society settles it, 0–1"),
    "work_median": sentence("work, staff-days (median)"),
    "work_log_sd": sentence("spread of work (log sd)"),
    "target_days": sentence("deadline, days"),
    "recur": sentence("chance to be felt again after a paper closure"),
    "severity": sentence("severity, 0–1"),
    "joint": sentence("share that needs several units"),
    "affected_mean": sentence("residents affected, mean"),
    "hotline_110_factor": sentence("calls to 110, multiple of the usual"),
    "appears_as": sentence("looks like, until seen on site"),
    "shares": sentence("who may own it"),
    "lead": sentence("owned by"),
}


def describe(scenario: Scenario, language: str = "en") -> str:
    """Title, story, and what differs from the baseline, as plain text in English or Chinese; a difference a line, after
    "  - "."""
    say = translator(language)
    lines = [f"{scenario.name} · {_in(scenario.title, language) or scenario.name}", ""]
    if story := _in(scenario.story, language):
        lines += [story, ""]
    differences = list(differences_of(scenario, language)) or [say("nothing; this is the baseline.")]
    return "\n".join([*lines, say("What differs from the baseline:"), *(f"  - {line}" for line in differences)])


def differences_of(scenario: Scenario, language: str) -> Iterator[str]:
    """Each difference from the baseline in a line: settings that hold from the start, changes on a date, injected
    problems, and names of a records file."""
    describer = _Describer(language)
    yield from describer.parameters({}, scenario.parameters)
    yield from describer.entries(load_district(), scenario.units, scenario.issues)
    held: dict[str, Any] = dict(scenario.parameters)
    units, issues = scenario.units, scenario.issues
    for change in scenario.changes:
        yield from describer.change(change, held, load_district(units, issues))
        held |= change.parameters
        units, issues = merged_entries(units, change.units), merged_entries(issues, change.issues)
    for merge in scenario.merges:
        yield describer.merge(merge)
    for problem in scenario.problems:
        yield describer.problem(problem)
    yield from describer.renamed(scenario)


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


class _Describer:
    """Says the parts of a scenario in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.say: Translate = translator(language)
        self.district: District = load_district()
        every = (
            self.district.units,
            self.district.issues,
            self.district.communities,
            self.district.mechanisms,
            self.district.channels,
        )
        self.names: dict[str, str] = {one.id: getattr(one, language) for kind in every for one in kind}
        self.names["subdistrict"] = self.say("the subdistrict of the place")

    def parameters(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
        """Parameters that change, with what they mean; before: those that had been set. The details of a campaign mean
        nothing before there is one."""
        begins = {**before, **after}.get("campaign_issue") is not None and before.get("campaign_issue") is None
        for name, value in after.items():
            one = declared(name)
            old, said = before.get(name, one.default), self.value(value)
            if one.unit not in UNSAID:
                said = self.say("{value} ({unit})").format(value=said, unit=unit_words(one.unit, self.language))
            if not (begins and name.startswith("campaign_")):
                if value == old:
                    continue
                said = f"{self.value(old)} → {said}"
            yield self.say("{what} ({name}): {change}. {meaning}").format(
                what=one.label(self.language), name=name, change=said, meaning=one.meaning(self.language)
            )

    def entries(self, before: District, units: Entries, issues: Entries) -> Iterator[str]:
        """Entries of the units' and issue types' tables that change, on top of what they were."""
        rows: dict[str, Unit | IssueType] = {unit.id: unit for unit in before.units}
        rows |= {issue.id: issue for issue in before.issues}
        for name, entry in (*units.items(), *issues.items()):
            for key, value in entry.items():
                old = getattr(rows[name], "shares" if key == "lead" else key)
                if value != old:
                    yield self.say("{place}, {what}: {before} → {after}").format(
                        place=self.names[name],
                        what=translated(ENTRY_WORDS[key], self.say),
                        before=self.value(old),
                        after=self.value(value),
                    )

    def change(self, change: Change, held: Mapping[str, Any], before: District) -> Iterator[str]:
        """What changes on a date."""
        for line in (*self.parameters(held, change.parameters), *self.entries(before, change.units, change.issues)):
            yield self.say("From {date}: {what}").format(date=change.date, what=line)

    def merge(self, merge: Merge) -> str:
        """Units that become one."""
        parts = self.say(", ").join(self.names[name] for name in merge.units if name != merge.into)
        into = self.names.get(merge.into) or getattr(merge, self.language) or merge.into
        return (
            self.say("From {date}: {units} become one: {into}").format(date=merge.date, units=parts, into=into)
            if (merge.into not in self.names)
            else self.say("From {date}: {units} become part of {into}").format(date=merge.date, units=parts, into=into)
        )

    def problem(self, problem: InjectedProblem) -> str:
        """An injected problem: its type, place and severity, the number of units that it needs, its channel, and its
        documented dates."""
        parts = [
            self.say("{date}: a problem is put in: {issue}, {place}").format(
                date=problem.date, issue=self.names[problem.issue_type], place=self.names[problem.community]
            ),
            self.say("severity as usual for its type")
            if problem.severity is None
            else self.say("severity {severity} of 1").format(severity=plain(problem.severity)),
        ]
        if problem.min_units > 1:
            parts.append(self.say("only solved when {count} units or more have acted").format(count=problem.min_units))
        parts.append(
            self.say("found and reported like any other")
            if problem.channel is None
            else self.say("reported at once: {channel}").format(channel=self.names[problem.channel])
        )
        if problem.documented:
            steps = self.say(", ").join(
                f"{translated(STEPS[step], self.say)} {day}" for step, day in problem.documented.items()
            )
            parts.append(self.say("documented: {steps}").format(steps=steps))
        return self.say("; ").join(parts)

    def renamed(self, scenario: Scenario) -> Iterator[str]:
        """What a records file's columns, categories and places are called here."""
        if scenario.columns:
            pairs = self.say(", ").join(f"{name} = {column}" for name, column in scenario.columns.items())
            yield self.say("Columns of a records file: {pairs}").format(pairs=pairs)
        for text, table in (
            (
                self.say("Categories of a records file that are translated: {count}, left out: {out}"),
                scenario.categories,
            ),
            (self.say("Places of a records file that are translated: {count}, left out: {out}"), scenario.communities),
        ):
            if table:
                out = sum(not new for new in table.values())
                yield text.format(count=len(table) - out, out=out)

    def value(self, value: object) -> str:
        """A value in words."""
        if value is None:
            return self.say("none")
        if isinstance(value, bool):
            return self.say("on") if value else self.say("off")
        if isinstance(value, Mapping):
            return self.say(", ").join(f"{self.names[name]} {share:.0%}" for name, share in value.items())
        if isinstance(value, str):
            return self.names.get(value, value)
        if isinstance(value, int | float) and abs(value) >= 10_000 and float(value).is_integer():
            return f"{int(value):,}"
        return written(value)
