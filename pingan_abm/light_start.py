"""Mesa for a process that does nothing but run the model.

Importing Mesa imports pandas, which imports pyarrow wherever that is installed: 33 MiB and a quarter of a second for a run that uses
neither. Python treats a module that is None in `sys.modules` as not installed, so pandas does without.
"""

import sys


def import_mesa_without_arrow() -> None:
    """Import Mesa, and pandas with it, as if pyarrow were not installed. pyarrow itself can be imported afterwards.

    pandas keeps strings as Python objects in this process from then on. So this is for processes of our own, `pingan run` without
    a folder and workers; never for one in which somebody works with pandas. Where pandas or pyarrow is there already, nothing changes.
    """
    if "pandas" in sys.modules or "pyarrow" in sys.modules:
        return
    sys.modules["pyarrow"] = None  # type: ignore[assignment]
    try:
        import mesa  # noqa: F401
    finally:
        del sys.modules["pyarrow"]
