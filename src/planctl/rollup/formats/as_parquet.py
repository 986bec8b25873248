"""The documents of a roll-up as Parquet, for statistics; with pyarrow, which comes with `planctl[parquet]`.

In: a roll-up. Out: a Parquet file of typed columns. Importing this raises PlanctlError where pyarrow is not installed.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.rollup.formats.records import FLAGS, MEANS, NUMBERS, TEXTS, level_names, records
from planctl.words import _

try:
    import pyarrow  # noqa: ICN001  # its name says more than two letters
    from pyarrow import parquet
except ImportError as missing:
    raise PlanctlError(
        _("Parquet needs the library pyarrow, which is not here: install planctl with its extra “parquet”")
    ) from missing

if TYPE_CHECKING:
    from planctl.rollup.account import Rollup


def write(rollup: Rollup) -> bytes:
    """Return the file."""
    numbers = (*NUMBERS, *level_names(rollup))
    types = {
        **dict.fromkeys(TEXTS, pyarrow.string()),
        **dict.fromkeys(FLAGS, pyarrow.bool_()),
        **dict.fromkeys(numbers, pyarrow.int64()),
        # An exact mean of many weights may be longer than a machine's whole number.
        **dict.fromkeys(MEANS, pyarrow.string()),
    }
    every = list(records(rollup))
    columns = {
        name: [_exact(record.get(name)) if name in MEANS else record.get(name) for record in every] for name in types
    }
    table = pyarrow.table(columns, schema=pyarrow.schema(list(types.items())))
    target = BytesIO()
    parquet.write_table(table, target, compression="zstd")
    return target.getvalue()


def _exact(value: object) -> str | None:
    return None if value is None else str(value)
