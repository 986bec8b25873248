"""What workbooks come back with: what is taken into the YAML, and what is reported at its cell and left as it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from departments import (
    COUNCIL,
    FINANCE,
    LEGAL,
    OFFICE,
    At,
    Formula,
    column_of,
    edited,
    filled,
    pages,
    place_of,
    row_of,
    sent,
)

from planctl.codes import collecting
from running import Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from openpyxl.workbook import Workbook

PROGRESS: At = ("council#waste", "", "progress")
SELF: At = ("council#waste", "", "self")
STATE: At = ("council#waste", "", "state")
TIMES: At = ("digital#training", "times", "reached")
PEOPLE: At = ("digital#training", "people", "reached")
COUNCIL_FILE, DIGITAL_FILE = "plans/council.2023.yaml", "plans/digital.2023.yaml"


@pytest.fixture
def office(planctl: Callable[..., Ran], tmp_path: Path) -> Path:
    """An office whose workbooks are out."""
    sent(planctl, write(tmp_path, OFFICE))
    return tmp_path


@pytest.fixture
def back(planctl: Callable[..., Ran], office: Path) -> Callable[..., Ran]:
    """A function that has a unit's workbook come back with these cells filled in."""

    def come_back(answers: Mapping[At, object], *options: str, name: str = LEGAL) -> Ran:
        content = (office / "collect" / "2023" / name).read_bytes()
        (office / "back.xlsx").write_bytes(filled(content, answers))
        return planctl("collect", "in", "back.xlsx", *options, cwd=office)

    return come_back


def made(office: Path, name: str = LEGAL) -> bytes:
    return (office / "collect" / "2023" / name).read_bytes()


def yaml(office: Path, path: str = COUNCIL_FILE) -> str:
    return (office / path).read_bytes().decode()


def codes(told: Ran) -> list[str]:
    """Return the findings of a run: place and code."""
    parts = (line.split(": error: ") for line in told.out.splitlines() if ": error: " in line)
    return [f"{place} {rest.split(':')[0]}" for place, rest in parts]


# What is taken


def test_answers_go_into_the_file_of_the_period_and_its_remarks_stay(back: Callable[..., Ran], office: Path) -> None:
    told = back({PROGRESS: "Гурван удаа цэвэрлэв.\n\n- 40 хүн", SELF: 90, ("council#waste", "", "reason"): "=2+3"})

    assert told == Ran(
        0,
        "council#waste progress: «Хоёр удаа цэвэрлэв.» → «Гурван удаа цэвэрлэв. - 40 хүн»\n"
        "council#waste reason: - → «=2+3»\n"
        "council#waste self: - → «90»\n",
        f"changed 3 fields in {COUNCIL_FILE}\n",
    )
    assert (
        yaml(office)
        == """\
# Хурлын шийдвэрийн биелэлт
actuals: council
period: 2023
items:
  waste:   # хавар эхэлсэн
    progress: |-
      Гурван удаа цэвэрлэв.

      - 40 хүн
    self: 90
    reason: =2+3
"""
    )


def test_a_period_that_nobody_has_begun_gets_its_file(back: Callable[..., Ran], office: Path) -> None:
    told = back({("digital#training", "times", "reached"): 9, PEOPLE: 310, ("digital#training", "times", "self"): 90})

    assert (told.code, told.err) == (0, f"changed 3 fields in {DIGITAL_FILE}\n")
    lines = [line for line in yaml(office, DIGITAL_FILE).splitlines() if line.strip() and "#" not in line]
    assert lines == [
        "actuals: digital",
        "period: 2023",
        "date:",
        "items:",
        "  training:",
        "    progress:",
        "    reached:",
        "      times: 9",
        "      people: 310",
        "    self: 90",
    ]


def test_percent_signs_states_in_words_and_proofs_are_read(back: Callable[..., Ran], office: Path) -> None:
    told = back(
        {
            SELF: "70%",
            ("council#waste", "", "evidence"): "https://example.mn/a — Зураг\nТушаал 12",
        }
    )
    assert told.code == 0
    told = back(
        {("council#fee", "", "state"): " хугацаа  болоогүй", ("council#fee", "", "reason"): "Эхлээгүй"}, name=FINANCE
    )

    assert told.code == 0
    assert yaml(office).endswith("""\
    self: 70
    evidence:
      - url: https://example.mn/a
        title: Зураг
      - document:
          title: Тушаал 12
  fee:
    state: not-due
    reason: Эхлээгүй
""")


def test_what_excel_makes_of_typed_values_is_read_as_what_was_typed(planctl: Callable[..., Ran], office: Path) -> None:
    def show_otherwise(book: Workbook) -> None:
        for at, look in ((SELF, "0%"), (TIMES, "0%"), (PEOPLE, "d-mmm")):
            sheet, row = row_of(book, at[0], at[1])
            sheet.cell(row, column_of(sheet, at[2])).number_format = look

    content = filled(made(office), {SELF: 0.9, TIMES: 0.955, PEOPLE: date(2023, 2, 3)})
    (office / "back.xlsx").write_bytes(edited(content, show_otherwise))

    told = planctl("collect", "in", "back.xlsx", "--dry-run", cwd=office)

    assert codes(told) == [f"back.xlsx: {place_of(made(office), PEOPLE)} collected-not-a-number"]
    assert told.out.splitlines()[0].endswith("“2023-02-03” is not a number, and the target is one")
    assert told.out.endswith("council#waste self: - → «90»\ndigital#training reached.times: - → «95.5%»\n")


def test_nothing_is_written_in_a_dry_run(back: Callable[..., Ran], office: Path) -> None:
    told = back({SELF: 90}, "--dry-run")

    assert told == Ran(0, "council#waste self: - → «90»\n", f"1 field would change in {COUNCIL_FILE}\n")
    assert (yaml(office), (office / "collected").exists()) == (OFFICE[COUNCIL_FILE], False)


def test_a_workbook_that_says_nothing_new_changes_nothing(back: Callable[..., Ran], office: Path) -> None:
    assert back({}) == Ran(0, "", "nothing changes\n")
    assert yaml(office) == OFFICE[COUNCIL_FILE]


def test_reading_a_workbook_twice_is_like_reading_it_once(back: Callable[..., Ran], office: Path) -> None:
    back({PROGRESS: "Таван удаа цэвэрлэв."})
    once = yaml(office)

    assert (back({PROGRESS: "Таван удаа цэвэрлэв."}), yaml(office)) == (Ran(0, "", "nothing changes\n"), once)


def test_a_cell_that_was_filled_in_when_sent_and_is_empty_now_is_taken_out(
    back: Callable[..., Ran], office: Path
) -> None:
    told = back({PROGRESS: None, SELF: 0})

    assert told.out == "council#waste progress: «Хоёр удаа цэвэрлэв.» → -\ncouncil#waste self: - → «0»\n"
    assert yaml(office).endswith("  waste:   # хавар эхэлсэн\n    self: 0\n")


def test_a_cell_that_was_never_filled_in_takes_nothing_out(back: Callable[..., Ran], office: Path) -> None:
    written = OFFICE[COUNCIL_FILE] + "    self: 50\n"
    (office / COUNCIL_FILE).write_text(written, encoding="utf-8", newline="\n")

    assert (back({}), yaml(office)) == (Ran(0, "", "nothing changes\n"), written)


def test_what_both_have_written_the_same_is_no_conflict(back: Callable[..., Ran], office: Path) -> None:
    (office / COUNCIL_FILE).write_text(OFFICE[COUNCIL_FILE] + "    self: 50%\n", encoding="utf-8", newline="\n")

    assert back({SELF: 50}) == Ran(0, "", "nothing changes\n")


def test_windows_line_ends_stay(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    content = OFFICE[COUNCIL_FILE].replace("\n", "\r\n").encode()
    folder = sent(planctl, write(tmp_path, OFFICE, {COUNCIL_FILE: content}))
    (tmp_path / "b.xlsx").write_bytes(filled((folder / LEGAL).read_bytes(), {SELF: 90}))

    planctl("collect", "in", "b.xlsx", cwd=tmp_path)

    assert (tmp_path / COUNCIL_FILE).read_bytes() == content + b"    self: 90\r\n"


# What is not taken


def take_out_hidden_sheet(book: Workbook) -> None:
    del book["planctl"]


def change_the_clause(book: Workbook) -> None:
    sheet, row = row_of(book, "council#waste")
    sheet.cell(row, column_of(sheet, "clause")).value = "Өөр ажил"


def forget_the_address(book: Workbook) -> None:
    sheet, row = row_of(book, "council#waste")
    sheet.cell(row, 1).value = None


def name_another_item(book: Workbook) -> None:
    sheet, row = row_of(book, "council#waste")
    sheet.cell(row, 1).value = "council#gone"


def copy_the_row(book: Workbook) -> None:
    sheet, row = row_of(book, "council#waste")
    last = sheet.max_row + 1
    for at in range(1, sheet.max_column + 1):
        sheet.cell(last, at).value = sheet.cell(row, at).value


EDITS: Mapping[str, tuple[Callable[[Workbook], None], str]] = {
    "no-collect-workbook": (take_out_hidden_sheet, ":1:1"),
    "collected-locked-cell": (change_the_clause, ": 'Хурлын тогтоолын хэрэгжилт'!I6"),
    "collected-row-without-address": (forget_the_address, ": 'Хурлын тогтоолын хэрэгжилт'!F6"),
    "collected-unknown-item": (name_another_item, ": 'Хурлын тогтоолын хэрэгжилт'!F6"),
    "collected-duplicate-row": (copy_the_row, ": 'Хурлын тогтоолын хэрэгжилт'!F7"),
}


@pytest.mark.parametrize("code", EDITS)
def test_a_row_that_is_not_as_it_was_made_is_reported_and_left(
    planctl: Callable[..., Ran], office: Path, code: str
) -> None:
    edit, place = EDITS[code]
    content = filled(made(office), {SELF: 90})
    (office / "back.xlsx").write_bytes(edited(content, edit))

    told = planctl("collect", "in", "back.xlsx", cwd=office)

    assert (told.code, codes(told)) == (1, [f"back.xlsx{place} {code}"])
    assert yaml(office) == OFFICE[COUNCIL_FILE]


VALUES: Mapping[str, Mapping[At, object]] = {
    "collected-not-in-rubric": {SELF: 95},
    "collected-unknown-state": {STATE: "Эхэлсэн"},
    "collected-not-a-number": {PEOPLE: "олон хүн"},
    "collected-formula": {PROGRESS: Formula("=Заавар!A1")},
}


@pytest.mark.parametrize("code", VALUES)
def test_a_value_that_does_not_fit_is_reported_at_its_cell_and_the_others_are_taken(
    back: Callable[..., Ran], office: Path, code: str
) -> None:
    ((at, value),) = VALUES[code].items()

    told = back({at: value, ("council#waste", "", "reason"): "Цас орсон"})

    assert (told.code, codes(told)) == (1, [f"back.xlsx: {place_of(made(office), at)} {code}"])
    assert yaml(office) == OFFICE[COUNCIL_FILE] + "    reason: Цас орсон\n"


def test_so_many_formulas_without_a_value_that_they_are_only_counted_refuse_the_file(
    planctl: Callable[..., Ran], office: Path
) -> None:
    def add_formulas(book: Workbook) -> None:
        for row in range(100, 130):
            pages(book)[0].cell(row, 20).value = "=A1"

    (office / "back.xlsx").write_bytes(edited(filled(made(office), {SELF: 90}), add_formulas))

    told = planctl("collect", "in", "back.xlsx", cwd=office)

    assert (told.code, codes(told)[-1]) == (1, "back.xlsx:1:1 collected-too-many-remarks")
    assert yaml(office) == OFFICE[COUNCIL_FILE]


def test_a_workbook_older_than_the_plan_is_not_taken_for_the_changed_item(
    back: Callable[..., Ran], office: Path
) -> None:
    (office / "plans/council.yaml").write_text(
        COUNCIL.replace("Цэвэрлэгээ зохион байгуулах", "Цэвэрлэгээг хоёр удаа зохион байгуулах"), encoding="utf-8"
    )

    told = back({SELF: 90, PEOPLE: 310})

    assert (told.code, codes(told)) == (1, ["back.xlsx: 'Хурлын тогтоолын хэрэгжилт'!F6 collected-older-than-plan"])
    assert (yaml(office), "people: 310" in yaml(office, DIGITAL_FILE)) == (OFFICE[COUNCIL_FILE], True)


def test_a_workbook_of_another_period_is_refused_whole(back: Callable[..., Ran], office: Path) -> None:
    told = back({SELF: 90}, "--period", "2023-H1")

    assert (told.code, codes(told)) == (1, ["back.xlsx:1:1 collected-other-period"])
    assert yaml(office) == OFFICE[COUNCIL_FILE]


def test_where_the_project_changed_since_and_says_otherwise_nobody_is_preferred(
    back: Callable[..., Ran], office: Path
) -> None:
    changed = OFFICE[COUNCIL_FILE].replace("Хоёр удаа", "Дөрвөн удаа")
    (office / COUNCIL_FILE).write_text(changed, encoding="utf-8", newline="\n")

    for answer in ("Таван удаа цэвэрлэв.", None):
        told = back({PROGRESS: answer})

        assert (told.code, codes(told)) == (1, [f"back.xlsx: {place_of(made(office), PROGRESS)} collected-conflict"])
        assert yaml(office) == changed


def test_two_workbooks_that_say_different_things_of_an_item_are_both_left(
    planctl: Callable[..., Ran], office: Path
) -> None:
    (office / "a.xlsx").write_bytes(filled(made(office), {SELF: 90, PEOPLE: 310}))
    (office / "b.xlsx").write_bytes(filled(made(office, FINANCE), {SELF: 70}))

    told = planctl("collect", "in", "a.xlsx", "b.xlsx", cwd=office)

    assert (told.code, codes(told)) == (1, [f"b.xlsx: {place_of(made(office, FINANCE), SELF)} collected-two-answers"])
    assert (yaml(office), "people: 310" in yaml(office, DIGITAL_FILE)) == (OFFICE[COUNCIL_FILE], True)


def test_what_the_check_would_refuse_is_reported_at_its_cell(back: Callable[..., Ran], office: Path) -> None:
    told = back({SELF: 90, STATE: "Хугацаа болоогүй", PEOPLE: 310})

    assert (told.code, codes(told)) == (1, [f"back.xlsx: {place_of(made(office), SELF)} score-with-state"])
    assert (yaml(office), "people: 310" in yaml(office, DIGITAL_FILE)) == (OFFICE[COUNCIL_FILE], True)


def test_a_report_that_cannot_be_read_is_left_alone(back: Callable[..., Ran], office: Path) -> None:
    (office / COUNCIL_FILE).write_text("actuals: council\nperiod: 2023\nitems: {waste: [\n", encoding="utf-8")

    told = back({SELF: 90, PEOPLE: 310})

    assert told == Ran(
        2, "", f"planctl: {COUNCIL_FILE}:3:8 has errors; `planctl check` shows them; nothing was written\n"
    )
    assert not (office / DIGITAL_FILE).exists()


def test_every_code_of_collecting_has_a_case_here() -> None:
    others = {
        "collected-too-many-remarks",
        "collected-older-than-plan",
        "collected-other-period",
        "collected-conflict",
        "collected-two-answers",
    }

    assert {*EDITS, *VALUES} | others == {code.name for code in collecting.CODES}
