"""Whether a build's folder and its templates are, after its end, still what it left and worked from.

In: a build and its record. Out: yes or no. Others may write while a build goes on; who then says that everything is up
to date would say it of files that nobody compared.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planctl.building.outputs import has_stamp
from planctl.output import manifest

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.building.built import Built
    from planctl.building.order import Order
    from planctl.building.record import Record


def files_of(built: Built) -> tuple[str, ...]:
    """Return the files in the folder that a next build would look at, by their names."""
    return (manifest.NAME, *sorted(one.path for one in built.outputs))


def lies_as_left(built: Built, record: Record | None, order: Order) -> bool:
    """Tell whether what this build made or compared lies as it left it, made from templates as they are now."""
    if record is None or _digest(order.out / manifest.NAME) != built.manifest:
        return False
    touched = [(path, record.kept[path]) for path in built.why if path in record.kept]
    templates = {one.basis.template for _path, one in touched if one.basis.template}
    return all(has_stamp(order.out, path, one.stamp) for path, one in touched if one.output) and all(
        _digest(order.survey.root / path) == digest for path, digest in templates if not path.startswith("planctl:")
    )


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
