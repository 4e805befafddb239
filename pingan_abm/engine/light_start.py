"""Mesa for a process that does nothing but run the model: what the model does not use is imported when somebody asks
for it.

Importing Mesa imports pandas, SciPy and all of its own grids, spaces and experiments: a second, and 70 MiB. A model of
agents needs `mesa.model` and `mesa.agent`.
"""

import atexit
import gc
import importlib.util
import sys
from typing import Any

WHOLE = ("pandas", "networkx")  # the one for agents that are made from a table, the other for a graph of institutions
#: Packages whose modules are imported one by one. Of SciPy's linear algebra Numba looks for two modules and no more.
BY_PART = ("mesa", "mesa.experimental", "scipy.linalg")


def start_lightly() -> None:
    """Postpone the import of all parts of Mesa but its model and agent until a program first uses them; for that
    program nothing changes.

    For processes of our own, the command line's and workers'. What is imported already stays as it is. When the process
    ends, its memory is left to the operating system without a last look for cycles, which took a fifth of a second.
    """
    atexit.register(gc.freeze)
    if "mesa" in sys.modules:
        return
    for name in (*WHOLE, *BY_PART):
        if name not in sys.modules:
            defer(name)


def defer(name: str) -> None:
    """Put a package in its place that loads when something is asked of it, or of one of its modules if it is to be
    whole before them.

    Python's own loader for this loads as soon as another module imports it.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    module, loader, path = importlib.util.module_from_spec(spec), spec.loader, spec.submodule_search_locations

    def load(asked: str) -> Any:
        vars(module).pop("__getattr__", None)
        vars(module)["__path__"] = path
        loader.exec_module(module)
        return getattr(module, asked)

    vars(module)["__getattr__"] = load
    if name in WHOLE:
        del vars(module)["__path__"]  # imported by the program that imports one of its modules
    sys.modules[name] = module
