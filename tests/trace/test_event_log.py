"""The event log: legal traces, what XES asks for, files that are whole or absent, and the same log from a folder
of results."""

import csv
import math
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingan_abm.model import PinganModel
from pingan_abm.trace.event_log import NAMES, Step, log_of_model, logs_of_store, steps_of
from pingan_abm.trace.log_files import COLUMNS, export, write_csv
from pingan_abm.world.events import Activity

SPACE = "{http://www.xes-standard.org/}"
STAGES = ["application", "first_review", "consultation", "review", "final_review", "archiving"]
SENT = {"dispatch", "joint_dispatch", "backstop", "hand_off"}

FAILS = {"settle_without_organisations": 0.0, "settle_cover_effect": 0.0}  # society settles nothing


def finished(days: int = 90, **options: Any) -> PinganModel:
    model = PinganModel(days=days, events=True, warmup=0, **{"residents": 3_000, **options})
    for _ in range(days):
        model.step()
    return model


@pytest.fixture(scope="module")
def model() -> PinganModel:
    return finished(days=200, residents=8_000, scenario="pizza_shop")


def traces(log_model: PinganModel) -> Iterator[list[Step]]:
    for _, steps in groupby(steps_of(log_of_model(log_model)), key=case_of):
        yield list(steps)


def case_of(step: Step) -> str:
    return step.case


def faults(steps: list[Step]) -> list[str]:
    """What is illegal in a trace: order of time, order of the seven steps, and what may only follow what. A crisis
    alone is supervised before anything was sent, and goes out jointly at the same moment."""
    names = [step.activity for step in steps]
    found = []
    if [step.timestamp for step in steps] != sorted(step.timestamp for step in steps):
        found.append("time runs backwards")
    if names.count("file") != 1 or names[:2] != ["collect", "file"]:
        found.append("not filed once, after its collection")
    sent = held = 0
    fed_back = verified = reopened = evaluated = 0
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        name = step.activity
        if name in SENT:
            sent += 1
        elif name in {"help", "refuse"} and step.resource.startswith("organisation-"):
            continue  # the centre calls on organisations before it sends a file out
        elif name in {"accept", "return", "help", "refuse"}:
            held += name in {"accept", "help"}
            if sent == 0:
                found.append(f"{name} before any dispatch")
        elif name in {"handle", "stall", "statutory_wait"} and held == 0:
            found.append(f"{name} before any unit accepted")
        elif name == "feedback":
            fed_back += 1
            if held == 0:
                found.append("feedback before any unit accepted")
        elif name == "verify":
            verified += 1
            if verified > fed_back:
                found.append("verified without feedback")
        elif name == "reopen":
            reopened += 1
            if reopened > verified:
                found.append("reopened without closure")
        elif name == "evaluate":
            evaluated += 1
            if evaluated > verified:
                found.append("evaluated without closure")
        elif name == "supervision" and sent == 0 and following is not None and following.activity == "joint_dispatch":
            if following.timestamp != step.timestamp:
                found.append("supervision before any dispatch, and not of a crisis")
        elif name in {"supervision", "special_meeting", "second_report", *STAGES} and sent == 0:
            found.append(f"{name} before any dispatch")
        elif name == "collect" and step is not steps[0]:
            found.append("collected after it was filed")
    if fed_back > verified + 1 or verified > reopened + 1:
        found.append("closed twice without being reopened")
    stages = [name for name in names if name in STAGES or name in {"decided", "not_agreed"}]
    meetings = [stages[i : i + 7] for i in range(0, len(stages), 7)]
    if any(meeting[:6] != STAGES or meeting[6:] not in (["decided"], ["not_agreed"]) for meeting in meetings):
        found.append(f"a meeting out of order: {stages}")
    return found


def check_all(log_model: PinganModel) -> int:
    count = 0
    for steps in traces(log_model):
        assert faults(steps) == [], [(step.timestamp, step.activity, step.resource) for step in steps]
        count += 1
    assert count == int(log_model.world.tally["cases"][0])
    return count


@pytest.mark.slow
def test_ten_thousand_files_have_legal_traces_and_a_legal_document(tmp_path: Path) -> None:
    """Enough for crises, of which some break out before the file on them was sent anywhere."""
    model = finished(residents=90_000, days=365)
    told = [[step.activity for step in steps] for steps in traces(model)]
    at_once = [
        names for names in told if "supervision" in names and not SENT & set(names[: names.index("supervision")])
    ]
    assert len(at_once) >= 3
    assert check_all(model) > 10_000
    export([log_of_model(model)], tmp_path / "log.xes", "xes")
    assert xes_faults(ElementTree.parse(tmp_path / "log.xes").getroot()) == []


def test_every_file_has_a_legal_trace(model: PinganModel) -> None:
    assert check_all(model) > 500


def test_a_second_file_begins_with_the_report_that_its_channel_collected() -> None:
    model = finished(residents=5_000, days=120, scenario="fragmented_2010")
    second = [case for case in model.world.used("cases") if case["duplicate"]]
    assert len(second) > 5
    told = {steps[0].case: steps for steps in traces(model)}
    for number in (number for number, case in enumerate(model.world.used("cases")) if case["duplicate"]):
        first, filed = told[f"r0-{number:06d}"][:2]
        assert (first.activity, filed.activity, first.timestamp) == ("collect", "file", filed.timestamp)
        assert first.resource.startswith("resident-")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    scenario=st.sampled_from(
        ["pingan365", "fragmented_2010", "hierarchy_only", "tight_accountability", "clear_duties", "campaign"]
    ),
    seed=st.integers(0, 2**31),
    overrides=st.fixed_dictionaries(
        {
            "accountability": st.floats(0, 1),
            "channel_integration": st.floats(0, 1),
            "verification_rate": st.floats(0, 0.5),
            "joint_dispatch_after": st.integers(1, 5),
            "devolved_authority": st.floats(0, 1),
            "staffing": st.floats(0.5, 2),
            "work_median": st.floats(0.5, 4),
            "multi_department_share": st.floats(0.05, 0.35),
            "territorial_backstop": st.booleans(),
            "return_form": st.sampled_from(["logit", "score_loss"]),
            "closure_form": st.sampled_from(["strain", "multitask"]),
        }
    ),
)
def test_traces_are_legal_whatever_the_parameters(scenario: str, seed: int, overrides: dict[str, Any]) -> None:
    check_all(finished(residents=2_000, days=130, scenario=scenario, seed=seed, parameters=overrides))


def test_the_checker_sees_what_is_wrong(model: PinganModel) -> None:
    steps = next(steps for steps in traces(model) if [step.activity for step in steps][-1] == "evaluate")
    assert faults(steps) == []
    without = [step for step in steps if step.activity not in SENT]
    assert "accept before any dispatch" in faults(without)
    assert "time runs backwards" in faults(steps[:2] + steps[:1:-1])
    assert "verified without feedback" in faults([step for step in steps if step.activity != "feedback"])


def test_steps_are_those_of_the_register(model: PinganModel) -> None:
    rows = model.world.used("events")
    for activity in (Activity.FILE, Activity.RETURN, Activity.SECOND_REPORT, Activity.SUPERVISION, Activity.VERIFY):
        written = sum(step.activity == NAMES[activity] for step in steps_of(log_of_model(model)))
        assert written == int((rows["activity"] == activity).sum())


def test_the_injected_case_is_told_with_its_place_and_truth() -> None:
    """Society fails, as the paper says it did."""
    model = finished(days=200, residents=5_000, scenario="pizza_shop", parameters=FAILS)
    problem = model.world.used("problems")[model.world.used("problems")["injected"] == 1][0]
    row = int(problem["file"])
    steps = [step for step in steps_of(log_of_model(model)) if step.case == f"r0-{row:06d}"]
    assert {(step.issue, step.community) for step in steps} == {("catering_fumes", "wangjiang_01")}
    assert steps[0].timestamp.startswith("2014-05-06T")
    assert (steps[0].truly_solved == "") == math.isnan(problem["solved"])


def test_csv_has_a_row_for_every_step(model: PinganModel, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    count = export([log_of_model(model)], path, "csv")
    with path.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.reader(opened))
    assert tuple(rows[0]) == COLUMNS and len(rows) == count + 1
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert all(re.fullmatch(r"r0-\d{6}", row[0]) for row in rows[1:])


def test_case_ids_are_unique_across_replications(tmp_path: Path) -> None:
    logs = [log_of_model(finished(days=30, replication=number)) for number in (0, 1)]
    seen = [{step.case for step in steps_of(log)} for log in logs]
    assert seen[0] and seen[1] and not seen[0] & seen[1]


# -- XES 1.0: the rules of its schema ----------------------------------------------------------------------------------

VALUE_RULES = {  # element -> what its value has to look like (xs:string, xs:dateTime, xs:long, xs:double, xs:boolean)
    "string": r".*",
    "date": r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "int": r"[+-]?\d+", "float": r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", "boolean": r"true|false|0|1",
}  # fmt: skip
NCNAME = r"[A-Za-z_][\w.-]*"


def xes_faults(root: ElementTree.Element) -> list[str]:
    """Where a document departs from the XES 1.0 schema, or uses what it has not declared."""
    found = []
    if root.tag != f"{SPACE}log" or root.get("xes.version") != "1.0" or root.get("xes.features") is None:
        found.append("the root is no log of version 1.0 with its features")
    order = ["extension", "global", "classifier", *VALUE_RULES, "trace"]
    places = [order.index(name) if name in order else -1 for name in (child.tag.removeprefix(SPACE) for child in root)]
    ranks = [min(max(place, 0), 3) if place < order.index("trace") else place for place in places]
    if -1 in places or ranks != sorted(ranks):
        found.append("elements of the log out of order")
    prefixes = set()
    for extension in root.iter(f"{SPACE}extension"):
        if (
            not re.fullmatch(NCNAME, extension.get("prefix", ""))
            or not extension.get("name")
            or not extension.get("uri")
        ):
            found.append("an extension without name, prefix or uri")
        prefixes.add(extension.get("prefix"))
    promised: dict[str, set[str]] = {"trace": set(), "event": set()}
    for declared in root.iter(f"{SPACE}global"):
        promised[declared.get("scope", "event")] |= {child.get("key", "") for child in declared}
    for classifier in root.iter(f"{SPACE}classifier"):
        keys = classifier.get("keys", "").split()
        if not classifier.get("name") or not keys or not set(keys) <= promised["event"]:
            found.append("a classifier on keys that not every event has")
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        if name in VALUE_RULES:
            key, value = element.get("key", ""), element.get("value")
            if not key or value is None or not re.fullmatch(VALUE_RULES[name], value):
                found.append(f"{name} {key}={value}")
            if ":" in key and key.split(":")[0] not in prefixes:
                found.append(f"{key} uses an extension that is not declared")
        if name in promised:
            attributes = [child for child in element if child.tag.removeprefix(SPACE) in VALUE_RULES]
            keys = [child.get("key", "") for child in attributes]
            if not promised[name] <= set(keys) or len(keys) != len(set(keys)):
                found.append(f"a {name} lacks a global attribute or has one twice")
            if name == "trace" and list(element)[: len(attributes)] != attributes:
                found.append("a trace's attributes after its events")
            if name == "trace" and any(child.tag != f"{SPACE}event" for child in list(element)[len(attributes) :]):
                found.append("something else than events in a trace")
    return found


def test_xes_follows_the_schema(model: PinganModel, tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    count = export([log_of_model(model)], path, "xes")
    root = ElementTree.parse(path).getroot()
    assert xes_faults(root) == []
    assert len(list(root.iter(f"{SPACE}event"))) == count
    assert len(root.findall(f"{SPACE}trace")) == int(model.world.tally["cases"][0])


@pytest.mark.parametrize(("before", "after"), [
    ('<date key="time:timestamp" value="2014', '<date key="time:timestamp" value="14'),
    ('<classifier name="Activity" keys="concept:name"/>', '<classifier name="Activity" keys="lifecycle:transition"/>'),
    ('prefix="org"', 'prefix="organisation"'), ("</trace>", '<string key="late" value=""/></trace>'),
    ('<string key="org:resource" value="centre"/>', ""),
])  # fmt: skip
def test_the_schema_rules_see_what_is_wrong(model: PinganModel, tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "log.xes"
    export([log_of_model(model)], path, "xes")
    text = path.read_text("utf-8")
    assert before in text
    assert xes_faults(ElementTree.fromstring(text.replace(before, after, 1))) != []


# -- files -------------------------------------------------------------------------------------------------------------


def test_nothing_is_left_of_an_export_that_is_stopped(tmp_path: Path) -> None:
    log = log_of_model(finished(days=20))

    def stopped() -> Iterator[Any]:
        yield log
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(stopped(), tmp_path / "log.csv", "csv")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_results_gives_the_same_log(tmp_path: Path) -> None:
    from pingan_abm.runs import RunSpec, run_id
    from pingan_abm.scenarios.presets import load_scenario
    from pingan_abm.study.keep.folder import create_store, open_store
    from pingan_abm.study.keep.records import Record

    folder, outcomes = tmp_path / "results", ["problems"]
    store = create_store(folder, {"outcomes": outcomes, "model_version": "test"})
    expected = []
    for number in (1, 0):
        ran = finished(days=40, replication=number)
        spec = RunSpec(load_scenario("pingan365"), {}, 3_000, 40, replication=number)
        store.append(
            [
                Record(
                    run_id(spec),
                    spec,
                    dict(ran.parameters),
                    "ok",
                    outcomes={"problems": 1.0},
                    events=ran.world.used("events"),
                )
            ]
        )
        expected.insert(0, list(steps_of(log_of_model(ran))))
    found = sorted((list(steps_of(log)) for log in logs_of_store(open_store(folder))), key=case_of_first)
    assert found == expected


def case_of_first(steps: list[Step]) -> str:
    return steps[0].case


def test_a_folder_without_events_is_refused(tmp_path: Path) -> None:
    from pingan_abm.study.keep.folder import create_store
    from pingan_abm.texts.errors import InputErrors

    store = create_store(tmp_path / "results", {"outcomes": [], "model_version": "test"})
    with pytest.raises(InputErrors, match="--events"):
        write_csv(logs_of_store(store), BytesIO())


def test_names_of_places_in_records_have_a_column_and_an_attribute_of_their_own(tmp_path: Path) -> None:
    """The same from a folder of results."""
    from pingan_abm.runs import RunSpec, run_id
    from pingan_abm.scenarios.presets import load_scenario
    from pingan_abm.study.keep.folder import create_store, open_store
    from pingan_abm.study.run.workers import Task, do_task

    rows = "".join(f'2014-01-{day:02d},noise,hubin_01,"Bar ""Sun"", east"\n' for day in range(2, 29))
    records = tmp_path / "records.csv"
    records.write_text(f"date,issue_type,community,place\n2014-01-02,noise,hubin_02,\n{rows}", "utf-8")
    model = finished(days=60, incidents=records)
    steps = [step for steps in traces(model) for step in steps]
    assert {step.place for step in steps if step.community == "hubin_01"} == {'Bar "Sun", east'}
    assert {step.place for step in steps if step.community != "hubin_01"} <= {""}
    held = BytesIO()
    write_csv([log_of_model(model)], held)
    lines = list(csv.DictReader(held.getvalue().decode().splitlines()))
    assert [line["place"] for line in lines] == [step.place for step in steps]
    assert list(lines[0]) == [*COLUMNS, "place"]
    export([log_of_model(model)], tmp_path / "log.xes", "xes")
    named = [
        string.get("value")
        for trace in ElementTree.parse(tmp_path / "log.xes").getroot().findall(f"{SPACE}trace")
        for string in trace.findall(f"{SPACE}string")
        if string.get("key") == "place"
    ]
    assert set(named) == {'Bar "Sun", east'}
    spec = RunSpec(load_scenario("pingan365"), residents=3_000, days=60, warmup=0, incidents=records)
    store = create_store(tmp_path / "kept", {"outcomes": [], "model_version": "test"})
    store.append([do_task(Task(run_id(spec), spec), events=True)])
    assert list(steps_of(next(logs_of_store(open_store(tmp_path / "kept"))))) == steps
