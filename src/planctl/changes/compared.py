"""What comparing two states came to, as it is handed to the ways of showing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.changes.change import Change
    from planctl.changes.effect import Effect
    from planctl.changes.unread import Unread
    from planctl.forms.period import Period


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states, what changed from one to the other, what that did, and what could not be looked at."""

    before: str
    after: str
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    unread: tuple[Unread, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing changed; of what could not be read nobody knows."""
        return not self.changes and not self.unread

    @property
    def weakening(self) -> tuple[Change, ...]:
        """The changes that make a plan ask for less, or a report say more than was done."""
        return tuple(change for change in self.changes if change.weakens)

    def within(self, period: Period | None) -> Compared:
        """Return what concerns a period: its effects, its changes, those of the plans, and what the effects rest on."""
        if period is None:
            return self
        effects = tuple(one for one in self.effects if one.period == str(period))
        grounds = {id(change) for effect in effects for one in effect.because for change in one.changes}
        changes = tuple(one for one in self.changes if one.period in {"", str(period)} or id(one) in grounds)
        return Compared(self.before, self.after, changes, effects, self.unread)
