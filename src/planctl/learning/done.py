"""What was done to a sheet to make a template of it, line by line. In: nothing. Out: sentences for the user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Done:
    """One line: a sentence with blanks and what fills them in."""

    message: str
    values: Mapping[str, object]


@dataclass(slots=True)
class Account:
    """The lines so far."""

    lines: list[Done] = field(default_factory=list)

    def tell(self, message: str, **values: object) -> None:
        """Add a line."""
        self.lines.append(Done(message, values))
