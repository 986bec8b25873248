"""From places in new files back to the cells of the office files that they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.source.document import SourceText
from planctl.source.reader import read

if TYPE_CHECKING:
    from planctl.diagnostics import Diagnostic
    from planctl.forms.paper import Written
    from planctl.incoming.arrival import Incoming


class Origins:
    """From places in a new file back to the cells that they were made of."""

    def __init__(self, path: str, text: str, one: Incoming) -> None:
        self.name = one.name
        self._document, _found = read(SourceText(path, text))
        made = one.drafted
        is_plan = path == next(iter(one.files))
        self._origins = (made.plan_origins if is_plan else made.entry_origins) if made else {}

    def of(self, found: Diagnostic) -> Written | None:
        """Return the cell behind a finding: that of the value, else of what it is in, by its text or name."""
        loc = self._document.loc_at(found.span) if self._document else ()
        for end in range(len(loc), 0, -1):
            for own in (loc[:end], *((*loc[:end], key) for key in _NAMES)):
                if own in self._origins:
                    return self._origins[own]
        return None


_NAMES = ("text", "name", "title")
