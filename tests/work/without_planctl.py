"""What a worker of Dask loads to be like one on a machine where planctl is not installed."""

from __future__ import annotations

import sys


def dask_setup(_worker: object) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "planctl"]:
        del sys.modules[name]
    sys.modules["planctl"] = None  # type: ignore[assignment]  # what makes an import fail
