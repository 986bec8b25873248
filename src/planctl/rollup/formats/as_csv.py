"""The documents of a roll-up as separated values, with the mark by which Excel knows UTF-8.

In: a roll-up. Out: UTF-8 text. No text is a formula, and none takes several lines.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from planctl.rollup.formats.records import FLAGS, MEANS, NUMBERS, TEXTS, level_names, records
from planctl.separated import AS_UTF8, defused

if TYPE_CHECKING:
    from planctl.rollup.account import Rollup
    from planctl.rollup.formats.records import Value


def write(rollup: Rollup) -> bytes:
    """Return a line for each record."""
    columns = (*TEXTS, *FLAGS, *NUMBERS, *level_names(rollup), *MEANS)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for record in records(rollup):
        writer.writerow([_cell(record.get(column)) for column in columns])
    return (AS_UTF8 + out.getvalue()).encode(errors="backslashreplace")


def _cell(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return defused(" ".join(value.split())) if isinstance(value, str) else value
