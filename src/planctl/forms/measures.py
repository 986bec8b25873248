"""Measures («арга хэмжээ»): what the forms of plans by sector and by objective have in common.

In: what the plan says of a measure. Out: an `Item`, with the cells of the official columns.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planctl.forms.actuals import Entry
from planctl.forms.chain import CarriesOut
from planctl.forms.fields import After, Extra, Flag, ItemId, Strict, Text, Year, one_of
from planctl.forms.form import Combination, Item, Loc, PlanModel, ScoringRules
from planctl.forms.indicators import Indicator, Reached, Value, Weight
from planctl.forms.lineage import Lineage
from planctl.forms.quantity import printed
from planctl.forms.timing import When
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Funding(Strict):
    """Money for a measure: where it comes from and how much."""

    source: Text = Field(description=_("The source of funds, such as «Улсын төсөв»."))
    amount: Value | None = Field(None, description=_("The amount."))
    unit: Text | None = Field(None, description=_("The unit of the amount, such as `сая төгрөг`."))

    def __str__(self) -> str:
        amount = " ".join(part for part in (printed(self.amount or ""), self.unit) if part)
        return f"{self.source} {amount}" if self.amount else self.source


class Measure(Strict):
    """One measure of a plan. `period` is when it is carried out; `units` report on it."""

    id: ItemId = Field(description=_("The measure's id, unique in the document."))
    number: Text | None = Field(None, description=_("The official number as written; counted where it is left out."))
    text: Text = Field(description=_("What is to be done."))
    basis: Text | None = Field(None, description=_("The policy document or law that it rests on."))
    period: When | None = Field(
        None, description=_("When: `I-IV`, `I, II улирал`, `Сар бүр`, `Тухай бүр`, `02-07`, `2023-06-30`.")
    )
    budget: tuple[Funding, ...] = Field((), description=_("Its money: sources and amounts."))
    indicators: tuple[Indicator, ...] = Field((), description=_("Its indicators, with baseline and target."))
    units: tuple[Text, ...] = Field((), description=_("The units that report on it: ids, names or other spellings."))
    weight: Weight | None = Field(None, description=_("Its weight, where the plan is `weighted`."))
    reported: Flag = Field(True, description=_("`false` for a measure outside all sheets and counts."))
    carries_out: CarriesOut
    carried: Lineage | None = Field(None, description=_("The item of an earlier plan that it goes on with."))
    extra: Extra


class MeasureEntry(Entry):
    """What was done about one measure, and the values it reached."""

    reached: Annotated[Reached | None, After("progress")] = Field(
        None, description=_("The reached value; of several indicators each under its id.")
    )

    @property
    def reached_values(self) -> Mapping[str, str]:
        """The reached values by the indicator's id, "" for the only one."""
        return self.reached or {}


class Scoring(StrEnum):
    """Who gives the office's own score: a person, or the indicators through the thresholds of the rubric."""

    GIVEN = "given"
    COMPUTED = "computed"


class MeasuresPlan(PlanModel):
    """A plan of measures for one year."""

    year: Annotated[Year, After("place")] = Field(description=_("The year of the plan."))
    scoring: Annotated[Scoring, one_of(Scoring)] = Field(
        Scoring.GIVEN,
        description=_("`given` by a person, or `computed` from reached values and the thresholds of the rubric."),
    )
    several_indicators: Annotated[Combination, one_of(Combination)] = Field(
        Combination.MEAN, description=_("What several indicators come to: their `mean`, the `lowest`, or `weighted`.")
    )
    weighted: Flag = Field(False, description=_("Whether the measures' weights count in the mean."))

    @property
    def rules(self) -> ScoringRules:
        """How scores come about and are brought together."""
        return ScoringRules(
            mean=self.mean,
            combination=self.several_indicators,
            computed=self.scoring is Scoring.COMPUTED,
            weighted=self.weighted,
            years=(self.year,),
        )


class Numbers:
    """Numbers in the order of the sheet: the official one where the plan gives it, else the next."""

    def __init__(self) -> None:
        self._last = 0

    def restart(self) -> None:
        """Begin again at 1."""
        self._last = 0

    def peek(self) -> str:
        """Return the number that comes next where the plan gives none."""
        return str(self._last + 1)

    def of(self, measure: Measure) -> str:
        """Return the number of the next measure; one that is not reported takes none."""
        return self.next(measure.number) if measure.reported else ""

    def next(self, written: str | None) -> str:
        """Return the number as written, from which counting goes on, or else the next one."""
        self._last = int(written) if written and written.isdecimal() else self._last + 1
        return written or str(self._last)


def item(measure: Measure, *, loc: Loc, number: str, year: int, label: str = "") -> Item:
    """Return a measure as an item; several indicators stand below each other in their cells, numbered alike."""
    indicators = measure.indicators
    return Item(
        id=measure.id,
        loc=loc,
        texts={
            "number": number,
            "measure": _measure_text(measure),
            "period": str(measure.period or ""),
            "budget": ", ".join(map(str, measure.budget)) or "-",
            "indicator": listed(one.name for one in indicators),
            "baseline": listed(one.baseline_text or one.printed(one.baseline or "-") for one in indicators),
            "target": listed(one.target_text or one.printed(one.target or "-") for one in indicators),
        },
        number=measure.number or number,
        label=label,
        units=measure.units,
        begins=measure.period.begins(year) if measure.period else None,
        deadline=measure.period.ends(year) if measure.period else None,
        reported=measure.reported,
        indicators=indicators,
        weight=measure.weight,
        lineage=measure.carried,
        text=measure.text,
        carries_out=measure.carries_out,
        extra=measure.extra,
    )


def _measure_text(measure: Measure) -> str:
    return f"{measure.text}\n\nҮндэслэл: {measure.basis}" if measure.basis else measure.text


def listed(texts: Iterable[str]) -> str:
    """Return the texts of several indicators as one cell: numbered lines, or the text itself where it is alone."""
    lines = list(texts)
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}) {text}" for number, text in enumerate(lines, start=1))
