"""Indicators with a target for each of several years («Зорилтот түвшин 2021, 2022 …»), and such of several values.

In: what a programme says. Out: an `Item` that is measured and not scored, as a whole and as each year has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planctl.forms.chain import CarriesOut
from planctl.forms.fields import Extra, ItemId, Strict, Text, Year, one_of
from planctl.forms.form import Item, Loc
from planctl.forms.indicators import Direction, Indicator, Value, ValueKind, Yardstick
from planctl.forms.quantity import printed
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable


Targets = dict[Year, Value]
"""Targets by year."""

BETWEEN = "/"
"""Stands between the values of one indicator, as councils write them: «6/70»."""

TARGET_OF = "target:"
"""Begins the key of a column that holds the targets of a year."""

KINDS = {
    ValueKind.POINT: "тухайн үеийн байдлаар",
    ValueKind.YEAR: "тухайн жилийн дүнгээр",
    ValueKind.CUMULATIVE: "өмнөх жилүүдийнхийг нэмсэн өссөн дүнгээр",
}
"""What a value counts, in the words of the sheets."""


class Part(Strict):
    """One of several values of an indicator, such as events and people taking part («6/70»)."""

    id: ItemId = Field(description=_("The value's id, unique in the indicator."))
    name: Text = Field(description=_("What is counted."))
    unit: Text | None = Field(None, description=_("Its unit."))
    direction: Annotated[Direction, one_of(Direction)] | None = Field(
        None, description=_("Where a good value lies, if not where the indicator's does.")
    )
    baseline: Value | None = Field(None, description=_("Its baseline."))
    targets: Targets = Field(default_factory=dict, description=_("Its target for each year: `{2021: 85, 2022: 95}`."))


class YearlyIndicator(Yardstick):
    """An indicator of several years. Of several values each has its own unit, baseline and targets, under `parts`."""

    id: ItemId = Field(description=_("The indicator's id, unique in the document."))
    number: Text | None = Field(None, description=_("The official number as written; counted where it is left out."))
    targets: Targets = Field(default_factory=dict, description=_("The target for each year: `{2021: 187, 2022: 199}`."))
    carries_out: CarriesOut
    parts: tuple[Part, ...] = Field((), description=_("Its values, where it has several in one («6/70»)."))
    units: tuple[Text, ...] = Field((), description=_("The units that report on it: ids, names or other spellings."))
    extra: Extra

    def indicators(self, year: int | None = None) -> tuple[Indicator, ...]:
        """Return it as plain indicators with the targets of a year: itself without an id, or each of its parts."""
        return tuple(
            Indicator(
                id=part.id if isinstance(part, Part) else None,
                name=part.name,
                unit=part.unit,
                direction=part.direction or self.direction,
                value=self.value,
                formula=self.formula,
                baseline=part.baseline,
                baseline_text=None if isinstance(part, Part) else part.baseline_text,
                target=None if year is None else part.targets.get(year),
                target_text=None,
                above=self.above,
                weight=None,
            )
            for part in self.parts or (self,)
        )


def joined(texts: Iterable[str | None]) -> str:
    """Return the values of one indicator as one text, "-" for one that there is not: `6/70`."""
    return BETWEEN.join(text or "-" for text in texts)


def target_key(year: int) -> str:
    """Return the key of the column that holds the targets of a year."""
    return f"{TARGET_OF}{year}"


def is_target(key: str) -> bool:
    """Tell whether a column holds the targets of a year."""
    return key.startswith(TARGET_OF)


def yearly_item(indicator: YearlyIndicator, *, loc: Loc, number: str, years: Iterable[int]) -> Item:
    """Return an indicator as an item, with a cell for the target of each year."""
    whole = indicator.indicators()
    by_year = {year: indicator.indicators(year) for year in years}
    told = "; ".join(part for part in (_names(indicator), KINDS[indicator.value]) if part)
    item = Item(
        id=indicator.id,
        loc=loc,
        texts={
            "number": number,
            "indicator": f"{indicator.name}\n\n({told})",
            "unit": joined(one.unit for one in whole),
            "baseline": joined(one.baseline_text or printed(one.baseline or "", one.unit or "") for one in whole),
            **{target_key(year): _target(of_year) for year, of_year in by_year.items()},
        },
        number=indicator.number or number,
        units=indicator.units,
        indicators=whole,
        text=indicator.name,
        carries_out=indicator.carries_out,
        extra=indicator.extra,
        is_indicator=True,
    )
    return replace(item, by_year={year: _in_year(item, year, of_year) for year, of_year in by_year.items()})


def _in_year(item: Item, year: int, indicators: tuple[Indicator, ...]) -> Item:
    return replace(item, indicators=indicators, texts={**item.texts, "target": item.texts[target_key(year)]})


def _names(indicator: YearlyIndicator) -> str:
    return f" {BETWEEN} ".join(part.name for part in indicator.parts)


def _target(indicators: tuple[Indicator, ...]) -> str:
    return joined(printed(one.target or "", one.unit or "") for one in indicators)
