"""Sheets that come back: what somebody changed in them is changed in the plan's files, and nothing else."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from handwork import book_with, built, cell_of, row_of, took_out, worked_on, wrote
from planctl.importer import read
from planctl.incoming.arrival import Order
from planctl.incoming.updating import update
from projects import measures_project, programme_project, write
from running import Ran, planctl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planctl.incoming.updating import Updates

PLAN = """\
form: resolutions
id: council
title: Тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол   # хоёр шийдвэртэй
    decisions:
      - number: 2021_131
        title: Хог хаягдлын тухай
        clauses:
          - id: waste
            text: Ажлыг зохион байгуулах
            units: [legal]
            deadline: 2023-12-01
          # төсвийн тодотголоор
          - id: money
            text: "Санхүүжилтийг төсөвт тусгах"
      - number: 2022_7
        title: Усны тухай
        clauses:
          - id: wells
            text: Худаг гаргах
"""
ACTUALS = """\
actuals: council
period: 2023
date: 2023-12-25
items:
  waste:
    progress: Цэвэрлэгээ хийв.   # гэрээг хавсаргав
    self: 100
  money: {progress: Төсөвт тусгав., self: 70, superior: 90}
  wells:
    progress: |
      Худгийн ажил:
      - хоёр худаг гаргав
    self: 50
"""
FILES = {"plans/council.yaml": PLAN, "plans/council.2023.yaml": ACTUALS}
SELF, SUPERIOR, PROGRESS, TEXT = 5, 6, 4, 3

__all__ = ["planctl"]


def sheet(root: Path, kind: str = "docx", plan: str = "council", period: str = "2023") -> bytes:
    return built(root, kind, plan, period)


def returned(root: Path, content: bytes, name: str = "sheet.docx", **options: Any) -> Updates:
    path = root / name
    path.write_bytes(content)
    removes = options.pop("removes", False)
    done = update([(path, name)], root, Order(**options), removes=removes)
    path.unlink()
    return done


def texts(done: Updates) -> dict[str, str]:
    return {path: new.decode() for path, (_old, new) in done.files.items()}


def told(done: Updates) -> list[tuple[str, str]]:
    return [(one.why, one.address) for one in done.updates[0].listed]


def edits(done: Updates) -> list[tuple[str, str, object, object]]:
    return [(one.address, one.field, one.old, one.new) for one in done.updates[0].edits]


def without_marks(document: Any) -> None:
    """Take the bookmarks out, as some programs do."""
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(document.element.iter(f"{{*}}{tag}")):
            mark.getparent().remove(mark)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("files", "plan", "period"),
    [
        (FILES, "council", "2023"),
        (measures_project(), "digital", "2025"),
        (measures_project(), "digital", ""),
        (programme_project(), "makers", "2024"),
        (programme_project(), "makers", ""),
    ],
)
def test_a_sheet_that_nobody_touched_changes_nothing(
    tmp_path: Path, kind: str, files: dict[str, str], plan: str, period: str
) -> None:
    root = write(tmp_path, files)

    done = returned(root, built(root, kind, plan, period), f"sheet.{kind}")

    assert (done.updates[0].refusal, edits(done), told(done), done.files) == (None, [], [], {})


def test_a_score_in_a_word_sheet_changes_one_key(office: Path) -> None:
    done = returned(office, worked_on(sheet(office), wrote("Цэвэрлэгээ", SELF, "90%")))

    assert texts(done) == {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 90")}


def test_a_new_score_is_put_in_beside_the_others(office: Path) -> None:
    done = returned(office, worked_on(sheet(office), wrote("хоёр худаг", SUPERIOR, "30 хувь")))

    assert texts(done) == {"plans/council.2023.yaml": f"{ACTUALS}    superior: 30\n"}


def test_a_score_that_was_taken_out_goes(office: Path) -> None:
    done = returned(office, worked_on(sheet(office), wrote("Санхүүжилтийг", SUPERIOR, "")))

    assert texts(done) == {"plans/council.2023.yaml": ACTUALS.replace(", superior: 90", "")}


def test_a_remark_below_the_narrative_is_the_reason(office: Path) -> None:
    def work(document: Any) -> None:
        cell_of(document, "Цэвэрлэгээ", PROGRESS).add_paragraph("Тайлбар: Гэрээ байгуулаагүй.")

    done = returned(office, worked_on(sheet(office), work))

    assert edits(done) == [("council#waste", "reason", None, "Гэрээ байгуулаагүй.")]


def test_another_text_and_title_change_the_plan(office: Path) -> None:
    content = worked_on(sheet(office), wrote("Худаг гаргах", TEXT, "Худаг гаргаж, тордох"))
    content = worked_on(content, wrote("Усны тухай", 2, "Усны нөөцийн тухай\nДугаар 2022_7"))

    done = returned(office, content)

    changed = PLAN.replace("Худаг гаргах", "Худаг гаргаж, тордох").replace("Усны тухай", "Усны нөөцийн тухай")
    assert texts(done) == {"plans/council.yaml": changed}


def test_what_the_plan_has_changed_since_stays(office: Path) -> None:
    content = worked_on(sheet(office), wrote("Цэвэрлэгээ", SUPERIOR, "90%"))
    later = ACTUALS.replace("Цэвэрлэгээ хийв.", "Цэвэрлэгээг хоёр удаа хийв.")
    write(office, {"plans/council.2023.yaml": later})

    done = returned(office, content)

    assert texts(done) == {"plans/council.2023.yaml": later.replace("self: 100", "self: 100\n    superior: 90")}


def test_a_cell_that_both_have_changed_is_told_with_both_texts(office: Path) -> None:
    content = worked_on(sheet(office), wrote("Цэвэрлэгээ", SELF, "90%"))
    write(office, {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 70")})

    done = returned(office, content)

    (listed,) = done.updates[0].listed
    assert (listed.why, listed.address, listed.field) == ("both-changed", "council#waste", "self")
    assert (listed.ours, listed.theirs) == ("70%", "90%")
    assert done.files == {}


def test_a_cell_that_both_have_changed_alike_is_no_conflict(office: Path) -> None:
    content = worked_on(sheet(office), wrote("Цэвэрлэгээ", SELF, "90%"))
    write(office, {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 90")})

    done = returned(office, content)

    assert (told(done), done.files) == ([], {})


def test_a_row_that_is_gone_is_told_and_goes_where_that_is_wanted(office: Path) -> None:
    content = worked_on(sheet(office), took_out("Санхүүжилтийг"))

    kept, gone = returned(office, content), returned(office, content, removes=True)

    assert (told(kept), kept.files) == ([("gone", "council#money")], {})
    plan = PLAN.replace(
        '          # төсвийн тодотголоор\n          - id: money\n            text: "Санхүүжилтийг төсөвт тусгах"\n', ""
    )
    actuals = ACTUALS.replace("  money: {progress: Төсөвт тусгав., self: 70, superior: 90}\n", "")
    assert texts(gone) == {"plans/council.yaml": plan, "plans/council.2023.yaml": actuals}


def test_rows_in_another_order_are_told(office: Path) -> None:
    def work(document: Any) -> None:
        first, second = (row_of(document, words)._tr for words in ("Ажлыг зохион", "Санхүүжилтийг"))
        second.addnext(first)

    done = returned(office, worked_on(sheet(office), work))

    assert ([why for why, _address in told(done)], done.files) == (["order"], {})


def test_a_plan_as_approved_takes_the_order_of_its_sheet(tmp_path: Path) -> None:
    files = dict(measures_project())
    more = "      - {id: course, text: Хичээл заах, period: I-IV}\n"
    root = write(tmp_path, files | {"plans/digital.yaml": files["plans/digital.yaml"] + more})

    def work(document: Any) -> None:
        row_of(document, "Цахим ур чадварын")._tr.addprevious(row_of(document, "Хичээл заах")._tr)

    done = returned(root, worked_on(built(root, "docx", "digital"), work))

    new = texts(done)["plans/digital.yaml"]
    assert new.index("course") < new.index("training")


def test_a_new_row_gets_an_id_and_its_entry(office: Path) -> None:
    def work(document: Any) -> None:
        row = row_of(document, "Худаг гаргах")._tr
        row.addnext(deepcopy(row))

    content = worked_on(worked_on(sheet(office), work), wrote("Худаг гаргах", TEXT, "Булгийн эхийг хашиж хамгаалах"))
    content = worked_on(content, wrote("Булгийн", PROGRESS, "Нэг булаг хашив."))
    content = worked_on(content, wrote("Булгийн", 1, "4"))

    done = returned(office, content)

    added = "          - id: bulgiin-ekhiig-khashij\n            text: Булгийн эхийг хашиж хамгаалах\n"
    assert texts(done)["plans/council.yaml"].replace(added, "") == PLAN
    assert "bulgiin-ekhiig-khashij" in texts(done)["plans/council.2023.yaml"]


def test_rows_without_bookmarks_are_known_by_their_words_and_numbers(office: Path) -> None:
    content = worked_on(sheet(office), without_marks)
    content = worked_on(content, wrote("Цэвэрлэгээ", SELF, "90%"))
    content = worked_on(content, wrote("Санхүүжилтийг", TEXT, "Санхүүжилтийг жил бүрийн төсөвт тусгах"))

    done = returned(office, content)

    assert edits(done) == [
        ("council#waste", "self", "100", "90"),
        ("council#money", "text", "Санхүүжилтийг төсөвт тусгах", "Санхүүжилтийг жил бүрийн төсөвт тусгах"),
    ]


def test_of_a_row_that_may_be_one_of_two_nothing_is_guessed(tmp_path: Path) -> None:
    plan = PLAN.replace("Санхүүжилтийг төсөвт тусгах", "Ажлыг зохион байгуулах")
    root = write(tmp_path, FILES | {"plans/council.yaml": plan})
    content = worked_on(sheet(root), without_marks)
    content = worked_on(worked_on(content, took_out("Цэвэрлэгээ")), wrote("Төсөвт тусгав", 1, "9"))

    done = returned(root, content)

    (listed,) = done.updates[0].listed
    assert (listed.why, listed.address) == ("unclear", "council#waste, council#money")
    assert done.files == {}


@pytest.mark.parametrize(("page", "value"), [("Хүснэгт", 0.9), ("Өгөгдөл", 0.9), ("Өгөгдөл", "90%")])
def test_either_sheet_of_a_workbook_may_be_worked_on(office: Path, page: str, value: str | float) -> None:
    content = book_with(sheet(office, "xlsx"), page, "Цэвэрлэгээ", "Өөрийн үнэлгээ", value)

    done = returned(office, content, "sheet.xlsx")

    assert texts(done) == {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 90")}


def test_two_sheets_of_a_workbook_that_say_different_things_are_told(office: Path) -> None:
    content = book_with(sheet(office, "xlsx"), "Хүснэгт", "Цэвэрлэгээ", "Өөрийн үнэлгээ", 0.9)
    content = book_with(content, "Өгөгдөл", "Цэвэрлэгээ", "Өөрийн үнэлгээ", 0.7)

    done = returned(office, content, "sheet.xlsx")

    (listed,) = done.updates[0].listed
    assert (listed.why, listed.address, listed.ours, listed.theirs) == ("both-changed", "council#waste", "90", "70")
    assert done.files == {}


def test_records_may_say_a_state_and_a_reason(office: Path) -> None:
    content = book_with(sheet(office, "xlsx"), "Өгөгдөл", "Төсөвт", "Төлөв", "Хойшлогдсон")
    content = book_with(content, "Өгөгдөл", "Төсөвт", "Тайлбар", "Төсөв хүрэлцээгүй.")

    done = returned(office, content, "sheet.xlsx")

    assert edits(done) == [
        ("council#money", "state", None, "postponed"),
        ("council#money", "reason", None, "Төсөв хүрэлцээгүй."),
    ]


def test_a_report_of_a_new_period_makes_its_file(office: Path) -> None:
    content = worked_on(sheet(office), without_marks)

    done = returned(office, content, period="2024")

    (path,) = done.files
    assert (path, done.files[path][0]) == ("plans/council.2024.yaml", None)
    assert "Цэвэрлэгээ хийв." in texts(done)[path]


def test_a_file_is_of_the_plan_with_its_title(office: Path) -> None:
    content = worked_on(sheet(office), without_marks)
    other = PLAN.replace("id: council", "id: other")

    alone = returned(office, content)
    write(office, {"plans/other.yaml": other.replace("title: Тогтоолын", "title: Бусад тогтоолын")})
    still = returned(office, content)
    write(office, {"plans/other.yaml": other})
    unclear = returned(office, content)

    assert (alone.updates[0].plan, still.updates[0].plan) == ("council", "council")
    assert unclear.updates[0].refusal is not None
    assert returned(office, content, plan="plans/other.yaml", period="2022").updates[0].plan == "other"


def test_the_file_keeps_what_each_cell_said_when_it_was_built(office: Path) -> None:
    file = read(sheet(office), "sheet.docx")

    assert file.built.sheet == "council.2023.table"
    assert file.built.cells.keys() == {"council#waste", "council#money", "council#wells"}
    assert file.built.cells["council#waste"].keys() >= {"clause", "progress", "self", "superior"}


def test_the_command_shows_changes_before_it_makes_them(office: Path, planctl: Callable[..., Ran]) -> None:
    (office / "sheet.docx").write_bytes(worked_on(sheet(office), wrote("Цэвэрлэгээ", SELF, "90%")))
    path = office / "plans/council.2023.yaml"

    shown = planctl("import", "sheet.docx", "--update", "--dry-run", cwd=office)
    before = path.read_text("utf-8")
    ran = planctl("import", "sheet.docx", "--update", "--format", "json", cwd=office)

    assert (shown.code, before) == (0, ACTUALS)
    assert "council#waste self: 100 → 90" in shown.err + shown.out
    report = json.loads(ran.out)
    assert report["files"][0]["changes"][0] == {
        "path": "plans/council.2023.yaml",
        "address": "council#waste",
        "field": "self",
        "old": "100",
        "new": "90",
        "place": "table 1, row 4, column 6",
    }
    assert path.read_text("utf-8") == ACTUALS.replace("self: 100", "self: 90")


def test_a_conflict_ends_the_command_with_1(office: Path, planctl: Callable[..., Ran]) -> None:
    (office / "sheet.docx").write_bytes(worked_on(sheet(office), wrote("Цэвэрлэгээ", SELF, "90%")))
    write(office, {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 70")})

    ran = planctl("import", "sheet.docx", "--update", cwd=office)

    assert ran.code == 1
    assert "council#waste self" in ran.err + ran.out


def test_a_value_with_its_unit_is_kept_as_the_plan_writes_it(tmp_path: Path) -> None:
    files = measures_project()
    root = write(tmp_path, files)
    content = worked_on(built(root, "docx", "digital", "2025"), wrote("Цахим ур чадварын", 7, "12 удаа"))

    done = returned(root, content)

    changed = files["plans/digital.2025.yaml"].replace("reached: 10", "reached: 12")
    assert texts(done) == {"plans/digital.2025.yaml": changed}


def test_of_several_files_one_that_cannot_be_read_keeps_the_others_from_nothing(office: Path) -> None:
    good, bad = office / "good.docx", office / "bad.docx"
    good.write_bytes(worked_on(sheet(office), wrote("Цэвэрлэгээ", SELF, "90%")))
    bad.write_bytes(b"PK\x03\x04 none")

    done = update([(bad, "bad.docx"), (good, "good.docx")], office, Order())

    assert [one.refusal is None for one in done.updates] == [False, True]
    assert texts(done) == {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 90")}


def test_two_files_of_one_plan_are_taken_one_after_the_other(office: Path) -> None:
    first, second = office / "first.docx", office / "second.docx"
    first.write_bytes(worked_on(sheet(office), wrote("Цэвэрлэгээ", SELF, "90%")))
    second.write_bytes(worked_on(sheet(office), wrote("хоёр худаг", SELF, "70%")))

    done = update([(first, "first.docx"), (second, "second.docx")], office, Order())

    changed = ACTUALS.replace("self: 100", "self: 90").replace("self: 50", "self: 70")
    assert texts(done) == {"plans/council.2023.yaml": changed}
