"""Names as people see them: what is shown in either language may be written as input."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

IN_BRACKETS = re.compile(r"\([^)]*\)")
QUOTES = re.compile("[“”‘’«»「」『』《》\"']")


def identified(text: str, names: Mapping[str, Sequence[str]]) -> str | None:
    """The identifier that a text is, or whose name it is; None if there is none, or if several have that name.

    names: by identifier, the names under which it is shown. Width of letters, case, blanks and quotation marks do not
    matter; what a name has in brackets may be left out where the rest says enough.
    """
    if text in names:
        return text
    wanted = plain(text)
    if not wanted:
        return None
    whole = {one: {plain(one), *map(plain, known)} for one, known in names.items()}
    for forms in (whole, {one: {IN_BRACKETS.sub("", form) for form in known} for one, known in whole.items()}):
        found = [one for one, known in forms.items() if wanted in known]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def plain(text: str) -> str:
    """A text without what people write in different ways."""
    unquoted = QUOTES.sub("", unicodedata.normalize("NFKC", text))
    return "".join(unquoted.casefold().replace("_", " ").split())
