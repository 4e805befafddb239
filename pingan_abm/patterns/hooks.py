"""What an experiment does to a model before its first day, where no parameter does it."""

from collections.abc import Callable

from pingan_abm.agents import CommandCentre
from pingan_abm.behaviour.dispatch import dispatch_jointly
from pingan_abm.model import PinganModel
from pingan_abm.world.cases import JOINT_TIER


class JointCentre(CommandCentre):
    """A command centre that sends every file to all units concerned at once, instead of to one lead that asks the
    others in turn."""

    def work(self, day: int) -> None:
        """Dispatch the whole queue jointly, then what else is due."""
        w = self.model.world
        book = w.tally[0]
        row, book.centre_head, book.centre_tail, book.centre_waiting = int(book.centre_head), -1, -1, 0
        while row >= 0:
            following = int(w.cases["next"][row])
            time = max(float(day), float(w.cases["opened"][row]))
            dispatch_jointly(w, row, JOINT_TIER, time)
            row = following
        super().work(day)


def joint_from_the_start(model: PinganModel) -> None:
    """Every file is handled jointly from its first dispatch on."""
    model.centre = JointCentre(model)


def even_habits(model: PinganModel) -> None:
    """All communities report as readily."""
    model.world.communities["habit"] = 0.0


HOOKS: dict[str, Callable[[PinganModel], None]] = {
    "joint_from_the_start": joint_from_the_start,
    "even_habits": even_habits,
}
