"""`planctl fmt`: one hand for all files, and nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.authoring import formatting
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN = "plans/council.yaml"
ACTUALS = "plans/council.2023.yaml"

UNTIDY = """\
period:   2023
actuals: 'council'
# what was done


items:
    waste-1: {self: 100, progress: "Хийв: бүрэн"}   # both
    waste-2:
        self: 70
        progress: Төсөвт тусгав.
"""
TIDY = """\
actuals: council
period: 2023
# what was done

items:
  waste-1: {progress: "Хийв: бүрэн", self: 100}  # both
  waste-2:
    progress: Төсөвт тусгав.
    self: 70
"""


def test_an_untidy_file_is_written_again_and_the_others_are_not_touched(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, OFFICE, {ACTUALS: UNTIDY})
    before = (tmp_path / PLAN).stat().st_mtime_ns

    told = planctl("fmt", cwd=tmp_path)

    assert told == Ran(0, f"{ACTUALS}\n", "1 file was formatted\n")
    assert (tmp_path / ACTUALS).read_bytes().decode() == TIDY
    assert (tmp_path / PLAN).stat().st_mtime_ns == before
    assert planctl("fmt", cwd=tmp_path) == Ran(0, "", "0 files were formatted\n")


def test_check_lists_the_files_and_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {ACTUALS: UNTIDY})

    told = planctl("fmt", "--check", cwd=tmp_path)

    assert told == Ran(1, f"{ACTUALS}\n", "1 file would be formatted\n")
    assert (tmp_path / ACTUALS).read_bytes().decode() == UNTIDY
    assert planctl("fmt", "--check", PLAN, "planctl.yaml", cwd=tmp_path) == Ran(0, "", "0 files would be formatted\n")


def test_diff_shows_the_lines_and_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"planctl.yaml": OFFICE["planctl.yaml"].replace("place: Залаа", 'place:   "Залаа"')})

    told = planctl("fmt", "--diff", cwd=tmp_path)

    assert told.out.splitlines() == [
        "--- planctl.yaml",
        "+++ planctl.yaml",
        "@@ -1,6 +1,6 @@",
        " planctl: 1",
        " organisation: Залаа сумын Засаг даргын Тамгын газар",
        '-place:   "Залаа"',
        "+place: Залаа",
        " rubric: mn-2020",
        " signatories:",
        "   - caption: Хянасан",
    ]
    assert (told.code, told.err) == (0, "1 file would be formatted\n")
    assert planctl("fmt", "--diff", "--check", cwd=tmp_path).code == 1
    assert '"Залаа"' in (tmp_path / "planctl.yaml").read_text("utf-8")


def test_line_ends_and_the_byte_order_mark_are_made_alike(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    crlf = ("\ufeff" + OFFICE[PLAN]).replace("\n", "\r\n").encode()
    write(tmp_path, OFFICE, {PLAN: crlf})

    shown = planctl("fmt", "--diff", cwd=tmp_path)
    told = planctl("fmt", cwd=tmp_path)

    assert shown == Ran(0, "", f"{PLAN}: only the ends of its lines change\n1 file would be formatted\n")
    assert told == Ran(0, f"{PLAN}\n", "1 file was formatted\n")
    assert (tmp_path / PLAN).read_bytes() == OFFICE[PLAN].encode()


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("actuals: council\nperiod:   2023\nitems: [\n", "unclosed-bracket"),
        ("actuals: council\nperiod:   2023\nnote: Ажил: нэг\n", "colon-in-text"),
        ("actuals: council\nperiod:   2023\nperiod: 2024\n", "duplicate-key"),
        ("", "file-empty"),
        ("actuals: \x01\nperiod:   2023\n", "control-character"),
        ("actuals: council\nperiod:   2023\nnote: а\u2028б\n", "line-separator"),
        ("actuals: council\nperiod:   2023\n".encode("utf-16"), "not-utf8"),
        ("actuals: council\nperiod:   2023\nnote: Залаа\n".encode("cp1251"), "not-utf8"),
    ],
)
def test_a_file_that_cannot_be_read_as_it_stands_is_left_alone_and_the_others_are_formatted(
    planctl: Callable[..., Ran], tmp_path: Path, broken: str | bytes, code: str
) -> None:
    write(tmp_path, OFFICE, {ACTUALS: UNTIDY, "plans/broken.yaml": broken})

    told = planctl("fmt", cwd=tmp_path)

    assert (told.code, told.out) == (1, f"{ACTUALS}\n")
    assert told.err.startswith("plans/broken.yaml:")
    assert code in told.err
    assert told.err.endswith("1 file was formatted\n1 file has errors and stays as it is\n")
    assert (tmp_path / "plans/broken.yaml").read_bytes() == (broken if isinstance(broken, bytes) else broken.encode())


def test_what_does_not_fit_its_model_is_formatted_all_the_same(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {"planctl.yaml": "colour:  red\nplanctl:  7\n", "plans/a.yaml": "b:   1\na: 2\n"})

    told = planctl("fmt", cwd=tmp_path)

    assert (told.code, told.out) == (0, "planctl.yaml\nplans/a.yaml\n")
    assert (tmp_path / "planctl.yaml").read_bytes() == b"planctl: 7\ncolour: red\n"
    assert (tmp_path / "plans/a.yaml").read_bytes() == b"b: 1\na: 2\n"


def test_only_what_was_named_is_formatted(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {ACTUALS: UNTIDY, "planctl.yaml": "planctl:   1\n", "readme.yaml": "a:   1\n"})

    assert planctl("fmt", "plans", cwd=tmp_path).out == f"{ACTUALS}\n"
    assert (tmp_path / "planctl.yaml").read_bytes() == b"planctl:   1\n"
    none = "there is nothing to format here: these are no files of a plan\n"
    assert planctl("fmt", "readme.yaml", cwd=tmp_path) == Ran(0, "", none)


def test_a_link_to_a_file_stays_a_link(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"shared/a.yaml": UNTIDY})
    (tmp_path / ACTUALS).unlink()
    try:
        (tmp_path / ACTUALS).symlink_to(tmp_path / "shared" / "a.yaml")
    except OSError:
        pytest.skip("links may not be made here")

    planctl("fmt", cwd=tmp_path)

    assert (tmp_path / ACTUALS).is_symlink()
    assert (tmp_path / "shared" / "a.yaml").read_bytes().decode() == TIDY


def test_a_text_that_would_say_something_else_is_our_mistake_and_is_not_written(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, OFFICE, {ACTUALS: UNTIDY, "plans/year.yaml": "b:   2\n"})
    real = formatting.formatted
    monkeypatch.setattr(formatting, "formatted", lambda text, shape: real(text, shape).replace("  # both", ""))

    told = planctl("fmt", cwd=tmp_path)

    assert (told.code, told.out) == (3, "plans/year.yaml\n")
    assert f"UnprovenError: {ACTUALS}" in told.err
    assert "this is a mistake in planctl itself" in told.err
    assert (tmp_path / ACTUALS).read_bytes().decode() == UNTIDY


def test_what_planctl_writes_itself_is_in_this_form(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    planctl("init", ".", cwd=tmp_path)
    planctl("actuals", "new", "council", "--period", "2027", cwd=tmp_path)

    assert planctl("fmt", "--check", cwd=tmp_path) == Ran(0, "", "0 files would be formatted\n")


def test_a_copy_of_another_body_s_plan_stays_as_that_body_wrote_it(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    source = "source: {from: 'https://a.mn', digest: 'sha256:0'}"
    copy = f"id:   vision\nform: strategy\ntitle: Алсын хараа\n{source}\ngoals: []\n"
    write(tmp_path, OFFICE, {"plans/vision.yaml": copy})

    told = planctl("fmt", cwd=tmp_path)

    assert (told.code, told.out) == (0, "")
    assert (tmp_path / "plans/vision.yaml").read_text("utf-8") == copy


def test_links_in_a_row_stay_as_accepting_them_writes_them(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    plan = """\
form: strategy
id: province
title: Аймгийн төлөвлөгөө
goals:
  - number: 1
    title: Зорилго
    carries_out: [{item: vision#a, fingerprint: 0123456789ab}, {item: vision#b}]
    objectives: []
"""
    write(tmp_path, OFFICE, {"plans/province.yaml": plan})

    assert planctl("fmt", "--check", cwd=tmp_path) == Ran(0, "", "0 files would be formatted\n")
