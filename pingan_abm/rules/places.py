"""R22: places. How far they want to let things slide, what moves their belief of being caught, whether they put a
problem right, and whether they wait a campaign out."""

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic


@compiled
def wanted_slack(c: np.record, cost: float, belief: float) -> float:
    """R22. How far a place wants to let things slide, 0–1: cost/(cost + 5·belief).

    cost: of complying, relative to other places; belief: the risk of being caught that it believes in. It weighs what
    complying costs against what being caught would cost (Becker 1968). A ratio, so that the answer stays between 0 and
    1 and depends on the proportion of the two alone. Assumed form.
    """
    loss = c.place_penalty_effect * belief
    return float(cost / (cost + loss)) if cost + loss > 0.0 else 1.0


@compiled
def will_after(c: np.record, will: float, wanted: float) -> float:
    """R22. How far a place is ready to let things slide a day later: it moves towards what it wants, by 1/60 of the way
    a day when it slackens and by 1/5 when it tightens. Comforts return slowly, fear works at once. Assumed."""
    days = c.place_relapse_days if wanted > will else c.place_fear_days
    return float(will + (wanted - will) * min(1.0, 1.0 / days))


@compiled
def belief_after(c: np.record, belief: float, step: float) -> float:
    """R22. A place's belief of being caught after a warning: step of the way to certainty. Perceived risk is updated by
    own experience and by what happens to others (Sah 1991). Assumed form."""
    return float(belief + step * (1.0 - belief))


@compiled
def belief_eased(c: np.record, belief: float) -> float:
    """R22. The same when a problem has arisen and nobody has come yet: belief·(1 − 0.15). What goes unpunished lowers
    the perceived risk as an inspection raises it, so a place with many problems learns which share of them is acted on
    (Anwar & Loughran 2011, of offenders). Assumed size."""
    return float(belief * (1.0 - c.place_unpunished_step))


@compiled
def belief_faded(c: np.record, belief: float) -> float:
    """R22. The same a day later, when nothing happened: it falls back to 0.2, by half in 45 days (crackdowns decay:
    Sherman 1990). Assumed."""
    rest: float = c.place_belief_rest
    return float(rest + (belief - rest) * c.place_fear_keep)


@compiled
def remedy_probability(c: np.record, cost: float, belief: float, licensed: float, checks: float) -> float:
    """R22. A place has put a problem right when the time for it is over: σ(0.5 + 2.5·belief − 0.8(cost − 1) +
    0.5·licensed + 0.8·checks), checks: those that found nothing done. Assumed."""
    pull = c.comply_base + c.comply_belief_effect * belief - c.comply_cost_effect * (cost - 1.0)
    return logistic(pull + c.comply_licence_effect * licensed + c.comply_check_effect * checks)


@compiled
def tidied_after(c: np.record, tidied: float, problems: float) -> float:
    """R22. Share of its matters that a place has put right, after a remedy: 1 − (1 − tidied)(1 − 0.5/max(1, m)), m the
    problems expected of it in the time in which it slackens. A place with many matters has put one of them right.
    Assumed.

    problems: expected of it, a day.
    """
    return float(1.0 - (1.0 - tidied) * (1.0 - c.remedy_share / max(1.0, problems * c.place_relapse_days)))


@compiled
def tidied_faded(c: np.record, tidied: float) -> float:
    """R22. The same a day later: what was put right comes undone, by 1/60 a day. Assumed."""
    return float(tidied * (1.0 - min(1.0, 1.0 / c.place_relapse_days)))


@compiled
def waiting_probability(c: np.record, seen: float) -> float:
    """R22. A place only waits until a campaign is over: seen/(seen + 2), seen: campaigns that it remembers.

    Those who have seen campaigns come and go expect this one to go too; so regular campaigns teach to wait. Assumed."""
    return float(seen / (seen + c.campaign_wait_half))
