"""A digest of all that a sheet shows: equal for sheets that every format makes the same bytes of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from planctl.report.sheet import NO_RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.report.sheet import Records, Sheet


def digests_of(sheets: Iterable[Sheet]) -> list[str]:
    """Return the digest of each sheet's values; the records that sheets share are gone through once."""
    of_records: dict[int, str] = {}
    digests: list[str] = []
    for sheet in sheets:
        key = id(sheet.records)
        if key not in of_records:
            of_records[key] = _digest(_pieces_of_records(sheet.records))
        digests.append(_digest(chain(_pieces(sheet), (of_records[key],))))
    return digests


def _pieces(sheet: Sheet) -> Iterator[object]:
    """Yield all of a sheet but its records, long tables row by row, as whole they take much memory once more."""
    yield replace(sheet, tables=(), annexes=(), records=NO_RECORDS)
    for tables in (sheet.tables, sheet.annexes):
        yield len(tables)
        for table in tables:
            yield replace(table, bands=())
            yield from table.bands


def _pieces_of_records(records: Records) -> Iterator[object]:
    yield replace(records, rows=())
    yield from records.rows


def _digest(pieces: Iterable[object]) -> str:
    """Return the digest of values, in their order and with the kinds of those that hold others."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(f"{_as_text(piece)}\n".encode(errors="surrogatepass"))
    return digest.hexdigest()


def _parts(value: Any) -> Any:
    kind: Any = type(value)
    if kind not in _PARTINGS:
        _PARTINGS[kind] = _parting(kind)
    return _PARTINGS[kind](value)


_PARTINGS: dict[Any, Callable[[Any], Any]] = {}
"""For each kind of value what parts it."""


def _parting(kind: Any) -> Callable[[Any], Any]:
    """Return what makes plain values of those of a kind; numbers that JSON has not are told by their digits."""
    name = kind.__qualname__
    if not is_dataclass(kind):
        return lambda value: [name, dict(value) if isinstance(value, Mapping) else str(value)]
    names = [one.name for one in fields(kind)]
    values = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    return lambda value: (name, values(value))


_as_text = json.JSONEncoder(default=_parts, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
