"""Signs behind a number: Chinese writes them without a space, English with one."""

from pingan_abm.texts.i18n import language_of, translator


def with_per_cent(number: str, language: str) -> str:
    """A number with the sign for per cent: "54.8 %", "54.8%"."""
    return f"{number}{_space(language)}%"


def with_points(number: str, language: str) -> str:
    """A difference of two shares with its unit: "−5.8 points", "−5.8个百分点"."""
    return f"{number}{_space(language)}{translator(language)('points')}"


def _space(language: str) -> str:
    return "" if language_of(language) == "zh" else " "
