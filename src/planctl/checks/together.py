"""The texts of a document taken together, so that a sign is looked for once in all of them and not in each.

In: texts, each with what leads to its place. Out: those that hold a sign. Most signs stand in no text at all, and what
is left to a closer look is little.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from planctl.diagnostics import Span

Where = TypeVar("Where")

_BETWEEN = "\0"


@dataclass(frozen=True)
class Texts(Generic[Where]):
    """Texts in their order, each with where it stands; `place_of` tells the place of that."""

    every: Sequence[tuple[str, Where]]
    place_of: Callable[[Where], Span]

    def with_any(self, *signs: str) -> Iterator[tuple[str, Where]]:
        """Yield the texts in which one of the signs stands."""
        numbers = {number for sign in signs for number in self._numbers(sign)}
        return (self.every[number] for number in sorted(numbers))

    def with_letter(self, letter: re.Pattern[str]) -> Iterator[tuple[str, Where]]:
        """Yield the texts that hold a letter which a pattern, of one sign alone, matches."""
        found = letter.search(self._whole)
        while found:
            number = bisect_right(self._ends, found.start())
            yield self.every[number]
            found = letter.search(self._whole, self._ends[number])

    def _numbers(self, sign: str) -> Iterator[int]:
        """Yield the numbers of the texts with a sign; its first letter alone is found, or missed, far sooner."""
        at = self._whole.find(sign) if sign[0] in self._whole else -1
        while at >= 0:
            number = bisect_right(self._ends, at)
            yield number
            at = self._whole.find(sign, self._ends[number])

    @cached_property
    def _whole(self) -> str:
        return _BETWEEN.join([text for text, _where in self.every])

    @cached_property
    def _ends(self) -> list[int]:
        """Where each text, and what parts it from the next one, ends in the whole."""
        return list(accumulate(len(text) + len(_BETWEEN) for text, _where in self.every))
