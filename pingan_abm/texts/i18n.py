"""Words in two languages: English stands in the code, Chinese in `locale/` (gettext).

After a change of the catalogue: `python -m babel.messages.frontend compile -d pingan_abm/locale -D pingan_abm`.
"""

import gettext
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from pingan_abm.texts.bilingual import is_chinese

DOMAIN = "pingan_abm"
LOCALE = Path(__file__).parents[1] / "locale"
LANGUAGES = ("en", "zh")
VARIABLES = ("PINGAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides

type Translate = Callable[[str], str]


def language_of(tag: str) -> str:
    """ "zh" for any Chinese tag (zh, zh_CN.UTF-8, zh-Hans), else "en"."""
    return "zh" if is_chinese(tag) else "en"


def default_language(environment: Mapping[str, str] | None = None) -> str:
    """The language that the environment asks for."""
    variables = os.environ if environment is None else environment
    return language_of(next((variables[name] for name in VARIABLES if variables.get(name)), ""))


@cache
def translator(language: str) -> Translate:
    """A function from the English text to the text in a language; English, and texts that the catalogue lacks, stay as
    they are."""
    if language_of(language) == "en":
        return gettext.NullTranslations().gettext
    return gettext.translation(DOMAIN, LOCALE, languages=["zh_CN"]).gettext
