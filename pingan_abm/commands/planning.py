"""`--plan`: what a long command would take, said before it is begun."""

import math
import sys
from dataclasses import asdict

from pingan_abm.commands.terminal import print_json
from pingan_abm.runs import RunSpec
from pingan_abm.study.plan.estimate import Estimate, estimate
from pingan_abm.texts.i18n import translator

MINUTE, GIGABYTE = 60.0, 1000.0


def tell_plan(spec: RunSpec, runs: int, workers: int, warm_ups: int, language: str, as_json: bool = False) -> None:
    """Print runs, time and memory; spec: of one of the runs; warm_ups: districts that live before day 0 once each."""
    plan = estimate(spec, runs, workers, warm_ups)
    if as_json:
        print_json({"plan": {**asdict(plan), "workers": workers}})
        return
    sys.stdout.write(plan_words(plan, min(workers, runs), language) + "\n")


def plan_words(plan: Estimate, workers: int, language: str) -> str:
    """The plan in a sentence."""
    say = translator(language)
    text = say("{runs} runs on {workers} processes: about {time} and {memory} GB of memory (rough; nothing was run).")
    minutes = math.ceil(plan.seconds / MINUTE)
    time = say("a minute at most") if minutes <= 1 else say("{minutes} minutes").format(minutes=f"{minutes:,}")
    return text.format(runs=f"{plan.runs:,}", workers=workers, time=time, memory=f"{plan.megabytes / GIGABYTE:.1f}")
