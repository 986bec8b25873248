"""Which findings are the same in two states of a project, whatever line they stand on.

In: findings and where they belong. Out: `Identity` values, their digests, and which findings a change brought.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.diagnostics import Diagnostic
    from planctl.findings.addresses import AddressBook

Identity: TypeAlias = tuple[str, str, str, tuple[tuple[str, str], ...]]
"""The code, the address, the period of actuals, and the values but for those that tell places."""

_PLACES = frozenset({"line", "place"})
"""Values that change where a line is put in above."""


def identity(found: Diagnostic, addresses: AddressBook) -> Identity:
    """Return what stays the same of a finding as long as nobody mends it."""
    address = addresses.of(found)
    values = tuple(pair for pair in found.values if pair[0] not in _PLACES)
    return found.code, str(address), address.period, values


def fingerprints(every: Iterable[Diagnostic], addresses: AddressBook) -> Iterator[str]:
    """Yield a digest for each finding; of several that are the same, each has its own by its number."""
    seen: Counter[Identity] = Counter()
    for found in every:
        same = identity(found, addresses)
        seen[same] += 1
        content = json.dumps([*same, seen[same]], ensure_ascii=True)
        yield sha256(content.encode()).hexdigest()[:32]


def brought(
    now: Iterable[Diagnostic], addresses: AddressBook, *, before: Iterable[Diagnostic], addresses_before: AddressBook
) -> tuple[Diagnostic, ...]:
    """Return the findings of now that were not there before; of three where there were two, that is one."""
    known = Counter(identity(found, addresses_before) for found in before)
    left: list[Diagnostic] = []
    for found in now:
        same = identity(found, addresses)
        if known[same]:
            known[same] -= 1
        else:
            left.append(found)
    return tuple(left)
