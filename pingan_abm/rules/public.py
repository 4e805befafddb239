"""R29 and R30: cases that go public, and line units that answer to a principal above the district too."""

import numpy as np

from pingan_abm.engine.compiled import compiled


@compiled
def goes_public_probability(c: np.record, severity: float, satisfaction: float) -> float:
    """R29. Chance that somebody who has to report again does it in public (media, an open petition, a post):
    public_voice·(0.5·severity + 0.5·(1 − satisfaction)), at most 1. Grave and angry cases go first. Assumed.

    Only who was let down before speaks up in public, as a first report takes the ordinary channels.
    """
    heat = c.public_severity_effect * severity + c.public_anger_effect * (1.0 - satisfaction)
    return float(c.public_voice * min(1.0, heat))


@compiled
def complies_probability(c: np.record, enforcement: float) -> float:
    """R29. Chance that whoever causes a problem stops by herself once it is public: public_compliance·e, e the type's
    need for legal powers: what needs none has no violator.

    A field experiment on firms found that public appeals cut violations by more than half (62 % in the working paper)
    and private appeals by little (Buntaine et al. 2024); less is assumed here, as premises are no listed firms. That a
    private report has no such effect of its own is assumed.
    """
    return float(c.public_compliance * enforcement)


@compiled
def time_for_the_district(c: np.record, in_wave: bool) -> float:
    """R30. Staff-days that a line unit has for the district over those that its posts say: 1 − share in a wave, and
    the rest, so that the mean over time is 1: posts were fitted to the district's work on average.

    Line units have a second principal above the district, whose inspections and targets take their time in waves of
    line_wave_days within every line_wave_period (条块: paper; size and rhythm assumed).
    """
    days = min(c.line_wave_days, c.line_wave_period)
    mean_share = c.line_wave_share * days / c.line_wave_period
    return float((1.0 - c.line_wave_share if in_wave else 1.0) / (1.0 - mean_share))
