"""`pingan list TOPIC`: the names that other commands take, with what each means.

To add a topic: write a function that gives its entries, and its line in TOPICS; those of the district's tables stand in
`topics.py`.
"""

from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Annotated

import typer

from pingan_abm.commands import options
from pingan_abm.commands.entries import Entry, Topic
from pingan_abm.commands.terminal import note, out, print_json
from pingan_abm.commands.topics import DISTRICT_TOPICS
from pingan_abm.texts.errors import sentence, suggestion
from pingan_abm.texts.i18n import translator

WIDTH = 100  # of what is printed


def outcome_entries(language: str) -> Iterator[Entry]:
    """Every outcome, in the order in which results are shown."""
    from pingan_abm.outcomes.catalogue import OUTCOMES

    say, better = translator(language), better_words(language)
    for one in OUTCOMES.values():
        facts = {
            "unit": unit_words(language).get(one.unit, one.unit),
            "better": better[one.better],
            "over": one.counted_over(language),
            "definition": say(one.definition) if one.definition else "",
        }
        yield Entry(one.name, one.label(language), facts)


def outcome_words(language: str) -> dict[str, str]:
    """What the facts of an outcome are called."""
    say = translator(language)
    return {
        "unit": say("unit"),
        "better": say("better"),
        "over": say("counted over"),
        "definition": say("definition"),
    }


def outcome_remark(language: str) -> str:
    """What the definitions of outcomes take for granted."""
    return translator(language)(
        "T: days of the run. F30 = min(30, T//3) and F90 = min(90, T//3) days; a cohort is what began so early that it "
        "can be judged so many days later. Outcomes of all problems always take 90 days: runs of 90 days or less have "
        "none. Primary: not a duplicate. No better direction: it is only recorded, or the model takes no side."
    )


def better_words(language: str) -> dict[str, str]:
    """Better directions in words."""
    say = translator(language)
    return {"up": say("higher"), "down": say("lower"), "none": say("neither")}


def unit_words(language: str) -> dict[str, str]:
    """Units in words; what is missing is written as it is."""
    say = translator(language)
    return {
        "share": say("share (0–1)"),
        "days": say("days"),
        "count": say("count"),
        "ratio": say("ratio"),
        "index": say("index"),
        "yuan": say("yuan"),
        "staff-days": say("staff-days"),
        "problem-days": say("weighted problem-days"),
    }


TOPICS: dict[str, Topic] = {"outcomes": Topic(outcome_entries, outcome_words, outcome_remark), **DISTRICT_TOPICS}


def list(  # named like the command
    topic: Annotated[
        str,
        typer.Argument(
            metavar="TOPIC", help="outcomes, units, issues, subtypes, communities, parameters or scenarios."
        ),
    ],
    find: Annotated[str, typer.Option("--find", metavar="WORD", help="Only those in which a word occurs.")] = "",
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """List the names that other commands take, with what each means.

    Example: pingan list outcomes --find burden
    """
    problems = options.Problems()
    language = problems.language(lang)
    if topic not in TOPICS:
        problems.add(
            sentence(
                'there is no list of "{topic}": write one of {names}.{near}',
                topic=topic,
                names=", ".join(TOPICS),
                near=suggestion(topic, [*TOPICS]),
            )
        )
    problems.raise_any()
    chosen = [entry for entry in TOPICS[topic].entries(language) if entry.holds(find)]
    if as_json:
        print_json({topic: [entry.row() for entry in chosen]})
        return
    words = TOPICS[topic].words(language)
    for entry in chosen:
        out().print(text_of(entry, words), markup=False, soft_wrap=True)
    if chosen:
        out().print(fill(TOPICS[topic].remark(language), WIDTH), markup=False, soft_wrap=True)
    else:
        note(translator(language)("In none of them does “{word}” occur.").format(word=find))


def text_of(entry: Entry, words: Mapping[str, str]) -> str:
    """An entry as it is printed: its name and label, and its facts below."""
    lines = [f"{entry.name}  {entry.label}"]
    short = [f"{words[key]}: {fact}" for key, fact in entry.facts.items() if fact and key != "definition"]
    lines.append("    " + " · ".join(short))
    if text := entry.facts.get("definition", ""):
        lines.append(fill(text, WIDTH, initial_indent="    ", subsequent_indent="    "))
    return "\n".join(lines)
