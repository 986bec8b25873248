"""What is said of a file that was read: warnings with their places, a few of each kind and then their number."""

from __future__ import annotations

from collections import Counter

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.place import NOWHERE, Place

SHOWN_OF_A_KIND = 20


class Remarks:
    """The remarks on one file, in the order in which they were made."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._said: list[Diagnostic] = []
        self._made = Counter[str]()

    def add(self, code: str, place: Place = NOWHERE, **values: object) -> None:
        """Remark on a place; of what is remarked again and again only the first ones are kept."""
        self._made[code] += 1
        if self._made[code] <= SHOWN_OF_A_KIND:
            self._said.append(finding(code, Span(self._name, within=place), **values))

    def all(self) -> tuple[Diagnostic, ...]:
        """Return what was remarked, and how often where not all of it is told."""
        more = [
            finding("more-of-the-same", Span(self._name), count=made - SHOWN_OF_A_KIND, kind=code)
            for code, made in self._made.items()
            if made > SHOWN_OF_A_KIND
        ]
        return (*self._said, *more)
