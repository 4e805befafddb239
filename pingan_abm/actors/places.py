"""Places that cause problems: premises, property companies of estates, building sites, street pitches. 场所

What a place wants and does is decided in `behaviour/places.py` and `behaviour/remedies.py` by the rules of R22.
"""

from typing import Any

from pingan_abm.actors.base import DistrictModel
from pingan_abm.actors.views import View
from pingan_abm.behaviour.places import places_day


class Place(View):
    """One place: a view on its row. 场所"""

    def __init__(self, model: DistrictModel, index: int) -> None:
        super().__init__(model)
        self.index = index

    def rows(self) -> tuple[Any, int]:
        """The row that it is a view on."""
        return self.model.world.places, self.index

    @property
    def kind_of_place(self) -> str:
        """The identifier of its kind."""
        return self.model.district.place_kinds[int(self.model.world.places["kind"][self.index])].id

    @property
    def name(self) -> str:
        """The name that records give it; "" for a place without one."""
        return self.model.place_names.get(self.index, "")

    @property
    def state(self) -> dict[str, Any]:
        """Everything the model knows of it."""
        row = self.model.world.places[self.index]
        named = {"name": self.name} if self.name else {}
        return named | {"kind_of_place": self.kind_of_place} | {name: row[name].item() for name in row.dtype.names}


class Places:
    """All places, which act as one. A place is made into an agent when somebody asks for it: `model.places[3]`."""

    def __init__(self, model: DistrictModel) -> None:
        self.model = model
        self._made: dict[int, Place] = {}

    def __len__(self) -> int:
        return len(self.model.world.places)

    def __getitem__(self, index: int) -> Place:
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        number = index % len(self)
        if number not in self._made:
            self._made[number] = Place(self.model, number)
        return self._made[number]

    def act(self, day: int) -> None:
        """R22: what they promised or were ordered is done or not; they slacken, tighten, are inspected, or wait."""
        places_day(self.model.world, day)
