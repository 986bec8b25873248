"""`planctl check`: the contract of its JSON, its lines for people, and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACTUALS = OFFICE["plans/council.2023.yaml"]
FAULTY = {
    "plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 95").replace("    reason: Хяналтын дүнгээр.\n", "")
}


def test_a_sound_project_has_no_findings(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    assert planctl("check", cwd=tmp_path) == Ran(0, "", "0 errors\n0 warnings\n")


def test_as_json_a_sound_project_is_an_empty_list(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("check", "--format", "json", cwd=tmp_path)

    assert (told.code, json.loads(told.out)) == (0, {"findings": [], "total": 0})


def test_findings_as_json_follow_the_contract(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, FAULTY)

    told = planctl("check", "--format", "json", cwd=tmp_path)

    assert told.code == 1
    assert json.loads(told.out) == {
        "findings": [
            {
                "path": "plans/council.2023.yaml",
                "line": 9,
                "column": 11,
                "severity": "error",
                "code": "score-not-in-rubric",
                "message": "95 is not a level of the rubric",
                "hint": "use one of: 100, 90, 70, 50, 30, 0",
                "address": "council#waste-1",
            },
            {
                "path": "plans/council.2023.yaml",
                "line": 10,
                "column": 15,
                "severity": "warning",
                "code": "unexplained-difference",
                "message": "the two evaluations differ (95 and 100) and nothing says why",
                "hint": "write `reason:` beside them",
                "address": "council#waste-1",
            },
            {
                "path": "plans/council.2023.yaml",
                "line": 14,
                "column": 15,
                "severity": "warning",
                "code": "unexplained-difference",
                "message": "the two evaluations differ (70 and 90) and nothing says why",
                "hint": "write `reason:` beside them",
                "address": "council#waste-2",
            },
        ],
        "total": 3,
    }
    assert told.err == "1 error\n2 warnings\n"


def test_findings_for_people_are_a_line_each_with_the_fix_below(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, FAULTY)

    told = planctl("check", cwd=tmp_path)

    assert (told.code, told.err) == (1, "1 error\n2 warnings\n")
    assert told.out.splitlines()[:2] == [
        "plans/council.2023.yaml:9:11: error: score-not-in-rubric: 95 is not a level of the rubric",
        "    use one of: 100, 90, 70, 50, 30, 0",
    ]


def test_warnings_alone_leave_the_exit_code_0(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": ACTUALS.replace("    reason: Хяналтын дүнгээр.\n", "")})

    told = planctl("check", cwd=tmp_path)

    assert (told.code, told.err) == (0, "0 errors\n1 warning\n")


def test_the_findings_of_all_files_come_in_one_run_in_order(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    broken: dict[str, str | bytes] = {
        "plans/a.yaml": "form: [\n",
        "plans/z.yaml": "- a list\n",
        "plans/nested/b.yaml": b"\xc4\xff\n",
    }
    write(tmp_path, OFFICE, FAULTY, broken)

    told = planctl("check", "--format", "json", cwd=tmp_path)

    places = [(one["path"], one["line"], one["column"]) for one in json.loads(told.out)["findings"]]
    assert places == sorted(places)
    assert {path for path, _line, _column in places} == {"plans/council.2023.yaml", *broken}


def test_a_message_with_line_breaks_stays_on_its_line(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": ACTUALS.replace("self: 100", 'self: "9\\n5"')})

    told = planctl("check", cwd=tmp_path)

    assert all(line.startswith(("plans/", "    ")) for line in told.out.splitlines())


def test_checking_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, FAULTY)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    planctl("check", cwd=tmp_path)

    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
