"""A digest of all that a sheet shows: equal for sheets that every format makes the same bytes of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from planctl.report.sheet import Sheet


def digest_of(sheet: Sheet) -> str:
    """Return the digest of a sheet's values, in their order and with the kinds of those that hold others."""
    text = json.dumps(sheet, default=_parts, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _parts(value: Any) -> Any:
    kind: Hashable = type(value)
    return _parting(kind)(value)


@cache
def _parting(kind: Hashable) -> Callable[[Any], Any]:
    """Return what makes plain values of those of a kind; numbers that JSON has not are told by their digits."""
    try:
        names = [one.name for one in fields(cast("Any", kind))]
    except TypeError:
        return lambda value: [str(kind), dict(value) if hasattr(value, "keys") else str(value)]
    values = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    return lambda value: (str(kind), values(value))
