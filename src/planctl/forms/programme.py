"""A programme of several years that a council approves («хөтөлбөр», «арга хэмжээ»), and its reports.

The form of a district council's programme for 2020-2024: objectives over numbered measures with an expected result
each, and a table of indicators with a target for each year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planctl.forms.acts import Act
from planctl.forms.chain import CarriesOut
from planctl.forms.fields import Extra, Flag, ItemId, Strict, Text, Year, one_of
from planctl.forms.form import Column, Form, Group, Item, Layout, Passage, PlanModel, ScoringRules, Section
from planctl.forms.measures import Funding, MeasureEntry, Numbers
from planctl.forms.yearly import YearlyIndicator, target_key, yearly_item
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planctl.forms.form import Loc

MEASURES, INDICATORS = 0, 1
"""The places of the two tables."""


class Years(Strict):
    """The years of a programme, the last one within, and the year of its baselines."""

    first: Year = Field(description=_("The first year."))
    last: Year = Field(description=_("The last year."))
    baseline: Year | None = Field(None, description=_("The year of the baselines; the one before the first target."))

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


class Approval(Act):
    """The act that approves a programme."""

    body: Text = Field(description=_("Who issued it, such as a council."))
    act: Text = Field(description=_("The kind of act, such as «тогтоол»."))


class Rhythm(StrEnum):
    """How often the programme is reported."""

    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


_RHYTHMS = {Rhythm.QUARTER: "улирал бүр", Rhythm.HALF_YEAR: "хагас жил бүр", Rhythm.YEAR: "жил бүр"}


class Reporting(Strict):
    """To whom and how often a programme is reported."""

    to: Text = Field(description=_("Who gets the report."))
    every: Annotated[Rhythm, one_of(Rhythm)] = Field(description=_("`quarter`, `half-year` or `year`."))
    public: Flag = Field(False, description=_("Whether the report is made public."))


class ProgrammeMeasure(Strict):
    """One measure of a programme. Where it names `years` it is due in these alone."""

    id: ItemId = Field(description=_("The measure's id, unique in the document."))
    number: Text | None = Field(None, description=_("The official number as written; counted where it is left out."))
    text: Text = Field(description=_("What is to be done."))
    carries_out: CarriesOut
    years: Years | None = Field(None, description=_("Its own years, where they are not all of the programme's."))
    units: tuple[Text, ...] = Field((), description=_("The units that report on it: ids, names or other spellings."))
    reported: Flag = Field(True, description=_("`false` for a measure outside all sheets and counts."))
    extra: Extra


class ProgrammeObjective(Strict):
    """An objective («зорилт»), its measures, and the result that they are to have."""

    id: ItemId | None = Field(None, description=_("The objective's id, where other plans name it."))
    number: Text = Field(description=_("The official number, such as `3.1`."))
    title: Text = Field(description=_("The objective."))
    carries_out: CarriesOut
    measures: tuple[ProgrammeMeasure, ...] = Field(description=_("Its measures, in the order of the sheet."))
    expected: Text | None = Field(None, description=_("The expected result («Хүрэх үр дүн»)."))
    extra: Extra


class Programme(PlanModel):
    """A programme of several years: what a council approved, its measures by objective, its indicators by year."""

    years: Years = Field(description=_("Its years: `{first: 2020, last: 2024, baseline: 2020}`."))
    approved_by: Approval | None = Field(None, description=_("The act that approves it."))
    grounds: Text | None = Field(None, description=_("Why it is needed, in paragraphs."))
    purpose: Text | None = Field(None, description=_("Its purpose."))
    objectives: tuple[ProgrammeObjective, ...] = Field(description=_("Its objectives, in the order of the sheet."))
    funding: tuple[Funding, ...] = Field((), description=_("Its sources of funds."))
    implementing: tuple[Text, ...] = Field(
        (), description=_("Who carries it out: units by id or name, or other bodies by their names.")
    )
    oversight: Text | None = Field(None, description=_("Who oversees it."))
    reporting: tuple[Reporting, ...] = Field((), description=_("To whom and how often it is reported."))
    outcomes: tuple[Text, ...] = Field((), description=_("The outcomes that are expected of it."))
    indicators: tuple[YearlyIndicator, ...] = Field((), description=_("Its indicators, with a target for each year."))

    @property
    def rules(self) -> ScoringRules:
        """How scores come about and are brought together."""
        return ScoringRules(mean=self.mean, years=tuple(range(self.years.first, self.years.last + 1)))

    @property
    def target_years(self) -> tuple[int, ...]:
        """The years that have targets: those of the programme after the baseline's."""
        start = self.years.first if self.years.baseline is None else self.years.baseline + 1
        return tuple(year for year in self.rules.years if year >= start)


# The tables

APPROVED = (
    Column("number", "№", 14, "ordinal"),
    Column("measure", "Арга хэмжээ", 110, "prose"),
    Column("expected", "Хүрэх үр дүн", 74, "prose", grouped=True),
    Column("units", "Хариуцах байгууллага, нэгж", 50, "text"),
)
COLUMNS = (
    Column("number", "№", 14, "ordinal"),
    Column("measure", "Арга хэмжээ", 70, "prose"),
    Column("progress", "Хэрэгжилтийн явц", 84, "prose"),
    Column("self", "Өөрийн үнэлгээ", 20, "score"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 24, "score"),
    Column("units", "Хариуцах байгууллага, нэгж", 40, "text"),
)
_NUMBER = Column("number", "№", 10, "ordinal")
_INDICATOR = Column("indicator", "Шалгуур үзүүлэлт", 70, "prose")
_UNIT = Column("unit", "Хэмжих нэгж", 26, "text")
_BASELINE = Column("baseline", "Суурь түвшин", 24, "count")
_TARGET = Column("target", "Зорилтот түвшин", 24, "count")
INDICATOR_COLUMNS = (
    _NUMBER,
    replace(_INDICATOR, width=56),
    _UNIT,
    _BASELINE,
    _TARGET,
    Column("reached", "Хүрсэн түвшин", 24, "count"),
    Column("achievement", "Гүйцэтгэл, хувь", 22, "percent"),
    Column("progress", "Тайлбар", 62, "prose"),
)
INDICATORS_TITLE = "Хөтөлбөрийн шалгуур үзүүлэлт"


def layouts(plan: Programme, year: int | None) -> tuple[Layout, ...]:
    """Return the tables, the indicators' with the years of baseline and targets over and in their headings."""
    first = str(plan.years.baseline or "")
    baseline = Column("baseline", first or _BASELINE.heading, 24, "count", over=_BASELINE.heading if first else "")
    targets = (
        Column(target_key(one), str(one), 24, "count", over=_TARGET.heading) for one in (plan.target_years or ())
    )
    columns = INDICATOR_COLUMNS
    if year is not None:
        target = replace(_TARGET, heading=str(year), over=_TARGET.heading)
        columns = (*columns[:3], baseline, target, *columns[5:])
    approved = (_NUMBER, _INDICATOR, _UNIT, baseline, *targets)
    return (
        Layout("measures", COLUMNS, approved=APPROVED),
        Layout("indicators", columns, title=INDICATORS_TITLE, approved=approved),
    )


def outline(plan: Programme) -> tuple[Section | Group, ...]:
    """Return the rows: each objective over its measures, which share its expected result; then the indicators."""
    return tuple(_bands(plan))


def _bands(plan: Programme) -> Iterator[Section | Group]:
    for at, objective in enumerate(plan.objectives):
        loc: Loc = ("objectives", at)
        yield Section(
            f"Зорилт {objective.number}. {objective.title}",
            number=objective.number,
            loc=loc,
            id=objective.id or "",
            text=objective.title,
            carries_out=objective.carries_out,
        )
        yield Group(loc, {"expected": objective.expected or ""}, tuple(_measures(objective, loc)))
    numbers = Numbers()
    for at, indicator in enumerate(plan.indicators):
        number = numbers.next(indicator.number)
        item = yearly_item(indicator, loc=("indicators", at), number=number, years=plan.target_years)
        yield Group(item.loc, {}, (item,), table=INDICATORS)


def _measures(objective: ProgrammeObjective, loc: Loc) -> Iterator[Item]:
    count = 0
    for at, measure in enumerate(objective.measures):
        count += measure.reported
        number = measure.number or (f"{objective.number.rstrip('.')}.{count}" if measure.reported else "")
        years = measure.years
        yield Item(
            id=measure.id,
            loc=(*loc, "measures", at),
            texts={"number": number, "measure": measure.text},
            number=number,
            units=measure.units,
            begins=date(years.first, 1, 1) if years else None,
            deadline=date(years.last, 12, 31) if years else None,
            reported=measure.reported,
            text=measure.text,
            carries_out=measure.carries_out,
            extra=measure.extra,
        )


# The texts around the tables


def passages(plan: Programme, named: Callable[[str], str]) -> tuple[Passage, ...]:
    """Return the texts of the programme that are there, in the order of the official paper."""
    texts = (
        ("approved_by", "Баталсан шийдвэр", str(plan.approved_by or "")),
        ("grounds", "Нийтлэг үндэслэл", plan.grounds or ""),
        ("purpose", "Зорилго", plan.purpose or ""),
        ("years", "Хэрэгжүүлэх хугацаа", f"{plan.years} он"),
        ("funding", "Санхүүжилтийн эх үүсвэр", _list(map(str, plan.funding))),
        ("implementing", "Хэрэгжүүлэх байгууллага", _list(map(named, plan.implementing))),
        ("oversight", "Хяналт", plan.oversight or ""),
        ("outcomes", "Хүлээгдэж буй үр дүн", _list(plan.outcomes)),
        ("reporting", "Хэрэгжилтийг тайлагнах", _list(map(_report, plan.reporting))),
    )
    return tuple(Passage(title, text, (key,)) for key, title, text in texts if text)


def _report(one: Reporting) -> str:
    return f"{one.to}: {_RHYTHMS[one.every]}{', нийтэд ил тод' if one.public else ''}"


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {' '.join(text.splitlines())}" for text in texts)


FORM = Form(
    name="programme",
    plan=Programme,
    entry=MeasureEntry,
    tables=(
        Layout("measures", COLUMNS, approved=APPROVED),
        Layout("indicators", INDICATOR_COLUMNS, title=INDICATORS_TITLE),
    ),
    outline=outline,
    layouts=layouts,
    passages=passages,
    titles=r"хөтөлбөр|(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d",
)
