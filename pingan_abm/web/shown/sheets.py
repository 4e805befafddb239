"""The sheets of the inspector: the state of one actor or problem, its history, and why it decided as it did."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.actors.appraisal import Ranking, grade_of
from pingan_abm.actors.institutions import NamedActor
from pingan_abm.texts.i18n import Translate, translator
from pingan_abm.web.shown.cards import ratio
from pingan_abm.web.shown.explaining import Explained, events_of, explain, short_date
from pingan_abm.web.shown.formatter import per_cent
from pingan_abm.web.shown.helping import help_facts, last_answers
from pingan_abm.web.shown.monthly import Monthly
from pingan_abm.web.shown.state_words import case_words, problem_words
from pingan_abm.world.events import ActorKind
from pingan_abm.world.problems import LATENT, REGISTERED, SOLVED
from pingan_abm.world.relations import between_units
from pingan_abm.world.world import mean_by_type

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel


LATEST = 10  # decisions shown
MONTHS = 12  # of grades shown

type Content = dict[str, Any]


def decisions(lines: list[Explained], language: str, title: str = "") -> Content:
    """A table of events, the latest first."""
    say = translator(language)
    rows = [[short_date(one.date, language), one.who, one.what, one.why] for one in reversed(lines)]
    return {
        "title": title or say("Last decisions, and why"),
        "head": [say("Date"), say("Who"), say("What"), say("Why (chance and draw)")],
        "rows": rows,
        "targets": [f"problem:{one.problem}" for one in reversed(lines)],
        "file": "decisions",
    }


def community(model: "PinganModel", monthly: Monthly, number: int, language: str) -> Content:
    """A community: people, problems, trust, and the groups and organisations at work there."""
    say, w, place = translator(language), model.world, model.district.communities[number]
    row, problems = w.communities[number], w.used("problems")
    here = problems[problems["community"] == number]
    state = here["state"]
    home = model.district.subdistricts[int(row.subdistrict)]
    arisen = here["onset"] >= 0.0
    registered = ~np.isnan(here["registered"]) & arisen
    facts = [
        (say("Residents"), f"{int(row.people):,}", ""),
        (say("Subdistrict"), getattr(home, language), ""),
        (say("Grids"), f"{int(row.grids)}", ""),
        (say("Trust"), f"{row.trust:.2f}", say("0–1, refreshed weekly")),
        (say("Problems so far"), f"{int(arisen.sum()):,}", ""),
        (say("hidden today"), f"{int((state == LATENT).sum()):,}", ""),
        (say("known, unsolved"), f"{int((state == REGISTERED).sum()):,}", ""),
        (
            say("really solved, of those registered"),
            per_cent(ratio((state[registered] == SOLVED).sum(), registered.sum())),
            "",
        ),
        (say("Reports"), f"{int(row.reports):,}", ""),
        (say("Pressure of appraisal"), f"{row.pressure:.2f}", "0–1"),
    ]
    links = [(getattr(model.district.units[int(row.unit)], language), model.district.units[int(row.unit)].id)]
    reporters = here["resident"][registered][-3:]
    links += [(say("Resident {number}").format(number=int(one)), f"resident:{int(one)}") for one in reporters]
    at_work = [i for i, one in enumerate(model.organisations) if one.alive and number in one.places][:6]
    links += [(model.organisations[i].names.text(language), f"organisation_{i + 1:03d}") for i in at_work]
    lines = explain(model, events_of(model, community=number, most=LATEST), language)
    return {
        "title": getattr(place, language),
        "subtitle": say("Community"),
        "facts": facts,
        "links": links,
        "sparks": monthly.sparks([("community_trust", number, say("Trust, by month"))]),
        "tables": [decisions(lines, language, say("Latest in this community"))],
    }


def standing_words(of: Ranking | None, number: int, rivals: int, say: Translate) -> str:
    """A unit's points, grade and place in a ranking, in words."""
    if of is None or of.places[number] == 0:
        return "–"
    points = float(of.points[number])
    words = say("{grade}: {points} points, place {place} of {count} in its tier")
    return words.format(grade=grade_of(points), points=f"{points:.0f}", place=int(of.places[number]), count=rivals)


def unit_sheet(model: "PinganModel", monthly: Monthly, number: int, language: str) -> Content:
    """A department or subdistrict office: staff, queue, pressure, grades."""
    say, w, unit, agent = translator(language), model.world, model.district.units[number], model.units[number]
    row = w.units[number]
    kind = say("Subdistrict office") if unit.subdistrict else say("Department")
    group, coefficient = model.appraisal_group, agent.year_end_coefficient
    quarters, tier = group.quarters, int((w.units["tier"] == unit.tier).sum())
    led = say("led from above its district (line)") if unit.kind == "line" else say("led by the district (block)")
    facts = [
        (say("Files in the queue"), f"{int(row.queued)}", ""),
        (say("Work waiting"), say("{days} staff-days").format(days=f"{row.backlog:.0f}"), ""),
        (say("Staff"), say("{days} staff-days a day").format(days=f"{row.staff:.1f}"), ""),
        (say("Staff-days used so far"), per_cent(ratio(row.spent, row.available)), ""),
        (say("Pressure"), f"{row.pressure:.2f}", say("0–1: accountability, rank, veto")),
        (say("Target"), per_cent(float(row.target)), say("for each appraised rate")),
        (say("Last score"), "–" if math.isnan(agent.score) else f"{agent.score:.0f}", say("points of 100")),
        (say("Grades by month"), " ".join(agent.grades[-MONTHS:]) or "–", ""),
        (say("Last quarter"), standing_words(quarters[-1] if quarters else None, number, tier, say), ""),
        (say("Year so far"), standing_words(group.year_so_far, number, tier, say), ""),
        (say("counts in the year-end appraisal as"), f"× {coefficient}" if coefficient is not None else "–", ""),
        (say("Veto in force"), say("yes") if row.veto_until > model.day else say("no"), ""),
        *help_facts(model, number, say),
    ]
    near = between_units(w)[number]
    ties = sorted(
        ((float(near[other]), other) for other in range(len(w.units)) if near[other] > 0.02),
        reverse=True,
    )[:5]
    links = [
        (f"{getattr(model.district.units[other], language)} ({weight:.2f})", model.district.units[other].id)
        for weight, other in ties
    ]
    lines = explain(model, events_of(model, actor=(ActorKind.UNIT, number), most=LATEST), language)
    sparks = monthly.sparks(
        [("queue", number, say("Files in the queue, by month")), ("score", number, say("Score, by month"))]
    )
    return {
        "title": getattr(unit, language),
        "subtitle": f"{kind} · {model.district.about.tier(unit.tier, language)} · {led}",
        "facts": facts,
        "texts": last_answers(model, ActorKind.UNIT, number, say) + ([say("Strongest relations:")] if links else []),
        "links": links,
        "sparks": sparks,
        "tables": [decisions(lines, language)],
    }


def centre(model: "PinganModel", monthly: Monthly, language: str) -> Content:
    """The command centre."""
    say, book, w = translator(language), model.world.tally[0], model.world
    if not model.parameters.command_centre:
        return {
            "title": say("Command centre"),
            "texts": [say("There is none in this run: every channel sends out its own files.")],
        }
    wrong, right = ratio(book.misdirected, book.dispatches), ratio(book.correct, book.dispatches)
    facts = [
        (say("Files waiting here"), f"{int(book.centre_waiting):,}", ""),
        (say("Dispatches"), f"{int(book.dispatches):,}", ""),
        (say("returned as misdirected"), per_cent(wrong), ""),
        (say("in truth sent to a unit that must act"), per_cent(right), ""),
        (say("Supervisions with a deadline"), f"{int(book.supervisions)}", ""),
        (say("Special-topic meetings"), f"{int(book.special_meetings)}", ""),
        (say("Joint meetings, level 2 and 1"), f"{int(book.level_2)} · {int(book.level_1)}", ""),
        (say("Grades by month"), " ".join(model.centre.grades[-MONTHS:]) or "–", ""),
    ]
    knowledge, rule = (mean_by_type(w, w.subtypes[name]) for name in ("knowledge", "rule"))
    rows = [
        [getattr(issue, language), f"{knowledge[i]:.2f}", f"{rule[i]:.2f}"]
        for i, issue in enumerate(model.district.issues)
    ]
    known = {
        "title": say("What it knows of each issue type"),
        "head": [say("Issue type"), say("Knowledge 0–1"), say("Working rule 0–1")],
        "rows": rows,
        "file": "knowledge",
    }
    lines = explain(model, events_of(model, actor=(ActorKind.INSPECTORS, 0), most=LATEST), language)
    return {
        "title": say("Command centre"),
        "subtitle": say("files, dispatches, tracks, and assigns the inspectors"),
        "facts": facts,
        "tables": [decisions(lines, language, say("Its inspectors' last verifications")), known],
    }


def leadership(model: "PinganModel", language: str) -> Content:
    """The district leadership: target, attention, campaign."""
    say, lead, w = translator(language), model.leadership, model.world
    campaign = lead.campaign
    running = say("none") if campaign is None else getattr(model.district.issues[campaign.issue], language)
    facts = [
        (say("Target of the district"), per_cent(lead.target), ""),
        (say("Campaign under way"), running, ""),
        (say("Campaigns so far"), f"{int(w.tally[0].campaigns)}", ""),
        (say("Weight of severity in the queues"), f"{w.settings[0].risk_focus:.2f}", "0–1"),
    ]
    weights = lead.priorities()
    order = np.argsort(-weights)[:8]
    rows = [[getattr(model.district.issues[int(i)], language), per_cent(float(weights[i]))] for i in order]
    return {
        "title": say("District leadership"),
        "facts": facts,
        "tables": [
            {
                "title": say("What it buys services for first"),
                "head": [say("Issue type"), say("Share of attention")],
                "rows": rows,
            }
        ],
    }


def organisation(model: "PinganModel", monthly: Monthly, index: int, language: str) -> Content:
    """A social organisation: income by source, closeness to the funder, work."""
    say, one = translator(language), model.organisations[index]
    total = max(1.0, one.income)
    fields = ", ".join(getattr(model.district.mechanisms[field], language) for field in one.fields)
    where = (
        say("{count} communities").format(count=len(one.places))
        if len(one.places) > 1
        else getattr(model.district.communities[int(one.places[0])], language)
    )
    state = (
        say("closed") if not one.alive else say("has left the collaboration") if one.disembedded else say("takes part")
    )
    facts = [
        (say("State"), state, ""),
        (say("Income"), say("{amount} yuan a year").format(amount=f"{one.income:,.0f}"), ""),
        (say("from contracts"), per_cent(one.contract / total), ""),
        (say("from grants"), per_cent(one.grant / total), ""),
        (say("from others"), per_cent(one.other / total), ""),
        (say("Reserves"), say("{amount} yuan").format(amount=f"{one.reserves:,.0f}"), ""),
        (say("Alignment with government"), f"{one.alignment:.2f}", "0–1"),
        (say("Autonomy"), f"{one.autonomy:.2f}", "0–1"),
        (say("Fit with residents' needs"), f"{one.representation:.2f}", "0–1"),
        (say("Commitment"), f"{one.commitment:.2f}", say("share of its days")),
        (say("Trust in the centre"), f"{one.trust_in_centre:.2f}", "0–1"),
        (say("Contract renewed in"), say("{months} months").format(months=one.renews_in), ""),
        (say("Work"), fields, ""),
        (say("Where"), where, ""),
        (say("Funding dependence"), per_cent(one.dependence), ""),
        *help_facts(model, int(model.world.settings[0].organisation_actor) + index, say),
    ]
    links = [
        (getattr(model.district.communities[int(place)], language), f"community:{int(place)}")
        for place in one.places[:3]
    ]
    sparks = monthly.sparks(
        [("income", index, say("Income, by month")), ("alignment", index, say("Alignment with government, by month"))]
    )
    return {
        "title": one.names.text(language),
        "subtitle": say("Social organisation"),
        "facts": facts,
        "texts": last_answers(model, ActorKind.ORGANISATION, index, say),
        "links": links,
        "sparks": sparks,
    }


def group(model: "PinganModel", monthly: Monthly, index: int, language: str) -> Content:
    """A grassroots group."""
    say, one = translator(language), model.groups[index]
    facts = [
        (say("Energy"), f"{one.energy:.2f}", say("0–1: rises when what it passes on gets solved")),
        (say("Members"), f"{one.size:.0f}", ""),
        (say("Residents in reach"), f"{one.reach:,}", ""),
        (say("Ideas proposed"), f"{one.proposed}", ""),
        (say("Ideas adopted"), f"{one.adopted}", ""),
        (say("Problems passed on lately"), f"{len(one.picks)}", ""),
    ]
    lines = explain(model, events_of(model, actor=(ActorKind.GROUP, index), most=LATEST), language)
    home = getattr(model.district.subdistricts[one.subdistrict], language)
    return {
        "title": getattr(model.district.group_names, language),
        "subtitle": f"{say('Grassroots group')} · {home}",
        "facts": facts,
        "sparks": monthly.sparks([("energy", index, say("Energy, by month"))]),
        "tables": [decisions(lines, language)],
    }


def named_actor(one: NamedActor, language: str) -> Content:
    """An actor whose class says what its sheet shows."""
    place = 1 if language == "zh" else 0
    facts = [(names[place], f"{getattr(one, attribute):,}", "") for attribute, names in one.shown.items()]
    return {"title": one.names[place], "facts": facts}


def resident(model: "PinganModel", monthly: Monthly, number: int, language: str) -> Content:
    """One of the residents: who she is, what she thinks, what she reported and why."""
    say, w = translator(language), model.world
    row = w.residents[number]
    ages = [say("young or middle-aged"), say("older"), say("old")]
    rungs = [say("not on the ladder"), say("has reported"), say("has volunteered")]
    rungs += [say("has joined a group"), say("has proposed an idea")]
    facts = [
        (say("Age"), ages[int(row.age)], ""),
        (say("Owns her home"), say("yes") if row.owner else say("no"), ""),
        (say("Digital access"), f"{row.digital:.2f}", "0–1"),
        (say("Trust"), f"{w.trust[number]:.2f}", "0–1"),
        *contacts_trust(model, number, say),
        (say("Heard of others' problems"), f"{float(w.heard[number]):+.2f}", "−1–1"),
        (say("Expectation"), f"{row.expectation:.2f}", "0–1"),
        (say("Satisfaction"), f"{row.satisfaction:.2f}", "0–1"),
        (say("Volunteer"), say("yes") if row.volunteer else say("no"), ""),
        (say("From helper to subject"), rungs[int(row.rung)], ""),
        (say("Reports made"), f"{int(row.reports)}", ""),
    ]
    place = int(row.community)
    links = [(getattr(model.district.communities[place], language), f"community:{place}")]
    links += [
        (say("Resident {number}").format(number=int(other)), f"resident:{int(other)}")
        for other in w.contacts[number][:4]
    ]
    lines = explain(model, events_of(model, actor=(ActorKind.RESIDENT, number), most=LATEST), language)
    return {
        "title": say("Resident {number}").format(number=number),
        "subtitle": say("Resident"),
        "facts": facts,
        "links": links,
        "tables": [decisions(lines, language)],
    }


def contacts_trust(model: "PinganModel", number: int, say: Translate) -> list[tuple[str, str, str]]:
    """The mean trust of a resident's contacts; nothing where she has none."""
    near = model.world.trust[model.world.contacts[number]]
    return [(say("Trust of her contacts"), f"{float(near.mean()):.2f}", "0–1")] if len(near) else []


def problem(model: "PinganModel", monthly: Monthly, number: int, language: str) -> Content:
    """A problem with its case: what is true, what is recorded, and every step so far."""
    say, w = translator(language), model.world
    row = w.used("problems")[number]
    facts = [(say("In truth"), problem_words(int(row.state), language), ""), *recorded(model, row, say, language)]
    units = [getattr(model.district.units[int(unit)], language) for unit in row.true_units[: int(row.n_units)]]
    facts += [
        (say("Who truly must act"), ", ".join(units) or "–", ""),
        (say("Severity at the start"), f"{row.severity:.2f}", "0–1"),
        (say("Residents affected"), f"{int(row.affected)}", ""),
        (say("Work to be done"), say("{days} staff-days").format(days=f"{row.work:.1f}"), ""),
    ]
    place, who = int(row.community), int(row.resident)
    links = [
        (getattr(model.district.communities[place], language), f"community:{place}"),
        (say("Resident {number}").format(number=who), f"resident:{who}"),
        *([(say("The place that caused it"), f"place:{int(row.place)}")] if row.place >= 0 else []),
    ]
    named = model.named_places.of_problem(row)
    facts += [(say("The place that the record names"), named, "")] if named else []
    lines = explain(model, events_of(model, problem=number, most=40), language)
    table = decisions(lines, language, say("Every step, the latest first"))
    table["targets"] = []
    return {
        "title": getattr(model.district.issues[int(row.issue)], language),
        "subtitle": say("Problem and its case"),
        "facts": facts,
        "texts": [say("It arose before day 0; its steps of that time are not recorded.")] if row.onset < 0.0 else [],
        "links": links,
        "tables": [table],
    }


def recorded(model: "PinganModel", row: Any, say: Translate, language: str) -> list[tuple[str, str, str]]:
    """What the system says of a problem's first file."""
    if row.file < 0:
        return [(say("On record"), say("no file"), "")]
    case = model.world.used("cases")[int(row.file)]
    lead = getattr(model.district.units[int(case.lead)], language) if case.lead >= 0 else "–"
    return [
        (say("On record"), case_words(int(case.state), language), ""),
        (say("Lead now"), lead, ""),
        (say("Returns"), f"{int(case.returns)}", ""),
        (say("Closures"), f"{int(case.closures)}", ""),
    ]
