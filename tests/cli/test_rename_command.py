"""`planctl rename`: an id changed everywhere, and nothing else by a single byte."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from projects import MEASURE_ENTRY, MEASURES
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLAN = "plans/council.yaml"
ACTUALS = "plans/council.2023.yaml"
NEXT = "plans/digital.yaml"

LINKED = (
    MEASURES.replace(
        "        text: Цахим", '        carried: {from: "council#waste-1", period: 2023}\n        text: Цахим'
    )
    .replace("title: Цахим", "notes: council#waste-1 гэж тэмдэглэв\ntitle: Цахим")
    .replace("- id: training", "# council#waste-1\n      - id: training")
)
PROJECT: Mapping[str, str] = {
    **OFFICE,
    NEXT: LINKED,
    "plans/digital.2025.yaml": MEASURE_ENTRY,
    "plans/half.yaml": "actuals: council\nperiod: 2024-H1\nitems:\n  'waste-1': # waste-1\n    self: 50\n",
}


def contents(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def test_an_item_is_renamed_in_its_plan_its_actuals_and_every_link(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, PROJECT)

    told = planctl("rename", "council#waste-1", "cleaning", cwd=tmp_path)

    assert told == Ran(
        0,
        "plans/council.2023.yaml:5:3: waste-1 → cleaning\n"
        "plans/council.yaml:11:17: waste-1 → cleaning\n"
        "plans/digital.yaml:11:25: council#waste-1 → council#cleaning\n"
        "plans/half.yaml:4:3: waste-1 → cleaning\n",
        "4 files were changed\n",
    )
    expected = dict(PROJECT)
    expected[ACTUALS] = expected[ACTUALS].replace("  waste-1:", "  cleaning:")
    expected[PLAN] = expected[PLAN].replace("id: waste-1", "id: cleaning")
    expected[NEXT] = expected[NEXT].replace('"council#waste-1"', '"council#cleaning"')
    expected["plans/half.yaml"] = expected["plans/half.yaml"].replace("'waste-1':", "'cleaning':")
    assert contents(tmp_path) == expected


def test_a_document_is_renamed_with_its_actuals_and_every_link(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, PROJECT)

    told = planctl("rename", "council", "assembly-2023", cwd=tmp_path)

    assert (told.code, told.err) == (0, "4 files were changed\n")
    expected = dict(PROJECT)
    expected[ACTUALS] = expected[ACTUALS].replace("actuals: council", "actuals: assembly-2023")
    expected[PLAN] = expected[PLAN].replace("id: council", "id: assembly-2023")
    expected[NEXT] = expected[NEXT].replace('"council#waste-1"', '"assembly-2023#waste-1"')
    expected["plans/half.yaml"] = expected["plans/half.yaml"].replace("actuals: council", "actuals: assembly-2023")
    assert contents(tmp_path) == expected


@pytest.mark.parametrize(("what", "new"), [("council#waste-1", "cleaning"), ("council", "assembly")])
def test_check_finds_afterwards_what_it_found_before(
    planctl: Callable[..., Ran], tmp_path: Path, what: str, new: str
) -> None:
    faulty = PROJECT[ACTUALS].replace("self: 100", "self: 95").replace("superior: 90", "superier: 90")
    write(tmp_path, PROJECT, {ACTUALS: faulty})
    before = planctl("check", cwd=tmp_path)

    planctl("rename", what, new, cwd=tmp_path)

    after = planctl("check", cwd=tmp_path)
    assert before.code == 1
    assert after.out.replace("cleaning", "waste-1").replace("assembly", "council") == before.out
    assert (after.code, after.err) == (before.code, before.err)


def test_a_dry_run_shows_the_same_and_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, PROJECT)

    told = planctl("rename", "council#waste-1", "cleaning", "--dry-run", cwd=tmp_path)
    done = planctl("rename", "council#waste-2", "waste-2b", "--dry-run", cwd=tmp_path / "plans")

    assert (told.code, told.out.count("\n"), told.err) == (0, 4, "4 files would be changed\n")
    assert (
        done.out == "plans/council.2023.yaml:11:3: waste-2 → waste-2b\nplans/council.yaml:16:17: waste-2 → waste-2b\n"
    )
    assert contents(tmp_path) == dict(PROJECT)


def test_line_ends_the_byte_order_mark_and_remarks_stay(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    # The id stands in the first line, in braces, and in a list that is written in brackets.
    actuals = (
        "\ufeff{actuals: council, period: 2023, items: {waste-1: {self:   100}, 'waste-2':{self: 70}}}  # waste-1\r"
    )
    plan = PROJECT[PLAN].replace("\n", "\r\n").replace("- id: waste-1", "- id:   waste-1   # waste-1")
    write(tmp_path, PROJECT, {ACTUALS: actuals.encode(), PLAN: plan.encode()})

    told = planctl("rename", "council#waste-1", "хог.1", cwd=tmp_path)

    assert told.code == 0
    assert contents(tmp_path)[ACTUALS] == actuals.replace("{waste-1:", "{хог.1:")
    assert contents(tmp_path)[PLAN] == plan.replace("id:   waste-1 ", "id:   хог.1 ")


@pytest.mark.parametrize(
    ("new", "written"),
    [
        ("null", '"null"'),
        ("a,b", "a,b"),
        ("a:", '"a:"'),
        ('"a', "'\"a'"),
        ("-", '"-"'),
        ("012", "012"),
        ("it's", "it's"),
    ],
)
def test_an_id_that_yaml_would_take_for_something_else_is_quoted(
    planctl: Callable[..., Ran], tmp_path: Path, new: str, written: str
) -> None:
    write(tmp_path, PROJECT)

    before = planctl("check", cwd=tmp_path)
    told = planctl("rename", "--", "council#waste-1", new, cwd=tmp_path)

    assert (told.code, told.err) == (0, "4 files were changed\n")
    assert f"- id: {written}\n" in contents(tmp_path)[PLAN]
    assert planctl("check", cwd=tmp_path).err == before.err


@pytest.mark.parametrize(
    ("what", "new", "told"),
    [
        ("council#waste-9", "a", "“council” has no item “waste-9”; did you mean “waste-3”?"),
        ("council#", "a", "“council” has no item “”"),
        ("concil#waste-1", "a", "there is no document “concil”; did you mean “council”?"),
        ("council#waste-1", "waste-2", "“waste-2” is taken: it stands in plans/council.yaml:16:13"),
        ("council#waste-1", "a", "“a” is taken: it stands in plans/half.yaml:6:3"),
        ("council#waste-1", "waste-1", "“waste-1” is its id already"),
        ("council#waste-1", "a b", "“a b” cannot be the id of an item: use up to 80 characters without spaces and `#`"),
        ("council#waste-1", "council#b", "“council#b” cannot be the id of an item: use up to 80 characters"),
        ("council#waste-1", "", "“” cannot be the id of an item: use up to 80 characters"),
        ("council", "digital", "“digital” is taken: it stands in plans/digital.yaml"),
        ("council", "Digital", "“Digital” is taken: it stands in plans/digital.yaml"),
        ("council", "gone", "“gone” is taken: it stands in plans/gone.yaml"),
        ("council", "office", "“office” cannot be the id of a document: use letters, digits"),
        ("council", "a#b", "“a#b” cannot be the id of a document: use letters, digits"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    planctl: Callable[..., Ran], tmp_path: Path, what: str, new: str, told: str
) -> None:
    half = PROJECT["plans/half.yaml"] + "  a:\n"
    write(tmp_path, PROJECT, {"plans/half.yaml": half, "plans/gone.yaml": "actuals: gone\nperiod: 2023\n"})
    before = contents(tmp_path)

    ran = planctl("rename", what, new, cwd=tmp_path)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"planctl: {told}")
    assert contents(tmp_path) == before


def test_a_document_may_change_the_case_of_its_id(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, PROJECT)

    assert planctl("rename", "council", "Council", cwd=tmp_path).code == 0
    assert "id: Council\n" in contents(tmp_path)[PLAN]


@pytest.mark.parametrize(
    "broken",
    [
        "actuals: council\nperiod: 2022\nitems:\n  waste-1: [\n",
        "actuals: council\nperiod: 2022\nitems:\n  waste-1:\n  waste-1:\n",
        b"actuals: council\nperiod: 2022\nitems:\n  waste-1: \xc7\xe0\n",
    ],
)
def test_nothing_is_written_while_a_file_that_names_the_id_cannot_be_read(
    planctl: Callable[..., Ran], tmp_path: Path, broken: str | bytes
) -> None:
    write(tmp_path, PROJECT, {"plans/broken.yaml": broken})

    told = planctl("rename", "council#waste-1", "cleaning", cwd=tmp_path)

    expected = "planctl: plans/broken.yaml has errors; `planctl check` shows them; nothing was written\n"
    assert told == Ran(2, "", expected)
    assert (tmp_path / PLAN).read_text("utf-8") == PROJECT[PLAN]


def test_a_broken_file_that_has_nothing_to_do_with_it_is_no_hindrance(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, PROJECT, {"plans/broken.yaml": "form: [\n"})

    assert planctl("rename", "council#waste-1", "cleaning", cwd=tmp_path).code == 0


def test_an_id_that_stands_twice_is_not_guessed_at(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, PROJECT, {PLAN: PROJECT[PLAN].replace("waste-2", "waste-1")})
    twice = planctl("rename", "council#waste-1", "cleaning", cwd=tmp_path)
    write(tmp_path, PROJECT, {"plans/second.yaml": PROJECT[PLAN]})
    documents = planctl("rename", "council", "assembly", cwd=tmp_path)

    where = "plans/council.yaml:11:17, plans/council.yaml:16:17"
    assert twice == Ran(2, "", f"planctl: “waste-1” stands several times: {where}; nothing was written\n")
    paths = "plans/council.yaml, plans/second.yaml"
    assert documents == Ran(2, "", f"planctl: “council” is the id of several documents: {paths}\n")


def test_an_id_with_an_escape_is_renamed_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, PROJECT, {ACTUALS: PROJECT[ACTUALS].replace("  waste-1:", '  "waste\\u002d1":')})

    assert planctl("rename", "council#waste-1", "cleaning", cwd=tmp_path).code == 0
    assert '  "cleaning":\n' in (tmp_path / ACTUALS).read_text("utf-8")


def test_where_one_file_cannot_be_written_the_others_get_their_old_content_back(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, PROJECT)
    real = Path.replace

    def failing(aside: Path, target: Path) -> Path:
        if target.name == "half.yaml":
            raise OSError(errno.ENOSPC, "disk full")
        return real(aside, target)

    monkeypatch.setattr(Path, "replace", failing)
    path = next(tmp_path.rglob("half.yaml")).as_posix()

    told = planctl("rename", "council#waste-1", "cleaning", cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: {path} cannot be written: No space left on device\n")
    assert contents(tmp_path) == dict(PROJECT)
