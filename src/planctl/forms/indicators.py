"""Indicators of a measure («шалгуур үзүүлэлт»): unit, direction, kind of value, baseline and target.

In: what the plan says. Out: validated models, whose baseline and target `quantity` reads. What they mean for a score is
the business of scoring.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planctl.forms.fields import AnyText, ItemId, Strict, Text, Written, one_of
from planctl.forms.quantity import Quantity, exact, printed, quantity
from planctl.words import _

_SAYS_ITS_UNIT = re.compile(r"\b(?:тоо|тоо хэмжээ|хувь|хувь хэмжээ|хоног|хугацаа)\W*$", re.IGNORECASE)


class Direction(StrEnum):
    """Where a good value lies. It is never inferred from baseline and target.

    Real targets lie below the baseline although more is better in 14 of 60 rows of a ministry's report.
    """

    MORE = "more"
    LESS = "less"
    HOLD = "hold"
    BY_DATE = "by-date"
    YES_NO = "yes-no"


class ValueKind(StrEnum):
    """What a reached value counts: the state of a day, the year so far, or all years so far («өссөн дүнгээр»)."""

    POINT = "point"
    YEAR = "year"
    CUMULATIVE = "cumulative"


class Formula(StrEnum):
    """How an achievement is worked out: reached over target, or the change over the planned change."""

    RATIO = "ratio"
    CHANGE = "change"


def _weight(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    number = exact(value.strip().removesuffix("%").strip())
    if number is None or number <= 0:
        raise PydanticCustomError("not-a-weight", "{text}", {"text": value.strip()})
    return number


Weight = Annotated[
    Decimal, BeforeValidator(_weight), Written(_("a number above 0"), "10", r"[+\s'.,0-9]*[1-9].*", least=0)
]
"""A number above 0; weights count in relation to each other."""

Value = AnyText
"""A value as the office writes it; `quantity` reads it. An empty one says that there is none."""


class Yardstick(Strict):
    """What is measured and from where it starts; `baseline_text` is printed in the place of the baseline."""

    id: ItemId | None = Field(None, description=_("The indicator's id; needed where a measure has several."))
    name: Text = Field(description=_("What is measured."))
    unit: Text | None = Field(None, description=_("The unit: `хүн`, `сая төгрөг`, `хувь`."))
    direction: Annotated[Direction, one_of(Direction)] | None = Field(
        None,
        description=_("`more`, `less`, `hold`, `by-date` or `yes-no`; `more` unless the target's words say otherwise."),
    )
    value: Annotated[ValueKind, one_of(ValueKind)] = Field(
        ValueKind.YEAR, description=_("What the value counts: `point`, `year` (this year so far) or `cumulative`.")
    )
    formula: Annotated[Formula, one_of(Formula)] = Field(
        Formula.RATIO, description=_("`ratio` (reached over target) or `change` (over the planned change).")
    )
    baseline: Value | None = Field(None, description=_("The baseline: a number, a date, yes or no, or `-`."))
    baseline_text: Text | None = Field(None, description=_("The baseline in words, as the sheet prints it."))
    above: Text | None = Field(
        None,
        description=_("The indicator above that it counts towards, by its id or name, where that is called otherwise."),
    )

    @property
    def target_year(self) -> int | None:
        """The year of the target where it is not that of the plan."""
        return None

    @property
    def baseline_quantity(self) -> Quantity:
        """The baseline as read."""
        return self.quantity(self.baseline or "")

    def quantity(self, value: str) -> Quantity:
        """Read a value that is measured so."""
        return quantity(value, self.unit or "")

    @property
    def says_its_unit(self) -> bool:
        """Tell whether the name says of what a value is: «Сургалтын тоо», «Хамрагдалтын хувь»."""
        return bool(_SAYS_ITS_UNIT.search(self.name))

    def printed(self, value: str) -> str:
        """Return a value as sheets print it; a bare number has its unit beside it unless the name says it."""
        shown, said = printed(value, self.unit or ""), self.quantity(value)
        is_bare = said.kind == "number" and not said.is_share and value.strip()[-1:].isdigit()
        return f"{shown} {self.unit}" if is_bare and self.unit and not self.says_its_unit else shown


class Indicator(Yardstick):
    """One indicator. `target_text` is printed in the place of the target, where given.

    `direction` is `more` where neither the plan nor the target's own words (доошгүй, бууруулах, a date, yes) say one.
    """

    target: Value | None = Field(
        None,
        description=_("The target: `1000`, `3-аас доошгүй`, `95,5 хувь`, `+20%`, a date, yes or no, or other words."),
    )
    target_text: Text | None = Field(None, description=_("The target in words, as the sheet prints it."))
    weight: Weight | None = Field(
        None, description=_("Its weight among the measure's indicators, where the plan weighs.")
    )

    @property
    def target_quantity(self) -> Quantity:
        """The target as read."""
        return self.quantity(self.target or "")

    @property
    def aims(self) -> Direction:
        """The direction: the plan's own, else that of the target's words, else more."""
        if self.direction:
            return self.direction
        target = self.target_quantity
        match target.kind:
            case "at-most":
                return Direction.LESS
            case "change" if target.number is not None and target.number < 0:
                return Direction.LESS
            case "date":
                return Direction.BY_DATE
            case "yes-no":
                return Direction.YES_NO
            case _:
                return Direction.MORE


def _reached(value: Any) -> Any:
    """Put a value alone under ""; leave out what is not filled in yet."""
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if one is not None}
    return {"": value} if isinstance(value, str) else value


Reached = Annotated[dict[str, Value], BeforeValidator(_reached)]
"""Reached values by the id of the indicator; a value alone stands under "", for the only indicator there is."""
