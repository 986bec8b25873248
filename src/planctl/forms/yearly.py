"""Indicators with a target for each of several years («Зорилтот түвшин 2021, 2022 …»), and such of several values.

In: what a programme says. Out: an `Item` that is measured and not scored, as a whole and as each year has it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from planctl.forms.chain import CarriesOut
from planctl.forms.drafting import NOTHING, Cells, bare_number, units_of
from planctl.forms.fields import Extra, ItemId, Strict, Text, Year, one_of
from planctl.forms.form import Item, Loc
from planctl.forms.indicators import Direction, Indicator, Value, ValueKind, Yardstick
from planctl.forms.quantity import printed
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.forms.drafting import Drafting
    from planctl.forms.paper import Line, Written

Targets = dict[Year, Value]
"""Targets by year."""

BETWEEN = "/"
"""Stands between the values of one indicator, as councils write them: «6/70»."""

_TARGET_OF = "target:"

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
    return f"{_TARGET_OF}{year}"


def is_target(key: str) -> bool:
    """Tell whether a column holds the targets of a year."""
    return key.startswith(_TARGET_OF)


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


# From a paper

_TOLD = re.compile(r"\n+\s*\((?P<told>[^()]+)\)\s*\Z")
_ONE_OF_SEVERAL = re.compile(r"\s*/\s*")
_AMOUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def drafted(drafting: Drafting, line: Line, loc: Loc, expected: str, year: str) -> dict[str, Any]:
    """Return the indicator that a line of a paper holds, and set down what it reached.

    `expected` is the number that comes next; `year` that of a target whose heading names none.
    """
    cells, indicator = Cells(line), dict[str, Any]()
    number = cells.take("number")
    if bare_number(number) in {"", expected}:
        drafting.count(number)
    else:
        drafting.put(indicator, loc, "number", number, bare_number(number))
    written = cells.take("indicator", "measure")
    name, kind, parts = _name(written.text.strip() if written else "-")
    indicator["name"] = name
    if written:
        drafting.note((*loc, "name"), written)
        drafting.put(indicator, loc, "value", written, kind)
    values = {"unit": cells.take("unit"), "baseline": cells.take("baseline")} | {
        key.removeprefix(_TARGET_OF): cells.take(key) for key in tuple(line.cells) if is_target(key)
    }
    if target := cells.take("target"):
        values[year] = target
    told = {key: one for key, one in values.items() if one and one.text.strip() not in NOTHING}
    _put_values(drafting, indicator, loc, told, parts)
    units = cells.take("units")
    drafting.put(indicator, loc, "units", units, units_of(units))
    drafting.report(loc, cells, tuple(part["id"] for part in indicator.get("parts", ())))
    drafting.keep_the_rest(indicator, loc, line, cells)
    return indicator


def _name(text: str) -> tuple[str, str, list[str]]:
    """Return the name of an indicator, and what the brackets below it say: what a value counts, names of its parts."""
    match = _TOLD.search(text)
    kinds = {words: kind.value for kind, words in KINDS.items()}
    *names, last = match["told"].split("; ") if match else [""]
    if not match or last not in kinds:
        return text, "", []
    kind = "" if kinds[last] == ValueKind.YEAR else kinds[last]
    return text[: match.start()].strip(), kind, names[0].split(f" {BETWEEN} ") if names else []


def _put_values(
    drafting: Drafting, indicator: dict[str, Any], loc: Loc, told: dict[str, Written], names: list[str]
) -> None:
    """Set the unit, the baseline and the targets that the cells tell, apart for each part where they hold several."""
    unit = told.pop("unit", None)
    several = _several({key: one.text.strip() for key, one in told.items()}, names)
    if not several:
        drafting.put(indicator, loc, "unit", unit)
        if "baseline" in told:
            drafting.put(indicator, loc, "baseline", told["baseline"])
        indicator["targets"] = {key: one.text.strip() for key, one in told.items() if key != "baseline"}
    else:
        units = _ONE_OF_SEVERAL.split(unit.text.strip()) if unit else []
        indicator["parts"] = [
            {"id": f"{at + 1}", "name": name}
            | ({"unit": units[at]} if len(units) == len(several) and units[at] not in NOTHING else {})
            | ({"baseline": values["baseline"]} if "baseline" in values else {})
            | {"targets": {key: value for key, value in values.items() if key != "baseline"}}
            for at, (name, values) in enumerate(several)
        ]
        if unit and len(units) != len(several):
            drafting.put(indicator, loc, "unit", unit)
        elif unit:
            drafting.note((*loc, "parts", 0, "unit"), unit)
    for key, one in told.items():
        drafting.note((*loc, "baseline") if key == "baseline" else (*loc, "targets", key), one)


def _several(values: dict[str, str], names: list[str]) -> list[tuple[str, dict[str, str]]]:
    """Return the parts of an indicator whose every cell holds as many values: «6/70», or numbers in the same words."""
    apart = {key: _ONE_OF_SEVERAL.split(value) for key, value in values.items()}
    counts = set(map(len, apart.values()))
    if len(counts) == 1 and (count := counts.pop()) > 1:
        named = names if len(names) == count else [f"{at + 1}" for at in range(count)]
        return [
            (name, {key: parts[at] for key, parts in apart.items() if parts[at] not in NOTHING})
            for at, name in enumerate(named)
        ]
    shapes = {" ".join(_AMOUNT.sub("#", value).split()) for value in values.values()}
    if len(shapes) != 1 or len(values) < 2 or (shape := shapes.pop()).count("#") < 2:  # noqa: PLR2004 -- one is alone
        return []
    words = [part.strip(" ,;.-") for part in shape.split("#")]
    if words[0] or not all(words[1:]):
        return []
    amounts = {key: _AMOUNT.findall(value) for key, value in values.items()}
    return [(name, {key: numbers[at] for key, numbers in amounts.items()}) for at, name in enumerate(words[1:])]
