"""Acts («шийдвэр»): what a body laid down, approved or corrected, by its number and day."""

from __future__ import annotations

from pydantic import Field

from planctl.forms.fields import Date, Strict, Text
from planctl.words import _


class Act(Strict):
    """An act: who issued it, what it is called, its number and day."""

    body: Text | None = Field(None, description=_("Who issued it, such as a council."))
    act: Text = Field(description=_("The kind of act, such as «тогтоол», or how it is cited as a whole."))
    number: Text | None = Field(None, description=_("Its number, as written."))
    date: Date | None = Field(None, description=_("Its date."))
    title: Text | None = Field(None, description=_("Its title."))

    def __str__(self) -> str:
        number = f"Дугаар {self.number}" if self.number else None
        day = self.date.isoformat() if self.date else None
        return ", ".join(part for part in (self.body, self.act, day, number, self.title) if part)
