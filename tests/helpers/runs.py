"""Districts that have been run for some days."""

from pingan_abm.model import PinganModel


def lived(days: int, **given: object) -> PinganModel:
    """A model after all its days. It begins empty unless a warm-up is given, so that what is counted can be followed
    from nothing."""
    model = PinganModel(days=days, **{"warmup": 0, **given})
    for _ in range(days):
        model.step()
    return model
