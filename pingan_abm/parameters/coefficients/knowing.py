"""R7: how clear duties help somebody without experience to know who must act."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="knowing", coefficient=True)


class Knowing(ParameterGroup):
    """Coefficients of dispatch without knowledge."""

    dispatch_ambiguity_effect: float = coefficient(
        3.0,
        low=0,
        high=8,
        unit="log-odds",
        en="Unclear duties mislead",
        zh="职责模糊对交办的影响",
        meaning_en="How much less often somebody without experience dispatches correctly where duties are fully unclear.",
        meaning_zh="职责完全模糊时，缺乏经验者交办正确倾向的降幅。",
    )
    dispatch_usual_ambiguity: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="0–1",
        en="Usual ambiguity of duties",
        zh="通常的职责模糊度",
        meaning_en="Ambiguity of duties at which dispatch without knowledge has its base accuracy.",
        meaning_zh="交办准确率等于初始值时的职责模糊度。",
    )
