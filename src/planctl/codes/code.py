"""What a finding code is: its weight, its sentences and its longer explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding.

    `message` and `hints` are English sentences with blanks in braces, filled from `Diagnostic.values`; of the hints the
    first one is shown for which every blank has a value. `explanation` says why it matters and how to mend it
    (`planctl explain CODE`). All of them are the message ids of the gettext catalogues. A finding that `is_of_document`
    belongs to the document as a whole, wherever in it the work begins.
    """

    name: str
    severity: Literal["error", "warning"]
    message: str
    hints: tuple[str, ...]
    explanation: str
    is_of_document: bool = False
