"""An office of two departments, and their workbooks filled in as a person would: what the tests of collecting share."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from running import Ran

SETTINGS = """\
planctl: 1
organisation: Залаа сумын Засаг даргын Тамгын газар
place: Залаа
units:
  legal: {name: Хуулийн хэлтэс}
  finance: {name: Санхүүгийн алба}
"""
COUNCIL = """\
form: resolutions
id: council
title: Хурлын {period} тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - number: 12
        date: 2022-03-04
        title: Хог хаягдлын тухай
        clauses:
          - {id: waste, number: 1, text: Цэвэрлэгээ зохион байгуулах, units: [legal, finance], deadline: 2023-12-01}
          - {id: fee, number: 2, text: Хураамжийг шинэчлэх, units: [finance]}
          - {id: posts, number: 3, text: Самбар байрлуулах}
"""
COUNCIL_2022 = """\
actuals: council
period: 2022
items:
  waste:
    progress: Нэг удаа цэвэрлэв.
    self: 30
"""
COUNCIL_2023 = """\
# Хурлын шийдвэрийн биелэлт
actuals: council
period: 2023
items:
  waste:   # хавар эхэлсэн
    progress: Хоёр удаа цэвэрлэв.
"""
DIGITAL = """\
form: action-plan
id: digital
title: Цахим шилжилтийн төлөвлөгөө
year: 2023
sections:
  - title: Сургалт
    measures:
      - id: training
        text: Сургалт зохион байгуулах
        period: I-IV
        units: [legal]
        indicators:
          - {id: times, name: Сургалт, unit: удаа, baseline: 8, target: 10}
          - {id: people, name: Хамрагдсан иргэд, unit: хүн, baseline: 250, target: 300}
"""
OFFICE: Mapping[str, str] = {
    "planctl.yaml": SETTINGS,
    "plans/council.yaml": COUNCIL,
    "plans/council.2022.yaml": COUNCIL_2022,
    "plans/council.2023.yaml": COUNCIL_2023,
    "plans/digital.yaml": DIGITAL,
}
LEGAL, FINANCE, NO_UNIT = "Хуулийн хэлтэс 2023.xlsx", "Санхүүгийн алба 2023.xlsx", "Нэгжгүй 2023.xlsx"

At = tuple[str, str, str]
"""An item's address, an indicator or "", and the key of a column."""


def opened(content: bytes) -> Workbook:
    """Return a workbook as openpyxl has it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def pages(book: Workbook) -> list[Worksheet]:
    """Return the worksheets of plans."""
    return [sheet for sheet in book.worksheets if sheet["A1"].value == "planctl keys"]


def row_of(book: Workbook, address: str, indicator: str = "") -> tuple[Worksheet, int]:
    """Return the worksheet and row of an item or one of its indicators; of an item the first one."""
    for sheet in pages(book):
        for row in range(2, sheet.max_row + 1):
            found = sheet.cell(row, 1).value, sheet.cell(row, 2).value or ""
            if found[0] == address and indicator in {"", found[1]}:
                return sheet, row
    raise LookupError(address)


def column_of(sheet: Worksheet, key: str) -> int:
    """Return the column of a key."""
    return next(at for at in range(1, sheet.max_column + 1) if sheet.cell(1, at).value == key)


def edited(content: bytes, *edits: Callable[[Workbook], None]) -> bytes:
    """Return a workbook after these edits."""
    book = opened(content)
    for edit in edits:
        edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class Formula(str):
    """What is typed as a formula; another text that begins like one is text, as in a cell for text."""

    __slots__ = ()


def filled(content: bytes, answers: Mapping[At, object]) -> bytes:
    """Return a workbook with these cells filled in."""

    def fill(book: Workbook) -> None:
        for (address, indicator, key), value in answers.items():
            sheet, row = row_of(book, address, indicator)
            cell = sheet.cell(row, column_of(sheet, key))
            cell.value = value  # type: ignore[assignment]  # any value of a cell
            if isinstance(value, str) and not isinstance(value, Formula):
                cell.data_type = "s"

    return edited(content, fill)


def place_of(content: bytes, at: At) -> str:
    """Return the place of a cell as findings name it."""
    sheet, row = row_of(opened(content), at[0], at[1])
    name = f"'{sheet.title}'" if " " in sheet.title else sheet.title
    return f"{name}!{get_column_letter(column_of(sheet, at[2]))}{row}"


def sent(planctl: Callable[..., Ran], folder: Path, *options: str) -> Path:
    """Have the workbooks of 2023 written, and return their folder."""
    assert planctl("collect", "out", "--period", "2023", *options, cwd=folder).code == 0
    return folder / "collect" / "2023"
