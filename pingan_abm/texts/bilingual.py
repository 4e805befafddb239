"""A text in two languages, as one value."""

from typing import NamedTuple


class Bilingual(NamedTuple):
    """English and Chinese side by side; unpacks and compares like the pair it is."""

    en: str
    zh: str

    def text(self, language: str) -> str:
        """The text in a language: Chinese for any Chinese tag (zh, zh_CN), else English."""
        return self.zh if is_chinese(language) else self.en


def is_chinese(language: str) -> bool:
    """Whether a language tag names Chinese."""
    return language.lower().startswith("zh")
