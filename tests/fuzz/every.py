"""Every target by its name."""

from fuzz import folders, targets

TARGETS: dict[str, targets.Target] = targets.TARGETS | folders.TARGETS
