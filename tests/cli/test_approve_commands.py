"""`planctl approve`, `correct` and `waive`: what they write, what they tell, and when they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from approved import APPROVAL, FILES, PLAN, REPORT, approved, changed
from planctl.codes import approvals
from planctl.pipeline import load
from projects import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Ran

ACT = ("--act", "захирамж", "--by", "Сумын Засаг дарга", "--number", "А/12", "--date", "2024-01-15")
AGAIN = ("--reason", "Тооцооны алдаа", "--act", "захирамж", "--number", "А/20")
LOWER = ("    self: 100", "    self: 90")


def codes(root: Path) -> list[str]:
    known = {code.name for code in approvals.CODES}
    return [one.code for one in load(root).findings if one.code in known]


def test_approving_shows_and_writes_what_it_records(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    told = planctl("approve", "council", "--period", "2023", *ACT, cwd=write(tmp_path, FILES))

    assert (told.code, told.err) == (0, f"wrote {APPROVAL}\n")
    assert told.out.splitlines() == [
        "council 2023  Сумын Засаг дарга, захирамж, 2024-01-15, Дугаар А/12",
        "  self: 2 of 2 items scored, mean 170 / 2 = 85,0",
        "  superior: 2 of 2 items scored, mean 160 / 2 = 80,0",
        "  well  100  90",
        "  fence  70  70",
    ]
    written = (tmp_path / APPROVAL).read_text("utf-8")
    assert [
        line
        for line in written.splitlines()
        if not line.startswith(("#", "digest:", "plan:", "report:", "  well", "  fence"))
    ] == [
        "approval: council",
        "period: 2023",
        "act:",
        "  body: Сумын Засаг дарга",
        "  act: захирамж",
        "  number: А/12",
        "  date: 2024-01-15",
        "evaluations:",
        "  self:",
        "    items: 2",
        "    scored: 2",
        "    levels: {100: 1, 70: 1}",
        "    mean: 170/2",
        "  superior:",
        "    items: 2",
        "    scored: 2",
        "    levels: {90: 1, 70: 1}",
        "    mean: 160/2",
        "items:",
    ]
    assert codes(tmp_path) == []


def test_what_is_written_is_in_the_form_of_fmt_and_stays_so(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    planctl("approve", "council", "--period", "2023", *ACT, cwd=write(tmp_path, FILES))
    write(tmp_path, changed(FILES, REPORT, LOWER))
    first = planctl("fmt", "--check", "approvals", cwd=tmp_path)
    planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)
    second = planctl("fmt", "--check", "approvals", cwd=tmp_path)

    assert (first.code, second.code) == (0, 0)


def test_a_dry_run_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    told = planctl("approve", "council", "--period", "2023", *ACT, "--dry-run", cwd=write(tmp_path, FILES))

    assert (told.code, (tmp_path / "approvals").exists()) == (0, False)


def test_approving_twice_changes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    planctl("approve", "council", "--period", "2023", *ACT, cwd=write(tmp_path, FILES))
    before = (tmp_path / APPROVAL).read_bytes()
    told = planctl("approve", "council", "--period", "2023", *ACT, cwd=tmp_path)

    assert (told.code, told.err) == (0, f"{APPROVAL} approved this report already; nothing was written\n")
    assert (tmp_path / APPROVAL).read_bytes() == before


REFUSED = {
    "another approval": (
        changed(FILES, REPORT, LOWER),
        ("council", "--period", "2023", *ACT),
        (
            f"planctl: {APPROVAL} approved this report and says something else; "
            "`planctl correct` records what changed since"
        ),
    ),
    "no such plan": (
        FILES,
        ("counci", "--period", "2023", *ACT),
        "planctl: there is no plan “counci”; did you mean “council”?",
    ),
    "no such period": (
        FILES,
        ("council", "--period", "2022", *ACT),
        "planctl: “council” has no actuals for 2022; it has 2023",
    ),
    "an act of nothing": (
        FILES,
        ("council", "--period", "2023", "--act", " "),
        "planctl: --act: “” is no text that can be kept; `planctl approve --help` shows how",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_approved_is_told_in_one_line_and_nothing_is_written(
    case: str, planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    files, arguments, line = REFUSED[case]
    whole = {**approved(tmp_path), **files}
    told = planctl("approve", *arguments, cwd=write(tmp_path, whole))

    assert (told.code, told.out, told.err) == (2, "", f"{line}\n")
    assert (tmp_path / APPROVAL).read_text("utf-8") == whole[APPROVAL]


def test_a_plan_with_errors_is_not_approved(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = changed(FILES, REPORT, ("    self: 100", "    self: 95"))
    told = planctl("approve", "council", "--period", "2023", *ACT, cwd=write(tmp_path, files))

    assert (told.code, told.err) == (2, f"planctl: council 2023 has errors in {REPORT}; `planctl check` shows them\n")
    assert not (tmp_path / "approvals").exists()


def test_a_correction_records_the_score_and_the_mean_and_keeps_remarks(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    files = changed(approved(tmp_path), REPORT, LOWER)
    write(tmp_path, {**files, APPROVAL: f"{files[APPROVAL]}# эцсийн тэмдэглэл\n"})
    told = planctl("correct", "council#well", "--period", "2023", *AGAIN, cwd=tmp_path)

    assert (told.code, told.err) == (0, f"wrote {APPROVAL}\n")
    assert told.out.splitlines() == ["council#well  self: 100 → 90", "council  self: 170/2 → 160/2"]
    assert "# эцсийн тэмдэглэл" in (tmp_path / APPROVAL).read_text("utf-8")
    assert codes(tmp_path) == []


def test_the_mean_is_corrected_with_the_last_score(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    both = changed(approved(tmp_path), REPORT, LOWER, ("    self: 70", "    self: 50"))
    write(tmp_path, both)
    first = planctl("correct", "council#well", "--period", "2023", *AGAIN, cwd=tmp_path)
    second = planctl("correct", "council#fence", "--period", "2023", *AGAIN, cwd=tmp_path)

    assert first.out.splitlines() == ["council#well  self: 100 → 90"]
    assert second.out.splitlines() == ["council#fence  self: 70 → 50", "council  self: 170/2 → 140/2"]
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    "swap",
    [
        (PLAN, ("          - id: well\n            text: Худаг гаргах\n", "")),
        (
            PLAN,
            (
                "            text: Хашаа барих\n",
                "            text: Хашаа барих\n          - id: gate\n            text: Хаалга\n",
            ),
        ),
        (PLAN, ("title: Хурлын тогтоол", "title: Тогтоол")),
        (REPORT, ("Гурван", "Дөрвөн")),
        (REPORT, ("    self: 70\n    superior: 70\n", "    state: not-due\n    reason: Сунгасан\n")),
    ],
)
def test_a_correction_of_the_document_explains_all_that_differs(
    swap: tuple[str, tuple[str, str]], planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    path, words = swap
    files = changed(approved(tmp_path), path, words)
    if "id: well" in words[0]:
        files = changed(
            files,
            REPORT,
            (
                (
                    "  well:\n    progress: Гурван худаг гаргав.\n    self: 100\n    superior: 90\n"
                    "    reason: Нэг нь ус муутай.\n"
                ),
                "",
            ),
        )
    write(tmp_path, files)
    before = codes(tmp_path)
    told = planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)

    assert (bool(before), told.code, codes(tmp_path)) == (True, 0, [])


def test_nothing_is_corrected_where_nothing_differs(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = approved(tmp_path)
    told = planctl("correct", "council#well", "--period", "2023", *AGAIN, cwd=write(tmp_path, files))

    assert (told.code, told.err) == (0, "“council#well” is as it was approved; nothing was written\n")
    assert (tmp_path / APPROVAL).read_text("utf-8") == files[APPROVAL]


UNCORRECTED = {
    "no such item": ("council#wel", "“council” has no item “wel”; did you mean “well”?"),
    "no such plan": ("councl#well", "there is no plan “councl”; did you mean “council”?"),
}


@pytest.mark.parametrize("case", UNCORRECTED)
def test_what_cannot_be_corrected_is_told_in_one_line(case: str, planctl: Callable[..., Ran], tmp_path: Path) -> None:
    address, line = UNCORRECTED[case]
    told = planctl("correct", address, "--period", "2023", *AGAIN, cwd=write(tmp_path, approved(tmp_path)))

    assert (told.code, told.err) == (2, f"planctl: {line}\n")


def test_a_report_that_was_not_approved_is_not_corrected(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    told = planctl("correct", "council", "--period", "2023", *AGAIN, cwd=write(tmp_path, FILES))

    assert (told.code, told.err) == (2, "planctl: council 2023 was not approved; `planctl approve` does that\n")


def test_a_list_written_in_brackets_takes_a_waiver_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = changed(approved(tmp_path), REPORT, LOWER)
    old = "{item: fence, by: Хяналт, reason: Тоолно, until: 2999-01-01}"
    whole = {**files, APPROVAL: f"{files[APPROVAL]}waivers: [{old}]\n"}
    told = planctl(
        "waive",
        "council#well",
        "--period",
        "2023",
        "--reason",
        "а",
        "--by",
        "б",
        "--until",
        "2999-12-31",
        cwd=write(tmp_path, whole),
    )

    assert told.code == 0
    text = (tmp_path / APPROVAL).read_text("utf-8")
    assert text.startswith(files[APPROVAL])
    assert old in text
    assert "item: well" in text.removeprefix(files[APPROVAL])


def test_a_waiver_gives_leave_until_its_day(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, changed(approved(tmp_path), REPORT, LOWER))
    arguments = ("--period", "2023", "--reason", "Дахин тоолно", "--by", "Хяналтын алба", "--until", "2999-12-31")
    told = planctl("waive", "council#well", *arguments, cwd=tmp_path)

    assert told.code == 0
    assert told.err.splitlines() == [
        "“council#well” may differ from what was approved until 2999-12-31",
        f"wrote {APPROVAL}",
    ]
    assert (
        (tmp_path / APPROVAL)
        .read_text("utf-8")
        .endswith("waivers:\n  - item: well\n    by: Хяналтын алба\n    reason: Дахин тоолно\n    until: 2999-12-31\n")
    )
    assert codes(tmp_path) == []


def test_a_waiver_does_not_end_before_today(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    arguments = ("--period", "2023", "--reason", "а", "--by", "б", "--until", "2001-12-31")
    told = planctl("waive", "council#well", *arguments, cwd=write(tmp_path, approved(tmp_path)))

    assert (told.code, told.err) == (2, "planctl: 2001-12-31 has passed; a waiver ends today or later\n")


def test_line_ends_of_windows_stay(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, changed(approved(tmp_path), REPORT, LOWER))
    path = tmp_path / APPROVAL
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    told = planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)

    content = path.read_bytes()
    assert (told.code, content.count(b"\n")) == (0, content.count(b"\r\n"))
    assert codes(tmp_path) == []


def test_an_id_is_renamed_in_the_approval_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, changed(approved(tmp_path), REPORT, LOWER))
    planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)
    item = planctl("rename", "council#well", "new-well", cwd=tmp_path)
    document = planctl("rename", "council", "khural", cwd=tmp_path)

    assert (item.code, document.code, codes(tmp_path)) == (0, 0, [])
    assert "item: new-well" in (tmp_path / APPROVAL).read_text("utf-8")


def test_a_score_is_explained_with_its_approval_and_correction(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, changed(approved(tmp_path), REPORT, LOWER))
    planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)
    told = planctl("explain", "council#well", cwd=tmp_path)

    assert told.out.splitlines()[-3:] == [
        f"Approved: Сумын Засаг дарга, захирамж, Дугаар А/12  {APPROVAL}",
        "  recorded: 100, 90",
        "  corrected: self: 100 → 90; Тооцооны алдаа; захирамж, Дугаар А/20",
    ]
