"""The action plan of a year by sector («арга хэмжээний төлөвлөгөө») and its report.

The form of county offices: seven columns as approved; the report adds what was done, what was reached, and both
evaluations.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planctl.forms.chain import CarriesOut
from planctl.forms.fields import Extra, ItemId, Strict, Text, one_of
from planctl.forms.form import Column, Form, Group, Layout, Section
from planctl.forms.measures import Measure, MeasureEntry, MeasuresPlan, Numbers, item
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.form import Loc


class Numbering(StrEnum):
    """Whether the measures' numbers begin again in each section or run on through the plan."""

    RESTART = "restart"
    RUNNING = "running"


class Sector(Strict):
    """The measures of one sector."""

    id: ItemId | None = Field(None, description=_("The sector's id, where other plans name it."))
    number: Text | None = Field(None, description=_("The official number as written; counted where it is left out."))
    title: Text = Field(description=_("The sector, as the section row shows it."))
    carries_out: CarriesOut
    extra: Extra
    measures: tuple[Measure, ...] = Field(description=_("Its measures, in the order of the sheet."))


class ActionPlan(MeasuresPlan):
    """A year's plan of measures by sector."""

    numbering: Annotated[Numbering, one_of(Numbering)] = Field(
        Numbering.RESTART, description=_("`restart` in each section or `running` through the plan.")
    )
    sections: tuple[Sector, ...] = Field(description=_("The sectors, in the order of the sheet."))


_NUMBER = Column("number", "№", 10, "ordinal")
_MEASURE = Column("measure", "Арга хэмжээ", 58, "prose")
_PERIOD = Column("period", "Хугацаа", 20, "text")
_INDICATOR = Column("indicator", "Шалгуур үзүүлэлт", 38, "prose")
_BASELINE = Column("baseline", "Суурь түвшин", 38, "prose")
_TARGET = Column("target", "Хүрэх түвшин, үр дүн", 46, "prose")
_UNITS = Column("units", "Хариуцах эзэн", 32, "text")

APPROVED = (_NUMBER, _MEASURE, _PERIOD, _INDICATOR, _BASELINE, _TARGET, _UNITS)
COLUMNS = (
    Column("number", "№", 9, "ordinal"),
    Column("measure", "Арга хэмжээ", 40, "prose"),
    Column("period", "Хугацаа", 17, "text"),
    Column("indicator", "Шалгуур үзүүлэлт", 26, "prose"),
    Column("baseline", "Суурь түвшин", 24, "prose"),
    Column("target", "Хүрэх түвшин, үр дүн", 28, "prose"),
    Column("progress", "Хэрэгжилтийн явц", 58, "prose"),
    Column("reached", "Хүрсэн түвшин", 18, "prose"),
    Column("self", "Өөрийн үнэлгээ", 18, "score"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 22, "score"),
    Column("units", "Хариуцах эзэн", 24, "text"),
)


def outline(plan: ActionPlan) -> tuple[Section | Group, ...]:
    """Return the plan's rows: each sector with its number as the plan gives or counts it, and its measures."""
    return tuple(_bands(plan))


def _bands(plan: ActionPlan) -> Iterator[Section | Group]:
    numbers, sectors = Numbers(), Numbers()
    for at, sector in enumerate(plan.sections):
        written = sectors.next(sector.number)
        loc: Loc = ("sections", at)
        yield Section(
            f"{written}. {sector.title}",
            number=written,
            loc=loc,
            id=sector.id or "",
            text=sector.title,
            carries_out=sector.carries_out,
        )
        if plan.numbering is Numbering.RESTART:
            numbers.restart()
        for place, measure in enumerate(sector.measures):
            within: Loc = (*loc, "measures", place)
            number = numbers.of(measure)
            is_whole = plan.numbering is Numbering.RUNNING or number.startswith(f"{written}.")
            label = "" if is_whole else f"{written}.{number}"
            one = item(measure, loc=within, number=number, year=plan.year, label=label)
            yield Group(within, {}, (one,))


FORM = Form(
    name="action-plan",
    plan=ActionPlan,
    entry=MeasureEntry,
    tables=(Layout("measures", COLUMNS, approved=APPROVED),),
    outline=outline,
    by_sector=True,
    titles=r"төлөвлөгөө|арга\s+хэмжээ|үндсэн\s+чиглэл|тайлан|биелэлт|хэрэгжилт",
)
