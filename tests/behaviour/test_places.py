"""Places: who causes problems, puts them right, slackens, watches and waits."""

from typing import Any

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.behaviour.arise import draw_subtypes
from pingan_abm.behaviour.places import place_by_size, places_day
from pingan_abm.behaviour.remedies import improve, penalise
from pingan_abm.model import PinganModel
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.world.events import Activity, ActorKind
from pingan_abm.world.problems import ARRIVAL, CERTAIN, REGISTERED, SOLVED, Remedy


def fresh(**parameters: Any) -> PinganModel:
    return PinganModel(parameters, residents=34_500, days=400, warmup=0)


def slack(model: PinganModel, kind: str) -> float:
    """How far the places of a kind let things slide, weighted by size."""
    rows = model.world.places[model.world.places["kind"] == model.district.place_kind_index(kind)]
    return float((rows["weight"] * rows["slack"]).sum() / rows["weight"].sum())


@pytest.fixture(scope="module")
def year() -> PinganModel:
    return lived(365, residents=34_500, seed=5, events=True)


def test_there_are_as_many_as_the_data_say_each_where_people_live() -> None:
    model = fresh()
    places, kinds = model.world.places, model.district.place_kinds
    for number, kind in enumerate(kinds):
        assert (places["kind"] == number).sum() == max(1, round(kind.per_thousand * 34.5))
    assert np.array_equal(places["community"], model.world.grids["community"][places["grid"]])
    assert len(model.places) == len(places) and model.places[3].kind_of_place == kinds[0].id
    assert model.places[3] is model.places[3] and model.places[3].state["weight"] == places["weight"][3]


def test_a_fifth_of_the_places_makes_most_of_the_trouble() -> None:
    """Eck, Clarke & Guerette 2007: about a fifth of facilities have four fifths of the incidents."""
    model = PinganModel(days=1, warmup=0)
    places = model.world.places
    shops = np.sort(places["weight"][places["kind"] == model.district.place_kind_index("shop")])[::-1]
    assert 0.7 < shops[: len(shops) // 5].sum() / shops.sum() < 0.9


def test_places_are_drawn_by_size() -> None:
    model = fresh()
    kind = model.district.place_kind_index("shop")
    row, places = model.world.place_kinds[kind], model.world.places
    first, count = int(row["first"]), int(row["count"])
    reaches = places["reach"].astype(float)
    drawn = [place_by_size(model.world, kind, (number + 0.5) / 20_000, reaches) for number in range(20_000)]
    counts = np.bincount(np.array(drawn) - first, minlength=count) / 20_000
    weights = places["weight"][first : first + count]
    assert counts == pytest.approx(weights / weights.sum(), abs=1e-4)


def test_problems_of_such_subtypes_have_a_place_and_lie_there(year: PinganModel) -> None:
    problems, kinds = year.world.used("problems"), year.world.subtypes["place_kind"]
    held = problems["place"] >= 0
    assert np.array_equal(held, kinds[problems["subtype"]] >= 0)
    still = year.world.places["moves"] == 0
    own = problems[held & still[problems["place"]]]
    assert np.array_equal(own["grid"], year.world.places["grid"][own["place"]])
    assert np.array_equal(year.world.places["kind"][own["place"]], kinds[own["subtype"]])


def test_as_many_problems_arise_as_the_rates_say() -> None:
    """At the defaults, where places let things slide as far as is usual: within 5 % over two warm years of the whole
    district, prevention by ideas off."""
    model = PinganModel({"ideas": False}, days=365, warmup=365, history="own")
    for _ in range(365):
        model.step()
    expected = model.rates.sum() * model.timeline.arrivals[:365].sum()
    assert float(model.world.tally[0].arisen) / expected == pytest.approx(1.0, abs=0.05)


def test_solved_means_put_right(year: PinganModel) -> None:
    """A problem of a place is solved only when the place has put it right, after all units have acted or society has
    its promise."""
    problems = year.world.used("problems")
    own = problems[(problems["place"] >= 0) & (problems["state"] == SOLVED)]
    waited = own[own["remedy_due"] > 0]
    assert len(waited) > 100 and (waited["remedy"] == Remedy.DONE).all()
    assert (waited["solved"] >= waited["remedy_due"] - 1e-9).all()
    events = year.world.used("events")
    done = set(events["problem"][events["activity"] == Activity.REMEDY].tolist())
    numbers = np.flatnonzero((problems["place"] >= 0) & (problems["state"] == SOLVED))
    assert set(numbers.tolist()) <= done


def test_files_wait_for_the_remedy_and_are_fed_back_after_it(year: PinganModel) -> None:
    problems, cases = year.world.used("problems"), year.world.used("cases")
    waiting = (problems["state"] == REGISTERED) & (problems["remedy"] == Remedy.ORDERED)
    files = cases[waiting[cases["problem"]] & (cases["duplicate"] == 0) & (cases["paper"] == 0)]
    assert len(files) > 0
    events = year.world.used("events")
    for row in events[events["activity"] == Activity.FEEDBACK][:2000]:
        problem = problems[row["problem"]]
        if problem["remedy"] == Remedy.DONE and row["detail"] == 0 and problem["state"] == SOLVED:
            assert int(row["time"]) >= int(problem["solved"])  # to the day: who acts first on a day does not see


def test_who_does_nothing_is_checked_penalised_and_in_the_end_made_to(year: PinganModel) -> None:
    events, problems = year.world.used("events"), year.world.used("problems")
    refused = events[events["activity"] == Activity.REFUSAL]
    assert len(refused) > 20 and (refused["kind"] == ActorKind.PLACE).all()
    assert problems["checks"].max() <= year.parameters.checks_most + 1
    assert year.world.places["penalties"].sum() > 0
    told = {Activity.INSPECT, Activity.REMEDY_ORDERED, Activity.REMEDY, Activity.PROMISE, Activity.RELAPSE}
    assert told <= {Activity(int(one)) for one in np.unique(events["activity"])}


def test_a_penalty_warns_the_place_more_than_its_neighbours_and_others_not_at_all() -> None:
    model = fresh(place_naming_share=0.0, move_chance=0.0)
    lived_a_day(model)
    before = model.world.places["belief"].copy()
    row = model.world.place_kinds[model.district.place_kind_index("shop")]
    i = int(row["first"]) + 50
    penalise(model.world, i, 0, 1.0)
    risen = model.world.places["belief"] - before
    assert risen[i] > risen[i + 1] > 0 and risen[i - 2] > 0
    assert (np.delete(risen, range(i - 2, i + 3)) == 0).all()


def test_a_published_penalty_warns_all_of_the_kind() -> None:
    model = fresh(place_naming_share=1.0, move_chance=0.0)
    lived_a_day(model)
    before = model.world.places["belief"].copy()
    kind = model.district.place_kind_index("shop")
    penalise(model.world, int(model.world.place_kinds[kind]["first"]) + 50, 0, 1.0)
    assert np.array_equal(model.world.places["belief"] > before, model.world.places["kind"] == kind)


def test_after_a_remedy_a_place_slackens_again() -> None:
    model = fresh()
    i = int(np.argmax(model.world.places["weight"]))
    before = float(model.world.places["slack"][i])
    improve(model.world, i)
    least = float(model.world.places["slack"][i])
    assert least < before
    for day in range(200):
        places_day(model.world, day)
    assert float(model.world.places["slack"][i]) > least


def lived_a_day(model: PinganModel) -> None:
    model.step()


# -- campaigns ---------------------------------------------------------------------------------------------------------


def drop(after: int, campaigns: int = 1, **settings: Any) -> float:
    """How much less unlicensed traders let things slide than before the first of some campaigns of 30 days, so many
    days after the end of the last; in shares of what it was. Between two campaigns lie 90 days."""
    model = fresh(**settings)
    issue, kind = model.district.issue_index("unlicensed_trading"), "unlicensed_trader"
    model.world.settings["campaign_intensity"] = 1.0
    day, usual = 0, 0.0
    for number, (running, days) in enumerate([(False, 100), *[(True, 30), (False, 90)] * campaigns]):
        model.world.settings["campaign_issue"] = issue if running else -1
        last = number == 2 * campaigns
        for _ in range(after if last else days):
            places_day(model.world, day)
            day += 1
        usual = usual or slack(model, kind)
    return 1.0 - slack(model, kind) / usual


def test_a_drop_of_three_months_and_one_gone_in_a_week_are_both_in_reach() -> None:
    """As during the G20 in Hangzhou, and as after APEC in Beijing: the latter where places have learned from one
    campaign to wait the next one out. By fear alone it takes a fortnight."""
    still = {"move_chance": 0.0}
    lasting = still | {"place_fear_half_life": 300.0, "place_relapse_days": 200.0, "campaign_fear": 1.0}
    assert drop(0, **lasting) > 0.3 and drop(90, **lasting) > 0.3
    quick = {"place_fear_half_life": 5.0, "place_relapse_days": 5.0}
    brief = still | quick | {"campaign_wait_half": 0.1, "campaign_catch_up": 0.0}
    assert drop(0, 2, **brief) > 0.9 and abs(drop(7, 2, **brief)) < 0.05
    afraid = still | {"place_fear_half_life": 2.0, "place_relapse_days": 2.0, "campaign_visits": 0.5}
    assert drop(0, **afraid) > 0.2 and abs(drop(14, **afraid)) < 0.02


def test_fear_fades_and_the_trouble_returns() -> None:
    days = [0, 30, 90, 270]
    drops = [drop(after, move_chance=0.0) for after in days]
    assert drops == sorted(drops, reverse=True) and drops[0] > 0.1 and drops[-1] < 0.03


def test_whoever_has_seen_campaigns_waits_them_out_and_catches_up() -> None:
    """Nobody waits the first time; with many in memory nearly all do, and let things slide more afterwards."""
    model = fresh(campaign_wait_half=0.1, campaign_catch_up=0.5)
    kind = model.district.place_kind_index("unlicensed_trader")
    own = model.world.places["kind"] == kind
    issue = model.district.issue_index("unlicensed_trading")
    for day in range(100):
        places_day(model.world, day)
    usual = slack(model, "unlicensed_trader")
    for campaign in range(3):
        model.world.settings["campaign_issue"], model.world.settings["campaign_intensity"] = issue, 0.5
        places_day(model.world, 100 + 2 * campaign)
        waits = float(model.world.places["waits"][own].mean())
        assert waits == 0.0 if campaign == 0 else waits > 0.5
        assert (model.world.places["slack"][own & (model.world.places["waits"] == 1)] == 0.0).all()
        model.world.settings["campaign_issue"] = -1
        places_day(model.world, 101 + 2 * campaign)
    assert not model.world.places["waits"].any() and slack(model, "unlicensed_trader") > usual


def test_mobile_places_move_round_the_corner_and_others_stay() -> None:
    model = fresh(move_chance=1.0)
    model.world.settings["campaign_issue"] = model.district.issue_index("unlicensed_trading")
    model.world.settings["campaign_intensity"] = 1.0
    before = model.world.places["grid"].copy()
    places_day(model.world, 0)
    places = model.world.places
    mobile = model.world.place_kinds["mobile"][places["kind"]] == 1
    assert (places["moves"][mobile] > 0).any() and not places["moves"][~mobile].any()
    assert np.array_equal(places["grid"][~mobile], before[~mobile])
    assert np.array_equal(places["community"], model.world.grids["community"][places["grid"]])


def campaigns_of(**settings: Any) -> list[tuple[int, int]]:
    model = lived(300, scenario=load_scenario("regular_campaigns"), parameters=settings, residents=10_000)
    return [(one.start, one.end) for one in model.leadership.ended]


def test_regular_campaigns_come_back_on_time() -> None:
    assert campaigns_of(campaign_returns=False) == [(59, 80), (150, 171), (241, 262)]


def test_a_return_calls_the_next_campaign_unless_that_is_switched_off() -> None:
    once = {"campaign_every": 0, "campaign_return_ratio": 1.0, "crisis_campaign_pause": 10}
    assert len(campaigns_of(**once)) > 1
    assert campaigns_of(**once, campaign_returns=False) == [(59, 80)]


def test_more_reports_long_after_a_campaign_are_no_return_of_it() -> None:
    once = {"campaign_every": 0, "campaign_return_ratio": 1.0, "crisis_campaign_pause": 10}
    assert campaigns_of(**once, campaign_return_days=9) == [(59, 80)]


def test_the_last_rung_is_the_full_model() -> None:
    full, rung = (dict(load_scenario(name).parameters) for name in ("pingan365", "rung_5_places"))
    assert full == rung
    assert load_scenario("rung_4_network").parameters["places"] is False


def test_recorded_problems_are_of_the_subtypes_that_arise() -> None:
    """A problem that is certain needs no candidates: its sub-types have the shares that come true, so those of places
    are not drawn more often for being turned down in other cases."""
    model = PinganModel(residents=34_500, days=60, warmup=0)
    model.step()  # which sets what is expected of each today
    w = model.world
    owned = [slice(int(one["first_subtype"]), int(one["first_subtype"] + one["subtypes"])) for one in w.issues]
    some = [0.0 < (w.subtypes["place_kind"][own] >= 0).mean() < 1.0 for own in owned]
    issue = some.index(True)
    own = owned[issue]
    rows = np.zeros(20_000, ARRIVAL)
    for number, one in enumerate(rows):
        one["identity"], one["issue"], one["subtype"], one["min_units"] = 10_000 + number, issue, -1, 1
        one["place"] = CERTAIN
    draw_subtypes(w, rows)
    shares = np.bincount(rows["subtype"], minlength=len(w.subtypes))[own] / len(rows)
    today, kinds = w.subtypes["today"][own].copy(), w.subtypes["place_kind"][own]
    today[kinds >= 0] *= w.place_kinds["slack"][kinds[kinds >= 0]]
    assert shares == pytest.approx(today / today.sum(), abs=0.015)
