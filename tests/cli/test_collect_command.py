"""`planctl collect`: which files are written, what is said, and who has returned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "Хууль, эрх зүйн асуудал хариуцсан мэргэжилтэн 2023.xlsx"
NO_UNIT = OFFICE["plans/council.yaml"].replace("            units: [legal]\n", "")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return write(tmp_path, OFFICE)


def test_a_workbook_for_each_unit_is_written_and_named(planctl: Callable[..., Ran], office: Path) -> None:
    told = planctl("collect", "out", "--period", "2023", "--out", "sent", cwd=office)

    assert told == Ran(0, f"sent/{NAME}\n", "wrote 1 workbook\n")
    assert [path.name for path in (office / "sent").iterdir()] == [NAME]


def test_by_default_they_lie_in_a_folder_of_the_period(planctl: Callable[..., Ran], office: Path) -> None:
    planctl("collect", "out", "council", "--by", "unit", "--period", "2023", cwd=office / "plans")

    assert (office / "collect" / "2023" / NAME).is_file()


def test_the_same_project_gives_the_same_bytes(planctl: Callable[..., Ran], office: Path) -> None:
    planctl("collect", "out", "--period", "2023", "--out", "one", cwd=office)

    told = planctl("collect", "out", "--period", "2023", "--out", "one", cwd=office)
    planctl("collect", "out", "--period", "2023", "--out", "two", cwd=office)

    assert told == Ran(0, f"one/{NAME}\n", "wrote 0 workbooks\n")
    assert (office / "one" / NAME).read_bytes() == (office / "two" / NAME).read_bytes()


def test_a_workbook_that_says_something_else_is_only_written_over_on_request(
    planctl: Callable[..., Ran], office: Path
) -> None:
    there = office / "sent" / NAME
    write(office, {f"sent/{NAME}": "bytes of somebody"})

    told = planctl("collect", "out", "--period", "2023", "--out", "sent", cwd=office)

    assert told == Ran(
        2,
        "",
        f"planctl: sent/{NAME} is there already and says something else; --force writes over it; nothing was written\n",
    )
    assert there.read_bytes() == b"bytes of somebody"
    assert planctl("collect", "out", "--period", "2023", "--out", "sent", "--force", cwd=office).code == 0
    assert there.read_bytes().startswith(b"PK")


def test_items_without_a_unit_are_told_of(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.yaml": NO_UNIT})

    told = planctl("collect", "out", "--period", "2023", cwd=tmp_path)

    assert told.err == "2 items have no unit; they are in Нэгжгүй 2023.xlsx\nwrote 1 workbook\n"


REFUSED = {
    "out --period 2023 nobody": "planctl: there is no plan “nobody”; the plans are: council\n",
    "out --period 2023 --until 20-12-2023": (
        "planctl: --until: “20-12-2023” is not a date such as 2023-12-25; `planctl collect out --help` shows how\n"
    ),
    "out --period 2023 --by plan": ("planctl: --by: “plan” is none of unit; `planctl collect out --help` shows how\n"),
    "in gone.xlsx": "planctl: there is no file gone.xlsx\nnothing changes\n",
    "in plans": "planctl: plans has no workbooks (.xlsx, .ods)\n",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_what_cannot_be_done_is_told_in_a_line(planctl: Callable[..., Ran], office: Path, arguments: str) -> None:
    told = planctl("collect", *arguments.split(), cwd=office)

    assert (told.code, told.err) == (1 if "gone" in arguments else 2, REFUSED[arguments])


def test_where_nothing_is_to_be_reported_nothing_is_written(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {"planctl.yaml": OFFICE["planctl.yaml"]})

    told = planctl("collect", "out", "--period", "2023", cwd=tmp_path)

    assert told == Ran(2, "", "planctl: nothing is to be reported for 2023; nothing was written\n")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "plans/council.yaml",
            OFFICE["plans/council.yaml"].replace("            number: 2\n", "            nummer: 2\n"),
        ),
        ("plans/other.yaml", "form: resolutions\nid: [\n"),
        ("planctl.yaml", OFFICE["planctl.yaml"].replace("planctl: 1", "planctl: 9")),
    ],
)
def test_nothing_is_sent_out_that_rests_on_a_file_with_errors(
    planctl: Callable[..., Ran], tmp_path: Path, path: str, text: str
) -> None:
    write(tmp_path, OFFICE, {path: text})

    told = planctl("collect", "out", "--period", "2023", cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: {path} has errors; `planctl check` shows them\n")
    assert not (tmp_path / "collect").exists()


def test_strange_files_are_told_of_and_the_others_are_read(planctl: Callable[..., Ran], office: Path) -> None:
    planctl("collect", "out", "--period", "2023", "--out", "back", cwd=office)
    write(office, {"back/b.xlsx": b"PK\x03\x04 cut off", "back/~$a.xlsx": b"", "back/c.csv": b"a;b"})

    told = planctl("collect", "in", "back", cwd=office)

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 2)
    assert told.err.endswith("nothing changes\n")
    assert "back/b.xlsx" in told.err


# Who has returned


def test_the_status_tells_who_has_returned_what_was_refused_and_who_has_not(
    planctl: Callable[..., Ran], office: Path
) -> None:
    planctl("collect", "out", "--period", "2023", "--out", "sent", cwd=office)
    before = planctl("collect", "status", "--period", "2023", cwd=office)
    planctl("collect", "in", "sent", cwd=office)

    after = json.loads(planctl("collect", "status", "--period", "2023", "--format", "json", cwd=office).out)

    assert before.err == "1 unit has not returned its workbook\n"
    day = after["units"][0]["returned"].pop("date")
    assert len(day) == len("2023-12-25")
    assert after == {
        "period": "2023",
        "units": [
            {
                "unit": "legal",
                "name": "Хууль, эрх зүйн асуудал хариуцсан мэргэжилтэн",
                "items": 2,
                "reported": 2,
                "returned": {"files": [f"sent/{NAME}"], "cells": 0, "refused": None},
            }
        ],
        "unread": {},
    }


RECORD = """\
collected: 2023
returned:
  legal:
    files: [legal.xlsx]
    date: 2023-12-20
    cells: 7
    refused:
      - file: legal.xlsx
        place: Хүснэгт!M6
        code: collected-not-in-rubric
        problem: “95” is not a level; use 100, 90
unread:
  b.xlsx: b.xlsx is locked with a password
"""


@pytest.mark.parametrize("lang", ["mn", "en"])
def test_the_status_fits_a_terminal_of_80_columns(planctl: Callable[..., Ran], office: Path, lang: str) -> None:
    write(
        office,
        {
            "collected/2023.yaml": RECORD,
            "plans/council.yaml": OFFICE["plans/council.yaml"].replace(
                "            units: [legal]\n            deadline", "            deadline"
            ),
        },
    )

    told = planctl("collect", "status", "--period", "2023", cwd=office, lang=lang)

    table = told.out.splitlines()[:5]
    assert (told.code, max(map(len, table)) <= 80) == (0, True)
    assert told.out.endswith(
        "legal.xlsx: Хүснэгт!M6: collected-not-in-rubric: “95” is not a level; use 100, 90\n"
        "b.xlsx: b.xlsx is locked with a password\n"
    )
    if lang == "en":
        assert [line.split() for line in table[1:]] == [
            ["unit", "returned", "filled", "in", "reported", "refused"],
            ["Хууль,", "эрх", "зүйн", "асуудал", "хариуцсан", "2023-12-20", "7", "1", "/", "1", "1"],
            ["мэргэжилтэн"],
            ["Нэгжгүй", "-", "-", "1", "/", "1", "-"],
        ]


@pytest.mark.parametrize(
    "record", ["", "collected: 2022\n", "- a\n", b"\xff\xfe\x00", "collected: 2023\nreturned: {a: 1}\n"]
)
def test_a_record_that_cannot_be_understood_is_not_written_over(
    planctl: Callable[..., Ran], office: Path, record: str | bytes
) -> None:
    write(office, {"collected/2023.yaml": record})
    planctl("collect", "out", "--period", "2023", "--out", "sent", cwd=office)

    words = (
        "planctl: collected/2023.yaml cannot be understood; mend it, or remove it and run `planctl collect in` on the "
        "workbooks again\n"
    )
    for told in (
        planctl("collect", "in", "sent", cwd=office),
        planctl("collect", "status", "--period", "2023", cwd=office),
    ):
        assert (told.code, told.err) == (2, words)
