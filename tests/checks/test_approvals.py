"""Each code about approved reports: what earns it, with its place and words, and what does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from approved import APPROVAL, FILES, PLAN, REPORT, approved, changed
from planctl.codes import approvals
from planctl.pipeline import load as load_folder
from projects import place, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project

Change = tuple[str, tuple[str, str]]
DAY = date(2024, 6, 15)


def loaded(root: Path, files: Mapping[str, str]) -> Project:
    return load_folder(write(root, files), today=DAY)


def found(root: Path, files: Mapping[str, str]) -> list[Diagnostic]:
    codes = {code.name for code in approvals.CODES}
    return [one for one in loaded(root, files).findings if one.code in codes]


def with_entries(files: Mapping[str, str], entries: str) -> dict[str, str]:
    return {**files, APPROVAL: f"{files[APPROVAL]}\n{entries}"}


def correction(old: str, new: str, item: str = "well", what: str = "self") -> str:
    return f"""\
corrections:
  - item: {item}
    what: {what}
    old: {old}
    new: {new}
    reason: Тооцооны алдаа
    act: {{act: захирамж, number: А/20}}
"""


def waiver(until: str, item: str = "item: well, ") -> str:
    return f"waivers:\n  - {{{item}by: Хяналтын алба, reason: Дахин тоолж байна, until: {until}}}\n"


LOWER = ("    self: 100", "    self: 90")
MEAN = """\
  - what: self
    old: 170/2
    new: 160/2
    reason: Тооцооны алдаа
    act: {act: захирамж, number: А/20}
"""
HOW = {"period": "2023", "address": "council#well"}


@dataclass(frozen=True)
class Case:
    change: Callable[[Mapping[str, str]], Mapping[str, str]]
    place: str
    values: Mapping[str, str]


CASES: Mapping[str, Case] = {
    "approved-score-fell": Case(
        lambda files: changed(files, REPORT, LOWER),
        f"{REPORT}:7:11",
        {"id": "well", "evaluation": "self", "old": "100", "new": "90", **HOW},
    ),
    "approved-score-changed": Case(
        lambda files: changed(files, REPORT, ("    superior: 90", "    superior: 100")),
        f"{REPORT}:8:15",
        {"id": "well", "evaluation": "superior", "old": "90", "new": "100", **HOW},
    ),
    "approved-text-changed": Case(
        lambda files: changed(files, PLAN, ("Худаг гаргах\n", "Нэг худаг гаргах\n")),
        f"{PLAN}:11:13",
        {"id": "well", **HOW},
    ),
    "approved-item-removed": Case(
        lambda files: changed(
            files, PLAN, ("            text: Худаг", "            reported: false\n            text: Худаг")
        ),
        f"{PLAN}:11:13",
        {"id": "well", **HOW},
    ),
    "approved-item-added": Case(
        lambda files: changed(
            changed(
                files,
                PLAN,
                (
                    "            text: Хашаа барих\n",
                    "            text: Хашаа барих\n          - id: gate\n            text: Хаалга\n",
                ),
            ),
            REPORT,
            ("  fence:", "  gate:\n    progress: Хийв.\n    self: 100\n    superior: 100\n  fence:"),
        ),
        f"{PLAN}:15:13",
        {"id": "gate", "period": "2023", "address": "council#gate"},
    ),
    "approved-mean-changed": Case(
        lambda files: changed(
            files,
            APPROVAL,
            ("    mean: 170/2", "    mean: 180/2"),
        ),
        f"{PLAN}:1:1",
        {"id": "council", "evaluation": "self", "old": "180/2", "new": "170/2", "period": "2023", "address": "council"},
    ),
    "correction-mismatch": Case(
        lambda files: with_entries(changed(files, REPORT, LOWER), correction("70", "90")),
        f"{APPROVAL}:29:10",
        {"old": "70", "recorded": "100"},
    ),
    "correction-not-in-source": Case(
        lambda files: with_entries(changed(files, REPORT, LOWER), correction("100", "70")),
        f"{REPORT}:7:11",
        {"id": "well", "old": "70", "new": "90", **HOW},
    ),
    "waiver-expired": Case(
        lambda files: with_entries(files, waiver("2024-06-14")),
        f"{APPROVAL}:27:71",
        {"until": "2024-06-14"},
    ),
    "approval-edited": Case(
        lambda files: changed(files, APPROVAL, ("number: А/12", "number: А/13")), f"{APPROVAL}:8:9", {}
    ),
    "approval-without-report": Case(
        lambda files: changed(files, APPROVAL, ("period: 2023", "period: 2022")),
        f"{APPROVAL}:3:9",
        {"document": "council", "period": "2022", "known": "2023"},
    ),
    "duplicate-approval": Case(
        lambda files: {**files, "approvals/other.yaml": files[APPROVAL]},
        "approvals/other.yaml:2:11",
        {"document": "council", "period": "2023", "other": APPROVAL},
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_what_is_not_as_approved_is_an_error_with_its_place_and_words(code: str, tmp_path: Path) -> None:
    case = CASES[code]
    files = approved(tmp_path, FILES)

    (one,) = [one for one in found(tmp_path, case.change(files)) if one.code == code]

    values = {name: text for name, text in one.values if name in case.values}
    assert (str(one.span), values, one.is_error) == (case.place, dict(case.values), True)


def test_every_code_of_approvals_has_a_case() -> None:
    assert set(CASES) == {code.name for code in approvals.CODES}


def test_an_approved_report_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, approved(tmp_path)) == []


@pytest.mark.parametrize(
    ("path", "swap"),
    [
        (REPORT, ("    self: 100\n    superior: 90\n", "    # шалгасан\n    superior: '90'\n    self: 100%\n")),
        (REPORT, ("progress: Гурван худаг гаргав.", "progress: |\n      Гурван худаг гаргав.\n")),
        (PLAN, ("title: Худаг гаргах тухай", 'title: "Худаг гаргах тухай"   # тогтоол')),
        (PLAN, ("id: council\n", "id: council\nnotes: Хуулж авав.\n")),
    ],
)
def test_formatting_remarks_and_the_order_of_keys_are_no_change(
    path: str, swap: tuple[str, str], tmp_path: Path
) -> None:
    assert found(tmp_path, changed(approved(tmp_path), path, swap)) == []


@pytest.mark.parametrize(
    ("path", "swap", "codes"),
    [
        (PLAN, ("title: Худаг гаргах тухай", "title: Худаг, ус"), [("approved-text-changed", f"{PLAN}:2:5")]),
        (PLAN, ("title: Хурлын тогтоол", "title: Тогтоол"), [("approved-text-changed", f"{PLAN}:2:5")]),
        (REPORT, ("date: 2023-12-25", "date: 2023-12-26"), [("approved-text-changed", f"{REPORT}:2:9")]),
        (REPORT, ("Гурван", "Дөрвөн"), [("approved-text-changed", f"{REPORT}:6:15")]),
        (REPORT, ("Нэг нь", "Хоёр нь"), [("approved-text-changed", f"{REPORT}:6:15")]),
        (
            REPORT,
            ("    self: 70\n    superior: 70\n", "    state: not-due\n    reason: Сунгасан\n"),
            [
                ("approved-text-changed", f"{REPORT}:11:15"),
                ("approved-score-changed", f"{REPORT}:11:5"),
                ("approved-score-changed", f"{REPORT}:11:5"),
            ],
        ),
    ],
)
def test_every_other_change_is_told_where_it_stands(
    path: str, swap: tuple[str, str], codes: list[tuple[str, str]], tmp_path: Path
) -> None:
    told = [(one.code, str(one.span)) for one in found(tmp_path, changed(approved(tmp_path), path, swap))]

    assert sorted(told) == sorted(codes)


def test_a_score_that_does_not_fit_is_told_once(tmp_path: Path) -> None:
    files = changed(approved(tmp_path), REPORT, ("    self: 100", "    self: зуу"))

    assert [place(one) for one in loaded(tmp_path, files).findings if one.is_error] == [f"{REPORT}:7:11 not-a-score"]


def test_a_correction_of_score_and_mean_explains_a_fall(tmp_path: Path) -> None:
    files = changed(approved(tmp_path), REPORT, LOWER)

    assert found(tmp_path, with_entries(files, correction("100", "90") + MEAN)) == []


def test_a_correction_of_the_score_alone_leaves_the_mean_to_be_corrected(tmp_path: Path) -> None:
    files = with_entries(changed(approved(tmp_path), REPORT, LOWER), correction("100", "90"))

    assert [one.code for one in found(tmp_path, files)] == ["approved-mean-changed"]


def test_a_further_correction_begins_with_what_the_first_one_left(tmp_path: Path) -> None:
    files = changed(approved(tmp_path), REPORT, ("    self: 100", "    self: 70"))
    second = correction("90", "70").partition("\n")[2] + MEAN.replace("160/2", "140/2")

    assert found(tmp_path, with_entries(files, correction("100", "90") + second)) == []


@pytest.mark.parametrize("item", ["item: well, ", ""])
def test_a_waiver_gives_leave_to_its_last_day(item: str, tmp_path: Path) -> None:
    files = changed(approved(tmp_path), REPORT, LOWER)

    assert found(tmp_path, with_entries(files, waiver("2024-06-15", item))) == []


CORRECTED = f"{correction('100', '90')}{MEAN}"


def test_a_score_that_differs_after_a_correction_of_the_mean_is_told_once(tmp_path: Path) -> None:
    files = changed(approved(tmp_path), REPORT, LOWER, ("    self: 70", "    self: 50"))

    assert [place(one) for one in found(tmp_path, with_entries(files, CORRECTED))] == [
        f"{REPORT}:12:11 approved-score-fell"
    ]


def test_a_waiver_covers_the_mean_that_was_corrected_before(tmp_path: Path) -> None:
    files = changed(approved(tmp_path), REPORT, LOWER, ("    self: 70", "    self: 50"))

    assert found(tmp_path, with_entries(files, CORRECTED + waiver("2024-06-15", "item: fence, "))) == []


def test_a_waiver_of_another_item_gives_no_leave(tmp_path: Path) -> None:
    files = with_entries(changed(approved(tmp_path), REPORT, LOWER), waiver("2024-06-15", "item: fence, "))

    assert [one.code for one in found(tmp_path, files)] == ["approved-score-fell"]


def test_after_its_last_day_a_waiver_and_what_it_hid_are_told(tmp_path: Path) -> None:
    files = with_entries(changed(approved(tmp_path), REPORT, LOWER), waiver("2024-06-14"))

    assert [one.code for one in found(tmp_path, files)] == ["waiver-expired", "approved-score-fell"]


def test_an_evaluation_that_begins_after_the_approval_is_not_held_against_it(tmp_path: Path) -> None:
    later = "    superior: 90\n    reason: Нэг нь ус муутай.\n"
    before = changed(FILES, REPORT, (later, ""), ("    superior: 70\n", ""))
    files = approved(tmp_path, before)

    assert found(tmp_path, {**files, REPORT: FILES[REPORT]}) == []


@pytest.mark.parametrize(
    ("swap", "expected"),
    [
        (("    mean: 170/2", "    mean: [170]"), f"{APPROVAL}:14:11 expected-text"),
        (("digest: ", "digets: "), f"{APPROVAL}:8:1 unknown-key"),
        (("period: 2023", "period: одоо"), f"{APPROVAL}:3:9 not-a-period"),
        (("items:\n  well:", "items:\n  well: 5 #"), f"{APPROVAL}:23:9 expected-mapping"),
    ],
)
def test_an_approval_that_does_not_fit_is_told_and_nothing_is_held_against_it(
    swap: tuple[str, str], expected: str, tmp_path: Path
) -> None:
    files = changed(changed(approved(tmp_path), APPROVAL, swap), REPORT, LOWER)

    findings = loaded(tmp_path, files).findings
    assert [place(one) for one in findings if one.is_error][:1] == [expected]
    assert not {"approved-score-fell", "approval-edited"} & {one.code for one in findings}


@pytest.mark.parametrize(
    "swap", [("period: 2023", "period: одоо"), ("actuals: council", "actuals: [council"), ("items:", "items: [")]
)
def test_a_report_with_faults_is_not_said_to_be_missing(swap: tuple[str, str], tmp_path: Path) -> None:
    assert found(tmp_path, changed(approved(tmp_path), REPORT, swap)) == []


def test_the_approval_of_an_unknown_document_points_at_its_name(tmp_path: Path) -> None:
    files = changed(approved(tmp_path), APPROVAL, ("approval: council", "approval: khural"))

    assert [place(one) for one in found(tmp_path, files)] == [f"{APPROVAL}:2:11 approval-without-report"]
