"""What the official tables of a roll-up share: names in Mongolian, and the cells of counts and means.

In: numbers and names. Out: cells, their text final and the number behind it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.forms.number import rounded
from planctl.report.mongolian import decimal_comma
from planctl.report.prose import line
from planctl.rollup.documents import EXCLUDED, NOT_DUE, NOT_EVALUATED, UNSCORED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from planctl.report.sheet import Cell
    from planctl.rollup.documents import Document, Scale
    from planctl.rollup.totals import Total

FORM_NAMES = {
    "resolutions": "Тогтоолын хэрэгжилт",
    "action-plan": "Арга хэмжээний төлөвлөгөө",
    "performance-plan": "Гүйцэтгэлийн төлөвлөгөө",
    "programme": "Хөтөлбөр",
    "strategy": "Стратеги төлөвлөгөө",
}
"""How a form is called; one that is not here by its name in the files."""

EVALUATION_NAMES = {"self": "Өөрийн үнэлгээ", "superior": "Дээд шатны үнэлгээ"}
STATE_NAMES = {
    "valid": "Хүчинтэй",
    "invalid": "Алдаатай",
    "missing": "Ирээгүй",
    "awaited": "Хугацаа болоогүй",
    "unreadable": "Уншигдаагүй",
    "nothing": "Тайлагнах зүйлгүй",
}
POOLED, MEANS = "Бүх заалтаар", "Дунджийн дундаж"
OTHERS = "Бусад"
"""The heading of the items without a score, whatever the reason."""

KIND_NAMES = {
    "province": ("Аймгаар", "Аймаг, нийслэл", "Аймаг заагаагүй"),
    "form": ("Маягтаар", "Баримт бичгийн төрөл", "Төрөл тодорхойгүй"),
    "sector": ("Салбараар", "Салбар", "Салбар заагаагүй"),
    "unit": ("Нэгжээр", "Нэгж, албан тушаалтан", "Нэгж заагаагүй"),
}
"""Of each kind of groups: the page's name, the heading of its column, and what stands for the group without a name."""

WHOLE = "Дүн"

_FIRST_DAY = date(1899, 12, 30)
"""The day that worksheets count days from."""

_UNSCORED = (NOT_DUE, NOT_EVALUATED, EXCLUDED, UNSCORED)


def flat(text: str) -> str:
    """Return a name on one line, whatever was typed into it."""
    return " ".join(text.split())


def short_name(document: Document) -> str:
    """Return what a document is called within a sentence: by its form, otherwise by its title or its id."""
    form = FORM_NAMES.get(document.form) or FORM_NAMES.get(document.id)
    return form[0].lower() + form[1:] if form else flat(document.title or document.id)


def name_cell(text: str | None) -> Cell:
    """Return a name as a cell."""
    return line(flat(text or ""))


def count_cell(count: int) -> Cell:
    """Return a count as official sheets print it: "-" for none."""
    return line(str(count) if count else "-", number=count)


def share_cell(count: int, whole: int) -> Cell:
    """Return a count, and of how many it is where it is not of all: "1/2"."""
    return line(f"{count}/{whole}", number=count) if count < whole else count_cell(count)


def number_cell(number: int) -> Cell:
    """Return a running number."""
    return line(str(number), number=number)


def day_cell(day: date | None) -> Cell:
    """Return a day as it is written in plans, with the number that worksheets count days by."""
    return line(day.isoformat(), number=(day - _FIRST_DAY).days) if day else line("")


def mean_cell(mean: Fraction | None, decimals: int, scale: Scale | None = None) -> Cell:
    """Return a mean as printed, in the colour of the level that it has come up to; "-" where there is none."""
    if mean is None:
        return line("-")
    printed = rounded(mean, decimals)
    return line(decimal_comma(printed), number=printed, colour=colour_of(printed, scale) if scale else None)


def colour_of(mean: Decimal, scale: Scale) -> str | None:
    """Return the colour of the highest value that a mean has come up to: one of 82 is coloured as 70 is."""
    steps = [(Decimal(step.written.split("-")[0]), step.colour) for step in scale.steps]
    return next((colour.removeprefix("#") for low, colour in steps if low <= mean), None)


def level_columns(scale: Scale) -> Iterator[Column]:
    """Yield a column for each value of a scale."""
    for step in scale.steps:
        heading = f"{step.written.replace('-', '–')}%"
        yield Column(f"level:{step.written}", heading, 12.5, "count", over="Үнэлгээний түвшнээр")


def count_cells(total: Total, scale: Scale) -> dict[str, Cell]:
    """Return how many there are of each, and how many items have which score or none."""
    return {
        "organisations": count_cell(total.organisations),
        "documents": count_cell(total.documents),
        "items": count_cell(total.items),
        **{f"level:{step.written}": count_cell(count) for step, count in zip(scale.steps, total.levels, strict=True)},
        "unscored": count_cell(sum(total.outcomes[at] for at in _UNSCORED)),
    }
