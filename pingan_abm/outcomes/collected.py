"""The figures of a run in the form in which Mesa's `DataCollector` has them, for `mesa.batch_run`.

Nothing is collected while the district lives: indicators of every day are there anyway, and outcomes are computed when
they are read.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pingan_abm.model import PinganModel


class Collected:
    """Reads like a DataCollector with one reporter for each indicator and each outcome."""

    agent_reporters: Mapping[str, Any] = {}
    agenttype_reporters: Mapping[type, Any] = {}

    def __init__(self, model: "PinganModel") -> None:
        self._model = model
        self._agent_records: dict[int, Any] = {}
        self._agenttype_records: dict[int, Any] = {}

    @property
    def _collection_steps(self) -> list[int]:
        return list(range(1, self._model.day + 1))

    @property
    def model_vars(self) -> dict[str, "Sequence[float | None]"]:
        """{name: one value a day}: indicators; and outcomes, which only the last day has."""
        days = self._model.day
        figures: dict[str, Sequence[float | None]] = {
            name: values.tolist() for name, values in self._figures.series.items()
        }
        figures |= {name: [*[None] * (days - 1), value] for name, value in self._figures.outcomes.items()}
        return figures

    @property
    def _figures(self) -> "_Figures":
        kept = self.__dict__.get("_kept")
        if kept is None or kept.day != self._model.day:
            kept = self.__dict__["_kept"] = _Figures(self._model)
        return kept

    def collect(self, model: "PinganModel") -> None:
        """Nothing, for everything is kept anyway; Mesa's models call it every step."""

    def get_model_vars_dataframe(self) -> "pd.DataFrame":
        """A pandas table, one row a day."""
        import pandas as pd

        return pd.DataFrame(self.model_vars, index=pd.Index(self._collection_steps, name="Step"))


class _Figures:
    """Outcomes and indicators of a model as it stands, computed once."""

    def __init__(self, model: "PinganModel") -> None:
        self.day, self._model = model.day, model

    @cached_property
    def outcomes(self) -> dict[str, float | None]:
        return self._model.outcomes()

    @cached_property
    def series(self) -> dict[str, Any]:
        return self._model.series()
