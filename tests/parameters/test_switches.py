"""Every switch stops its mechanism and nothing but its mechanism can be seen to stop; every rival form decides
otherwise."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from helpers.places import DOCS
from helpers.runs import lived
from helpers.settings import with_settings

from pingan_abm import rules
from pingan_abm.district.files import load_district
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters, declarations, parse_value
from pingan_abm.scenarios.parts import BUILT_IN
from pingan_abm.scenarios.presets import Scenario, parse_scenario
from pingan_abm.texts.errors import InputErrors
from pingan_abm.world.cases import PASSED_ON, REFUSED
from pingan_abm.world.events import Activity, ActorKind
from pingan_abm.world.relations import between_units

#: A district in which every mechanism is at work: grave problems, few staff, short deadlines, weak knowledge.
GRAVE = Scenario("grave", issues={issue.id: {"severity": 0.95} for issue in load_district().issues})
BUSY: dict[str, Any] = {
    "problem_rate": 1.0,
    "staffing": 0.4,
    "target_days": 0.3,
    "multi_department_share": 0.35,
    "accountability": 0.9,
    "verification_rate": 0.4,
    "dispatch_base_accuracy": 0.4,
    "channel_integration": 0.5,
    "grassroots_groups": 6,
    "perfunctory_base": 0.0,
    "public_voice": 1.0,
}
Effect = Callable[[PinganModel], float]


def busy(**overrides: Any) -> PinganModel:
    return lived(150, parameters=BUSY | overrides, scenario=GRAVE, residents=10_000, seed=7, events=True)


@pytest.fixture(scope="module")
def base() -> PinganModel:
    return busy()


def tally(name: str) -> Effect:
    def counted(model: PinganModel) -> float:
        return float(model.world.tally[0][name])

    return counted


def logged(activity: Activity) -> Effect:
    def counted(model: PinganModel) -> float:
        return float((model.world.used("events")["activity"] == activity).sum())

    return counted


def largest(table: str, field: str) -> Effect:
    def found(model: PinganModel) -> float:
        return float(getattr(model.world, table)[field].max())

    return found


def tracked(model: PinganModel) -> float:
    return float(model.world.used("cases")["tracked"].sum())


def held_back(model: PinganModel) -> float:
    return float(model.world.used("problems")["hold_backs"].sum())


def reported_again_by_the_same(model: PinganModel) -> float:
    masks = model.world.used("problems")["reported"]
    return float(model.world.tally[0].reports) - sum(int(mask).bit_count() for mask in masks)


def ties_moved(model: PinganModel) -> float:
    fresh = PinganModel(model.parameters, scenario=GRAVE, residents=540, days=1, warmup=0)
    ties = [between_units(one.world) for one in (model, fresh)]
    return float(np.abs(ties[0] - ties[1]).max())


def heard(model: PinganModel) -> float:
    return float(np.abs(model.world.heard).max())


def knowledge_moved(model: PinganModel) -> float:
    return float(np.abs(model.world.subtypes["knowledge"] - 0.35).max() + model.world.subtypes["rule"].max())


def passed_on(model: PinganModel) -> float:
    return float((model.world.used("assignments")["reason"] == PASSED_ON).sum())


def declined(model: PinganModel) -> float:
    return float((model.world.used("assignments")["reason"] == REFUSED).sum())


def organisations_asked(model: PinganModel) -> float:
    first = int(model.world.settings[0].organisation_actor)
    logged_of_them = (model.world.used("events")["kind"] == ActorKind.ORGANISATION).sum()
    return float(logged_of_them + model.world.requests[:, first:].sum())


def asked_by_groups(model: PinganModel) -> float:
    s = model.world.settings[0]
    return float(model.world.requests[s.group_actor : s.body_actor, s.organisation_actor :].sum())


def took_part(model: PinganModel) -> float:
    return float(model.world.organisations["duty_work"].sum() + model.world.organisations["own_work"].sum())


def vetoed(model: PinganModel) -> float:
    return float((model.world.units["veto_until"] > 0).sum())


def ranked(model: PinganModel) -> float:
    return float(np.abs(model.world.units["rank_gap"] - 0.5).max()) + sum(len(unit.grades) for unit in model.units)


def closed_without_power(model: PinganModel) -> float:
    return float(model.world.used("assignments")["powerless"].sum())


def organisations_moved(model: PinganModel) -> float:
    moved = [o.alignment / (0.1 + 0.85 * o.dependence) - 0.6 for o in model.organisations]
    return float(np.abs(np.round(moved, 9)).max())


def joined(model: PinganModel) -> float:
    return float(model.world.settings["joined"].sum())


def first_sent_wrongly(model: PinganModel) -> float:
    """Files first sent to a unit that is not concerned, of types that look like what they are and problems that were
    still there: nobody is concerned with what is solved already."""
    parts, kinds = model.world.used("assignments"), model.world.subtypes["appears_as"]
    first = parts[parts["attempt"] == 1]
    problems = model.world.problems[model.world.cases["problem"][first["case"]]]
    still_there = ~(problems["solved"] <= first["dispatched"])
    return float(((first["place"] < 0) & (kinds[problems["subtype"]] == problems["subtype"]) & still_there).sum())


def at_places(model: PinganModel) -> float:
    return float((model.world.used("problems")["place"] >= 0).sum())


def waited_for_a_contractor(model: PinganModel) -> float:
    """Problems of no place that were not in order as soon as the units had acted."""
    problems = model.world.used("problems")
    return float(((problems["place"] < 0) & (problems["remedy_due"] > 0.0)).sum())


def organisations(model: PinganModel) -> float:
    return len(model.organisations) + float(model.world.organisations["duty_days"].sum())


#: Overrides, and effects that are there without them and gone with them.
OFF: list[tuple[dict[str, Any], list[Effect]]] = [
    (
        {"social_cogovernance": False},
        [tally("tries"), tally("settled"), tally("registered_by_studio"), organisations, tally("minutes_volunteers")],
    ),
    ({"administrative_handling": False}, [tally("files"), tally("dispatches"), tally("spent"), tally("closed")]),
    ({"command_centre": False}, [tracked, tally("joint_dispatches"), tally("supervisions")]),
    ({"one_vote_veto": False}, [vetoed]),
    ({"channel_integration": 0.0}, [joined]),
    ({"dispatch_base_accuracy": 1.0}, [first_sent_wrongly]),
    ({"statutory_wait_share": 0.0}, [logged(Activity.STATUTORY_WAIT)]),
    ({"territorial_backstop": False}, [tally("backstops"), closed_without_power]),
    ({"devolved_authority": 1.0}, [closed_without_power]),
    ({"severity_growth": False}, [tally("crises"), largest("problems", "growth")]),
    ({"patrol": False}, [tally("registered_by_patrol"), tally("patrol_files"), largest("grids", "hazard")]),
    ({"repeat_reports": False}, [reported_again_by_the_same]),
    ({"recurrence": False}, [logged(Activity.FELT)]),
    ({"revisits": False}, [tally("revisits_made"), tally("minutes_revisits")]),
    ({"holding_back": False}, [held_back]),
    ({"padding": False}, [tally("padded")]),
    ({"buck_passing": False}, [passed_on]),
    ({"perfunctory": False}, [tally("paper"), logged(Activity.FELT)]),
    ({"joint_dispatch": False}, [tally("joint_dispatches"), logged(Activity.SECOND_REPORT)]),
    ({"supervision": False, "severity_growth": False}, [tally("supervisions"), tally("special_meetings")]),
    ({"special_meetings": False}, [tally("special_meetings"), tally("working_rules")]),
    ({"joint_meetings": False}, [tally("special_meetings")]),
    ({"workshop": False, "special_meetings": False}, [largest("subtypes", "rule")]),
    ({"learning": False}, [knowledge_moved, tally("working_rules")]),
    ({"volunteers": False}, [tally("volunteers_now"), tally("minutes_volunteers"), largest("residents", "volunteer")]),
    (
        {"hearing": False},
        [
            tally("heard_solved"),
            tally("heard_hollow"),
            logged(Activity.HEARD_SOLVED),
            logged(Activity.HEARD_HOLLOW),
            heard,
        ],
    ),
    ({"contact_trust": False}, [tally("meetings_in_person")]),
    (
        {"public_voice": 0.0},
        [tally("went_public"), tally("complied"), logged(Activity.WENT_PUBLIC), largest("problems", "public")],
    ),
    ({"volunteers_ask": False}, [tally("joined_when_asked")]),
    ({"contact_network": "none"}, [heard, tally("joined_when_asked")]),
    ({"tie_dynamics": False}, [ties_moved]),
    ({"relation_network": "frozen"}, [ties_moved]),
    ({"tie_growth": 0.0, "tie_decay": 0.0, "relation_loss": 0.0}, [ties_moved]),
    ({"helping": False}, [declined, tally("asked_units"), tally("refused_cases")]),
    ({"neighbours_mediate": False}, [tally("neighbours_asked"), tally("neighbours_mediated")]),
    ({"studios_ask": False}, [tally("studio_requests"), asked_by_groups]),
    ({"organisation_work": False}, [organisations_asked, tally("own_initiatives"), took_part]),
    ({"organisation_dynamics": False}, [organisations_moved]),
    ({"appraisal": False}, [ranked, tally("padded")]),
    ({"places": False}, [at_places, logged(Activity.REFUSAL), logged(Activity.RELAPSE), logged(Activity.PROMISE)]),
    ({"remedies": False}, [waited_for_a_contractor]),
    ({"behaviour": "capacity_only"}, [passed_on, tally("paper"), tally("padded"), held_back]),
    ({"verification_rate": 0.0}, [tally("reopened_by_audit")]),
    ({"inspectors": 0}, [tally("reopened_by_audit")]),
    (
        {"accountability": 0.0},
        [largest("units", "pressure"), largest("communities", "pressure"), held_back, tally("padded")],
    ),
    ({"grassroots_groups": 0}, [tally("registered_by_studio")]),
    ({"social_funding": 0}, [lambda model: sum(o.contract + o.grant for o in model.organisations)]),
]


@pytest.mark.parametrize(("overrides", "effects"), OFF, ids=[", ".join(overrides) for overrides, _ in OFF])
def test_switched_off_it_stops(base: PinganModel, overrides: dict[str, Any], effects: list[Effect]) -> None:
    model = busy(**overrides)
    for effect in effects:
        assert effect(base) > 0
        assert effect(model) == 0


def test_every_switch_is_tested() -> None:
    elsewhere = {
        "calendar",
        "diffusion",
        "ratchet",
        "campaign_crisis",
        "independent_verification",
        "ideas",
        "disembedding",
        "fading",
        "shared_causes",  # in tests/world/test_causes.py
        "campaign_returns",  # in tests/behaviour/test_places.py
        "staff_follows_duties",  # in tests/world/test_build.py
        "ladder",  # in tests/actors/test_groups.py
        "second_principal",  # in tests/behaviour/test_public.py
        *("three_society_link", "residents_talks"),  # in tests/behaviour/test_gatherings.py
    }
    tested = {name for overrides, _ in OFF for name in overrides}
    assert {one.name for one in declarations() if one.type == "switch"} == (tested | elsewhere) & {
        one.name for one in declarations() if one.type == "switch"
    }


def test_every_row_of_the_odd_s_table_of_switches_is_tested() -> None:
    """Here, or as a coefficient of a rule, below."""
    page = (DOCS / "ODD.md").read_text("utf-8")
    table = page.partition("<!-- switches -->")[2].partition("<!-- end switches -->")[0]
    named = dict(re.findall(r"^\| (R\d+b?) \| [^|]+ \| (.+) \|$", table, re.MULTILINE))
    numbers = [*range(1, 23), *range(26, 32)]
    assert set(named) == {f"R{number}" for number in numbers} | {"R1b", "R8b", "R9b", "R13b"}
    off = {(name, value) for overrides, _ in OFF for name, value in overrides.items()}
    elsewhere = {"calendar", "diffusion", "ratchet", "campaign_crisis", "campaign_returns", "ideas", "disembedding"}
    elsewhere |= {"fading", "ladder", "second_principal", "leadership_steers_by", "shared_causes"}
    for rule, switches in named.items():
        told = dict(setting.split(" = ") for setting in re.findall(r"`([a-z_]+ = [a-z0-9_]+)`", switches))
        assert told, rule
        made = Parameters.checked({name: parse_value(name, value) for name, value in told.items()})
        for name, value in made.model_dump(include=set(told)).items():
            assert (name, value) in off or name in elsewhere or name in COEFFICIENTS, (rule, name)


#: Coefficients with which a rule no longer looks at something.
COEFFICIENTS = {"report_trust_effect", "report_owner_effect", "risk_focus", "loss_aversion", "trust_gain", "trust_loss"}


def test_coefficients_at_their_ends_leave_out_what_they_weigh() -> None:
    def reported(trust: float, owner: float) -> float:
        c = with_settings(report_trust_effect=0.0, report_owner_effect=0.0)
        return rules.report_probability(c, 0.3, trust, owner, 0.65, 0.0, 1.0)

    assert reported(0.1, 0.0) == reported(0.9, 1.0)
    c = with_settings(risk_focus=0.0, loss_aversion=1.0, trust_gain=0.0, trust_loss=0.0)
    waiting = [rules.queue_priority(c, severity, False, True, 1, False) for severity in (0.1, 0.9)]
    assert waiting[0] == waiting[1]
    surprise, disappointment = rules.satisfaction_of(c, 0.6, 0.4) - 0.6, 0.4 - rules.satisfaction_of(c, 0.4, 0.6)
    assert surprise == pytest.approx(disappointment)
    assert [rules.trust_after(c, 0.4, good, 1.0) for good in (True, False)] == [0.4, 0.4]


def test_without_diffusion_and_experience_trust_stays_as_it_was() -> None:
    still = {"trust_gain": 0.0, "trust_loss": 0.0, "contact_trust": False}
    start = PinganModel(still, residents=2_000, days=60, warmup=0).world.trust
    assert np.array_equal(lived(60, parameters=still | {"diffusion": False}, residents=2_000).world.trust, start)
    for spreading in ({}, {"diffusion": False, "contact_trust": True}):
        assert not np.array_equal(lived(60, parameters=still | spreading, residents=2_000).world.trust, start)
    nobody = still | {"contact_network": "none"}
    assert np.array_equal(lived(60, parameters=nobody, residents=2_000).world.trust, start)


def test_rules_and_knowledge_stay_without_fading() -> None:
    def left(**overrides: Any) -> np.ndarray:
        model = PinganModel(
            {"special_meetings": False, "workshop": False, "learning_rate": 0.0} | overrides,
            residents=540,
            days=30,
            warmup=0,
        )
        model.world.subtypes["rule"][:] = 0.8
        model.world.subtypes["knowledge"][:] = 0.6
        for _ in range(30):
            model.step()
        return np.array([*model.world.subtypes["rule"], *model.world.subtypes["knowledge"]])

    kept = np.repeat([0.8, 0.6], len(load_district().subtypes))
    assert left(fading=False) == pytest.approx(kept, abs=1e-12)
    assert (left() < kept - 0.01).all()


def test_organisations_of_little_commitment_stay_when_disembedding_is_off() -> None:
    def left(**overrides: Any) -> int:
        model = PinganModel({"funding_dependence": 0.05} | overrides, residents=34_500, days=30, warmup=0)
        for organisation in model.organisations:
            organisation.trust_in_centre = 0.0
            for _ in range(3):
                organisation.judge_centre(0.0)
        return sum(organisation.disembedded for organisation in model.organisations)

    assert left() > 0 == left(disembedding=False)


def test_a_dated_change_acts_or_is_refused() -> None:
    """What the district is built from is refused; a switch thrown on a date counts from then on."""
    for name in BUILT_IN:
        default = getattr(Parameters(), name)
        value = f'"{default}"' if isinstance(default, str) else str(default).lower()
        with pytest.raises(InputErrors, match="cannot change during a run"):
            parse_scenario(f"[[changes]]\ndate = 2014-02-01\nparameters = {{ {name} = {value} }}", "mine", "mine.toml")
    change = parse_scenario(
        "[[changes]]\ndate = 2014-03-01\nparameters = { joint_dispatch = false }", "mine", "mine.toml"
    )
    model = lived(150, parameters=BUSY, scenario=replace(change, issues=GRAVE.issues), residents=10_000, seed=2)
    daily = model.daily["joint_dispatches"]
    assert daily[58] > 0 and daily[149] == daily[58]


def test_without_a_ratchet_targets_stay() -> None:
    model = PinganModel({"ratchet": False}, residents=2_000, days=5, warmup=0)
    model.appraisal_group.scores = [np.full(33, 100.0)] * 3
    model.leadership.review_quarter()
    assert model.leadership.target == 0.80


def test_a_crisis_calls_for_a_campaign_only_where_no_centre_is_and_only_if_that_is_on() -> None:
    calls = tally("campaigns")
    assert calls(busy()) == 0
    called = busy(command_centre=False)
    assert calls(called) >= 1 and called.world.issues["deterrence"].max() > 0
    assert calls(busy(command_centre=False, campaign_crisis=False)) == 0


def test_independent_inspectors_find_more(base: PinganModel) -> None:
    other = busy(independent_verification=True)
    found = [model.world.tally[0].reopened_by_audit / model.world.tally[0].paper for model in (base, other)]
    assert found[1] > found[0]
    assert other.world.settings[0].detection > base.world.settings[0].detection


def test_a_planned_campaign_deters_finds_and_passes_over_the_rest() -> None:
    import datetime

    campaign = {
        "campaign_issue": "noise",
        "campaign_start": datetime.date(2014, 2, 1),
        "campaign_days": 40,
        "campaign_intensity": 0.8,
    }
    plain, model = (lived(150, parameters=p, residents=34_500) for p in ({}, campaign))
    noise = model.district.issue_index("noise")

    def arisen(of: PinganModel, first: int, last: int) -> int:
        rows = of.world.used("problems")
        return int(
            ((rows["issue"] == noise) & (rows["state"] > 0) & (rows["onset"] >= first) & (rows["onset"] < last)).sum()
        )

    assert arisen(model, 45, 71) < 0.75 * arisen(plain, 45, 71)  # deterrence 0.6·0.8 builds up within weeks
    assert arisen(model, 0, 31) == arisen(plain, 0, 31)
    assert model.world.tally[0].campaigns == 1 and model.leadership.campaign is None
    assert (model.world.units["campaign_share"] == 0).all()
    back = model.world.tally[0].deterred_away
    assert back > 0 and arisen(model, 71, 150) > arisen(plain, 71, 150) * 0.8


def decisions(model: PinganModel, activity: Activity) -> dict[tuple[int, float], float]:
    rows = model.world.used("events")
    rows = rows[rows["activity"] == activity]
    return {(int(row["problem"]), round(float(row["time"]), 6)): float(row["chance"]) for row in rows}


@pytest.mark.parametrize(
    ("overrides", "activity"),
    [({"return_form": "score_loss"}, Activity.ACCEPT), ({"closure_form": "multitask"}, Activity.HANDLE)],
)
def test_rival_forms_give_other_chances_to_the_same_decision(
    base: PinganModel, overrides: dict[str, Any], activity: Activity
) -> None:
    first, second = decisions(base, activity), decisions(busy(**overrides), activity)
    same = first.keys() & second.keys()
    assert len(same) > 5
    moved = [key for key in same if abs(first[key] - second[key]) > 1e-9]
    assert len(moved) > 0.5 * len(same)


def test_alignment_moves_every_month_or_only_for_those_renewed() -> None:
    """By renewal it goes half of the way from 0.6 of the target to it; the target has moved a little with the money."""

    def moved(form: str) -> np.ndarray:
        founders = [o for o in busy(alignment_form=form).organisations if o.founder]
        return np.array([o.alignment / (0.1 + 0.85 * o.entitled) - 0.6 for o in founders])

    gradual, renewal = moved("gradual"), moved("renewal")
    assert (gradual > 0.01).all()
    assert 0 < (np.abs(renewal) < 1e-9).sum() < len(renewal)
    assert renewal.max() == pytest.approx(0.2, abs=0.02)


def test_what_does_not_need_a_mechanism_is_the_same_without_it(base: PinganModel) -> None:
    """Common random numbers: the same problems arise, of the same work, whatever is switched off. Places are left out:
    how far they let things slide, and where they are, follows from what has happened to them."""
    other = busy(padding=False, workshop=False)
    names = ["key", "issue", "resident", "severity", "work", "affected"]
    every = [model.world.used("problems") for model in (base, other)]
    mine, theirs = (rows[rows["place"] < 0][names] for rows in every)
    shared = np.intersect1d(mine["key"], theirs["key"])
    assert len(shared) > 0.95 * len(mine)
    both = [rows[np.isin(rows["key"], shared)] for rows in (mine, theirs)]
    first, second = (rows[np.argsort(rows["key"])] for rows in both)
    for name in names:
        assert np.array_equal(first[name], second[name])


def test_joint_meetings_off_stops_level_2_and_level_1() -> None:
    def met(**overrides: Any) -> list[float]:
        many = {
            "problem_rate": 1.0,
            "staffing": 0.3,
            "target_days": 0.2,
            "multi_department_share": 0.35,
            "dispatch_base_accuracy": 0.4,
        }
        book = lived(250, parameters=many | overrides, residents=20_000, seed=8).world.tally[0]
        return [float(book.level_2), float(book.supervisions)]

    with_them, without = met(), met(joint_meetings=False)
    assert with_them[0] > 0 and without[0] == 0 and without[1] > 0


def test_a_group_proposes_by_its_energy_and_an_adopted_idea_prevents() -> None:
    model = PinganModel(residents=345_000, days=1, warmup=0)
    group = model.groups[0]
    with_ideas, model.parameters = model.parameters, model.parameters.overridden({"ideas": False})
    group.propose(1)
    assert group.proposed == 0
    model.parameters = with_ideas
    named = np.count_nonzero(model.world.prevention)  # those that are there from the start
    assert named > 0
    for month in range(1, 61):
        group.propose(month)
    assert group.proposed == pytest.approx(60 * 0.65 * 0.75, abs=16)  # Poisson, mean 29
    assert group.adopted == pytest.approx((0.15 + 0.25 * 0.75) * group.proposed, abs=9)
    prevention = model.world.prevention
    assert np.count_nonzero(prevention) - named == group.adopted == model.world.tally[0].ideas
    assert set(np.unique(prevention)) == {0.0, 0.15}
    homes = model.world.communities["subdistrict"][np.nonzero(prevention)[0]]
    assert set(homes) == {group.subdistrict}
    group.energy = 0.0
    before = group.proposed
    group.propose(61)
    assert group.proposed == before
