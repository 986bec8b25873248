"""A digest of all that a sheet shows: equal for sheets that every format makes the same bytes of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planctl.report.sheet import Sheet


def digest_of(sheet: Sheet) -> str:
    """Return the digest of a sheet's values, in their order and with the kinds of those that hold others."""
    text = json.dumps(sheet, default=_parts, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


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
