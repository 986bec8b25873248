"""The workbooks that go out: whose rows stand in them, what is locked, what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from departments import COUNCIL, FINANCE, LEGAL, NO_UNIT, OFFICE, column_of, opened, pages, row_of, sent

from running import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from running import Ran


@pytest.fixture
def folder(planctl: Callable[..., Ran], tmp_path: Path) -> Path:
    return sent(planctl, write(tmp_path, OFFICE), "--until", "2023-12-20", "--to", "Төлөвлөлтийн мэргэжилтэн")


def book(folder: Path, name: str = LEGAL) -> Workbook:
    return opened((folder / name).read_bytes())


def shown(sheet: Worksheet, row: int) -> dict[str, object]:
    """Return what stands in a row, by the keys of its columns, without the hidden ones."""
    keys = {at: sheet.cell(1, at).value for at in range(1, sheet.max_column + 1)}
    return {
        str(key): sheet.cell(row, at).value for at, key in keys.items() if not str(key).startswith(("#", "planctl"))
    }


def open_cells(sheet: Worksheet, row: int) -> set[str]:
    """Return the keys of the cells of a row that can be written in."""
    return {key for key in shown(sheet, row) if not sheet.cell(row, column_of(sheet, key)).protection.locked}


def addresses(book: Workbook) -> list[tuple[str, str]]:
    """Return the hidden addresses of the rows."""
    rows = [
        (str(sheet.cell(at, 1).value), str(sheet.cell(at, 2).value or ""))
        for sheet in pages(book)
        for at in range(2, sheet.max_row + 1)
    ]
    return [row for row in rows if row[0] != "-"]


def test_each_unit_gets_its_own_rows_and_an_item_of_two_units_stands_in_both(folder: Path) -> None:
    assert {path.name: addresses(book(folder, path.name)) for path in sorted(folder.iterdir())} == {
        NO_UNIT: [("council#posts", "")],
        FINANCE: [("council#waste", ""), ("council#fee", "")],
        LEGAL: [("council#waste", ""), ("digital#training", "times"), ("digital#training", "people")],
    }


def test_a_row_has_the_plan_what_is_filled_in_already_and_what_was_said_last_time(folder: Path) -> None:
    assert shown(*row_of(book(folder), "council#waste")) == {
        "decision_number": "1",
        "clause_number": "1",
        "decision": "Хог хаягдлын тухай\n2022-03-04\nДугаар 12",
        "clause": "1. Цэвэрлэгээ зохион байгуулах",
        "deadline": "2023-12-01",
        "progress": "Хоёр удаа цэвэрлэв.",
        "self": None,
        "state": None,
        "reason": None,
        "evidence": None,
        "before": "Нэг удаа цэвэрлэв.",
        "before_score": "өөрийн: 30%",
    }


def test_each_indicator_has_a_row_with_its_target_and_a_cell_for_what_was_reached(folder: Path) -> None:
    told = [shown(*row_of(book(folder), "digital#training", one)) for one in ("times", "people")]

    assert [(row["indicator"], row["baseline"], row["target"], row["measure"]) for row in told] == [
        ("Сургалт, удаа", "8 удаа", "10 удаа", "Сургалт зохион байгуулах"),
        ("Хамрагдсан иргэд, хүн", "250 хүн", "300 хүн", None),
    ]


def test_only_open_cells_can_be_written_in_and_no_password_is_needed(folder: Path) -> None:
    legal = book(folder)

    assert open_cells(*row_of(legal, "council#waste")) == {"progress", "self", "state", "reason", "evidence"}
    assert open_cells(*row_of(legal, "digital#training", "people")) == {"reached"}
    assert {(one.protection.sheet, one.protection.password) for one in legal.worksheets} == {(True, None)}


def test_scores_and_states_are_chosen_from_lists_and_numbers_are_checked(folder: Path) -> None:
    _council, digital = pages(book(folder))

    assert [(one.type, one.formula1) for one in digital.data_validations.dataValidation] == [
        ("list", '"100,90,70,50,30,0"'),
        ("list", '"Хугацаа болоогүй,Үнэлээгүй,Хойшлогдсон,Хүчингүй болсон,Нэгтгэсэн,Хяналтаас хассан"'),
        ("decimal", "-1000000000000000"),
    ]


def test_a_scale_with_ranges_is_checked_by_its_ends(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.yaml": f"{COUNCIL}rubric: working-group-2023\n"})

    (council,) = pages(opened((sent(planctl, tmp_path) / FINANCE).read_bytes()))

    check = council.data_validations.dataValidation[0]
    assert (check.type, check.formula1, check.formula2) == ("decimal", "0", "100")


def test_the_cover_says_who_by_when_to_whom_and_on_which_sheets(folder: Path) -> None:
    cover = book(folder).worksheets[0]
    told = {cover.cell(at, 1).value: cover.cell(at, 2).value for at in range(1, cover.max_row + 1)}

    assert cover.title == "Заавар"
    assert told["Хэн бөглөх"] == "Хуулийн хэлтэс"
    assert told["Тайлант хугацаа"] == "2023 он"
    assert told["Хэзээ ирүүлэх"] == "2023 оны 12 дугаар сарын 20-ны өдрийн дотор"
    assert told["Хэнд ирүүлэх"] == "Төлөвлөлтийн мэргэжилтэн"
    assert told["Хурлын тогтоолын хэрэгжилт"] == "Хурлын тогтоолын хэрэгжилт"
    assert told["Цахим шилжилтийн төлөвлөгөө"] == "Цахим шилжилтийн төлөвлөгөө"


def test_it_is_ready_to_print_and_to_scroll(folder: Path) -> None:
    sheet = pages(book(folder))[0]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "I5")
    assert [sheet.column_dimensions["A"].hidden, sheet.row_dimensions[1].hidden] == [True, True]
    assert book(folder)["planctl"].sheet_state == "hidden"


def test_text_that_looks_like_a_formula_stays_text(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    odd = OFFICE["plans/council.2023.yaml"].replace("Хоёр удаа цэвэрлэв.", "'=1+1'")
    odd = f"{odd}    reason: '@SUM(1)'\n    evidence: [{{document: {{title: '-2+3'}}}}]\n"
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": odd})

    sheet, row = row_of(opened((sent(planctl, tmp_path) / LEGAL).read_bytes()), "council#waste")

    cells = [sheet.cell(row, column_of(sheet, key)) for key in ("progress", "reason", "evidence")]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("@SUM(1)", "s"), ("-2+3", "s")]


def test_an_item_that_was_taken_out_before_is_not_asked_for(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    closed = OFFICE["plans/council.2022.yaml"] + "  fee: {state: closed, self: 100, date: 2022-12-01, act: Тушаал 3}\n"
    write(tmp_path, OFFICE, {"plans/council.2022.yaml": closed})

    assert addresses(opened((sent(planctl, tmp_path) / FINANCE).read_bytes())) == [("council#waste", "")]


def test_a_text_longer_than_a_cell_is_shown_in_part_and_locked(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    long = OFFICE["plans/council.2023.yaml"].replace("Хоёр удаа цэвэрлэв.", "Хийв. " * 7000)
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": long})

    sheet, row = row_of(opened((sent(planctl, tmp_path) / LEGAL).read_bytes()), "council#waste")

    cell = sheet.cell(row, column_of(sheet, "progress"))
    assert (len(str(cell.value)), cell.protection.locked) == (32_767, True)
