"""Districts that have been run for some days."""

from pingan_abm.model import PinganModel


def lived(days: int, **given: object) -> PinganModel:
    """A model after all its days."""
    model = PinganModel(days=days, **given)
    for _ in range(days):
        model.step()
    return model
