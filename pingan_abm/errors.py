"""What a user is told when input is wrong: every problem at once, each with what to write instead."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class InputErrors(ValueError):
    """Input that cannot be used. `problems` holds one line for each thing that is wrong."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems: tuple[str, ...] = tuple(problems)
        super().__init__("\n".join(self.problems))

    def __reduce__(self) -> tuple[type["InputErrors"], tuple[tuple[str, ...]]]:
        return type(self), (self.problems,)  # so that workers can hand it back whole


def suggestion(name: str, known: Sequence[str]) -> str:
    """' Did you mean "accountability"?' for a misspelt name, or an empty string when nothing known is near."""
    near = get_close_matches(name[:100], known, n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def shortened(value: object, longest: int = 60) -> str:
    """A value as a user may have written it, on one line and cut to a readable length."""
    text = " ".join((value if isinstance(value, str) else repr(value)).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
