"""`planctl log`: one item's history from git, through other names, merges, damaged files and shallow clones."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from repositories import Scratch, office
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN, REPORT = "plans/council.yaml", "plans/council.2023.yaml"
FILES = {PLAN: OFFICE[PLAN], REPORT: OFFICE[REPORT]}
BEGUN = [
    "  begun:",
    "  + within: 2021_131",
    "  + number: 2",
    "  + text: Санхүүжилтийг жил бүрийн төсөвт тусгах",
    "  + units: legal",
    "  + 2023 self: 70",
    "  + 2023 superior: 90",
    "  + 2023 reason: Хяналтын дүнгээр.",
    "  + 2023 progress: Төсөвт тусгав.",
]


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def report(**changes: str) -> str:
    """Return the report with other words for those named: `self_70="self: 90"`."""
    text = OFFICE[REPORT]
    for old, new in changes.items():
        assert old.replace("_", ": ") in text
        text = text.replace(old.replace("_", ": "), new)
    return text


def entries(told: Ran) -> list[list[str]]:
    """Return the entries of a history, each without the commit's id; its first line is left out."""
    assert told.code == 0, told.err
    _title, *rest = told.out.split("\n\n")
    return [[entry.splitlines()[0].rsplit("  (", 1)[0], *entry.splitlines()[1:]] for entry in rest]


def day(number: int) -> str:
    return f"2024-02-{number:02}T10:00:00+08:00"


def test_every_change_is_told_with_who_and_when_the_newest_first(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    other = report(self_70="self: 90")
    scratch.commit({REPORT: other}, "Raise the score", person="Д. Номин", day=day(1))
    scratch.commit(
        {PLAN: OFFICE[PLAN].replace("төсөвт тусгах\n", "төсөвт тусгаж тайлагнах\n            deadline: 2024-06-01\n")}
    )
    scratch.commit({REPORT: other.replace("superior: 90", "state: closed")}, "Close", day=day(3))
    scratch.commit({"README.md": "Nothing of plans"}, "Elsewhere")
    scratch.commit({PLAN: "# remark\n" + (tmp_path / PLAN).read_text()}, "Format")

    told = planctl("log", "council#waste-2", cwd=tmp_path)

    assert told.out.splitlines()[0] == "council#waste-2  Санхүүжилтийг жил бүрийн төсөвт тусгаж тайлагнах"
    assert entries(told) == [
        ["2024-02-03 10:00  Б. Сарнай  Close", "  + 2023 state: closed", "  - 2023 superior: 90"],
        [
            "2024-01-15 09:00  Б. Сарнай  Change",
            "  text: Санхүүжилтийг жил бүрийн төсөвт [-тусгах-]{+тусгаж тайлагнах+}",
            "  + deadline: 2024-06-01",
        ],
        ["2024-02-01 10:00  Д. Номин  Raise the score", "  2023 self: 70 → 90"],
        ["2024-01-15 09:00  Б. Сарнай  Begin", *BEGUN],
    ]
    assert told.err == ""


RENAMED = OFFICE[PLAN].replace("waste-2", "money")
RENAMED_REPORT = OFFICE[REPORT].replace("waste-2", "money")


@pytest.mark.parametrize("address", ["khural#money", "council#waste-2", "council#money"])
def test_the_history_goes_on_through_other_ids_and_files(
    planctl: Callable[..., Ran], tmp_path: Path, address: str
) -> None:
    scratch = office(tmp_path, FILES)
    scratch.commit({PLAN: RENAMED, REPORT: RENAMED_REPORT}, "Item", day=day(1))
    scratch.git("mv", PLAN, "plans/ИТХ.yaml")
    scratch.commit({}, "File", day=day(2))
    scratch.commit(
        {
            "plans/ИТХ.yaml": RENAMED.replace("id: council", "id: khural"),
            REPORT: None,
            "plans/тайлан.yaml": RENAMED_REPORT.replace("actuals: council", "actuals: khural"),
        },
        "Document",
        day=day(3),
    )
    scratch.commit(
        {"plans/тайлан.yaml": (tmp_path / "plans/тайлан.yaml").read_text("utf-8").replace("self: 70", "self: 50")},
        "Score",
        day=day(4),
    )

    told = planctl("log", address, cwd=tmp_path)

    assert told.out.splitlines()[0] == "khural#money  Санхүүжилтийг жил бүрийн төсөвт тусгах"
    assert entries(told) == [
        ["2024-02-04 10:00  Б. Сарнай  Score", "  2023 self: 70 → 50"],
        ["2024-02-03 10:00  Б. Сарнай  Document", "  renamed: council#money → khural#money"],
        ["2024-02-01 10:00  Б. Сарнай  Item", "  renamed: council#waste-2 → council#money"],
        ["2024-01-15 09:00  Б. Сарнай  Begin", *BEGUN],
    ]


def test_where_two_items_may_be_the_one_before_nothing_is_guessed(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    clause = (
        "          - id: waste-2\n            number: 2\n            text: Санхүүжилтийг жил бүрийн төсөвт тусгах\n"
    )
    assert clause in OFFICE[PLAN]
    twice = clause.replace("waste-2", "one") + clause.replace("waste-2", "two")
    scratch.commit({PLAN: OFFICE[PLAN].replace(clause, twice + "            extra: {a: b}\n")}, "Twice", day=day(1))
    scratch.commit({PLAN: OFFICE[PLAN].replace(clause, twice.replace("id: one", "id: other"))}, "Once", day=day(2))

    told = [entry[:2] for entry in entries(planctl("log", "council#two", cwd=tmp_path))]
    other = [entry[:2] for entry in entries(planctl("log", "council#other", cwd=tmp_path))]

    assert told == [
        ["2024-02-02 10:00  Б. Сарнай  Once", "  - extra.a: b"],
        ["2024-02-01 10:00  Б. Сарнай  Twice", "  begun:"],
    ]
    assert other == [
        ["2024-02-02 10:00  Б. Сарнай  Once", "  renamed: council#one → council#other"],
        ["2024-02-01 10:00  Б. Сарнай  Twice", "  begun:"],
    ]


def test_an_item_that_was_taken_out_keeps_its_history(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.commit({PLAN: None, REPORT: None, "plans/other.yaml": "form: strategy\nid: other\n"}, "Away", day=day(1))

    told = planctl("log", "council#waste-2", cwd=tmp_path)

    assert [entry[:2] for entry in entries(told)] == [
        ["2024-02-01 10:00  Б. Сарнай  Away", "  taken out"],
        ["2024-01-15 09:00  Б. Сарнай  Begin", "  begun:"],
    ]


def test_a_report_that_is_parted_into_two_files_changes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    head = "actuals: council\nperiod: 2023\nitems:\n  waste-2:\n"
    own = head + "    self: 70\n    progress: Төсөвт тусгав.\n"
    superior = head + "    superior: 90\n    reason: Хяналтын дүнгээр.\n"
    scratch.commit({REPORT: None, "plans/self.yaml": own, "plans/superior.yaml": superior}, "Part", day=day(1))
    scratch.commit({"plans/superior.yaml": superior.replace("90", "50")}, "Score", day=day(2))

    assert [entry[0][-5:] for entry in entries(planctl("log", "council#waste-2", cwd=tmp_path))] == ["Score", "Begin"]


def test_of_a_merge_only_that_is_told_which_no_side_had(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.git("switch", "--quiet", "--create", "side")
    scratch.commit({REPORT: report(self_70="self: 50")}, "Side", day=day(1), person="Д. Номин")
    scratch.git("switch", "--quiet", "main")
    scratch.commit({PLAN: OFFICE[PLAN].replace("жил бүрийн", "улирлын")}, "Main", day=day(2))
    scratch.git("merge", "--quiet", "--no-edit", "side", day=day(3))
    clean = entries(planctl("log", "council#waste-2", cwd=tmp_path))
    scratch.git("reset", "--quiet", "--hard", "HEAD^")
    scratch.git("merge", "--quiet", "--no-commit", "side")
    scratch.commit({REPORT: report(self_70="self: 30")}, "Settled", day=day(4))

    settled = entries(planctl("log", "council#waste-2", cwd=tmp_path))

    assert sorted(entry[0] for entry in clean) == [
        "2024-01-15 09:00  Б. Сарнай  Begin",
        "2024-02-01 10:00  Д. Номин  Side",
        "2024-02-02 10:00  Б. Сарнай  Main",
    ]
    assert settled[0] == ["2024-02-04 10:00  Б. Сарнай  Settled", "  2023 self: 70 → 30"]
    assert settled[1:] == clean


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_side_of_which_a_merge_took_nothing_is_not_told(
    planctl: Callable[..., Ran], tmp_path: Path, *, elsewhere: bool
) -> None:
    scratch = office(tmp_path, FILES)
    scratch.git("switch", "--quiet", "--create", "side")
    scratch.commit({REPORT: report(self_70="self: 50")}, "Never taken", day=day(1))
    scratch.git("switch", "--quiet", "main")
    scratch.commit({PLAN: OFFICE[PLAN].replace("жил бүрийн", "улирлын")}, "Main", day=day(2))
    scratch.git("merge", "--quiet", "--no-commit", "--strategy", "ours", "side")
    scratch.commit({REPORT: report(self_100="self: 30")} if elsewhere else {}, "Merge", day=day(3))

    told = entries(planctl("log", "council#waste-2", cwd=tmp_path))

    assert [entry[0][-5:] for entry in told] == [" Main", "Begin"]


def test_a_long_history_of_two_sides_is_told_whole(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    stream = "".join(
        f"commit refs/heads/{branch}\ncommitter x <x@example.mn> {1706752800 + at} +0800\ndata 3\n{branch}\n{begin}"
        f"M 100644 inline plans/{branch}.yaml\ndata {len(text)}\n{text}\n"
        for branch, year in (("one", 2024), ("two", 2025))
        for at in range(500)
        for begin in ["from refs/heads/main^0\n" if at == 0 else ""]
        for text in [f"actuals: council\nperiod: {year}\nitems:\n  waste-2: {{self: {at % 100}}}\n"]
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=tmp_path, input=stream.encode(), check=True)
    scratch.git("switch", "--quiet", "one")
    scratch.git("merge", "--quiet", "--no-edit", "two")

    told = planctl("log", "council#waste-2", "--format", "json", cwd=tmp_path)

    assert len(json.loads(told.out)["entries"]) == 1001


def test_what_is_not_committed_stands_first(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.write({REPORT: report(self_70="self: 50").replace("\n", "\r\n"), PLAN: OFFICE[PLAN].replace("\n", "\r\n")})

    assert entries(planctl("log", "council#waste-2", cwd=tmp_path))[0] == ["not committed", "  2023 self: 70 → 50"]


def test_a_project_without_a_commit_has_a_history_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    Scratch.begin(tmp_path).write(OFFICE)

    assert entries(planctl("log", "council#waste-2", cwd=tmp_path)) == [["not committed", *BEGUN]]


def test_one_period_can_be_asked_for(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.commit(
        {"plans/h1.yaml": "actuals: council\nperiod: 2024-H1\nitems:\n  waste-2: {self: 30}\n"}, "Half", day=day(1)
    )

    told = planctl("log", "council#waste-2", "--period", "2024-H1", cwd=tmp_path)

    assert entries(told) == [["2024-02-01 10:00  Б. Сарнай  Half", "  + 2024-H1 self: 30"]]


def test_programs_get_all_of_it_as_json(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    id_ = scratch.commit({REPORT: report(self_70="self: 90")}, "Raise", day=day(1))

    told = json.loads(planctl("log", "council#waste-2", "--format", "json", cwd=tmp_path).out)

    assert {key: told[key] for key in ("address", "text", "shallow", "unread")} == {
        "address": "council#waste-2",
        "text": "Санхүүжилтийг жил бүрийн төсөвт тусгах",
        "shallow": False,
        "unread": 0,
    }
    assert told["entries"][0] == {
        "commit": id_,
        "time": day(1),
        "person": "Б. Сарнай",
        "mail": "office@example.mn",
        "subject": "Raise",
        "address": "council#waste-2",
        "was": "council#waste-2",
        "cut": False,
        "changes": [{"period": "2023", "field": "self", "evaluation": "self", "before": "70", "after": "90"}],
    }


def test_names_are_those_of_the_mailmap_and_no_sign_steers_the_terminal(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    scratch = office(tmp_path, {**FILES, ".mailmap": "Ц. Оюун <oyun@example.mn> <office@example.mn>\n"})
    scratch.commit({REPORT: report(self_70="self: 90")}, "Raise \x1b[31mit\x02 up\u202e", day=day(1))

    told = planctl("log", "council#waste-2", cwd=tmp_path)

    assert entries(told)[0][0] == "2024-02-01 10:00  Ц. Оюун  Raise [31mit up"


def test_keys_and_texts_of_any_kind_are_shown_without_harm(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    odd = 'extra: {"{x}%s": "\\e[31mred", "\\e[2J": "1"}'
    scratch.commit({REPORT: report(self_70=f"{odd}")}, "Odd", day=day(1))
    scratch.commit({REPORT: report(self_70=odd.replace("red", "blue sky"))}, "Odder", day=day(2))

    told = planctl("log", "council#waste-2", cwd=tmp_path)

    assert entries(told)[:2] == [
        ["2024-02-02 10:00  Б. Сарнай  Odder", "  2023 extra.{x}%s:  [31mred →  [31mblue sky"],
        [
            "2024-02-01 10:00  Б. Сарнай  Odd",
            "  + 2023 extra. [2J: 1",
            "  + 2023 extra.{x}%s:  [31mred",
            "  - 2023 self: 70",
        ],
    ]


def test_the_settings_of_a_repository_do_not_change_the_history(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    for name, value in {
        "log.showRoot": "false",
        "log.showSignature": "true",
        "core.quotePath": "true",
        "diff.renames": "false",
        "color.ui": "always",
        "log.date": "relative",
    }.items():
        scratch.git("config", name, value)

    assert entries(planctl("log", "council#waste-2", cwd=tmp_path)) == [["2024-01-15 09:00  Б. Сарнай  Begin", *BEGUN]]


def test_a_project_in_a_folder_is_followed_from_any_working_tree(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "a")
    scratch.commit({f"Залаа [1] сум/{path}": text for path, text in OFFICE.items()}, "Begin")
    scratch.commit({"plans/council.yaml": OFFICE[PLAN], "Залаа 1 сум/plans/council.yaml": OFFICE[PLAN]}, "Others")
    scratch.git("worktree", "add", "--quiet", str(tmp_path / "b"))

    for tree in ("a", "b"):
        told = planctl("log", "council#waste-2", cwd=tmp_path / tree / "Залаа [1] сум" / "plans")
        assert entries(told) == [["2024-01-15 09:00  Б. Сарнай  Begin", *BEGUN]]


def test_a_shallow_clone_says_where_its_history_ends(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path / "a", FILES)
    scratch.commit({REPORT: report(self_70="self: 50")}, "Lower", day=day(1))
    scratch.commit({REPORT: report(self_70="self: 90")}, "Raise", day=day(2))
    scratch.git("clone", "--quiet", "--depth", "2", (tmp_path / "a").as_uri(), str(tmp_path / "b"))

    told = planctl("log", "council#waste-2", cwd=tmp_path / "b")
    as_json = json.loads(planctl("log", "council#waste-2", "--format", "json", cwd=tmp_path / "b").out)

    assert [entry[:2] for entry in entries(told)] == [
        ["2024-02-02 10:00  Б. Сарнай  Raise", "  2023 self: 50 → 90"],
        ["2024-02-01 10:00  Б. Сарнай  Lower", "  stood so here, where this shallow clone begins:"],
    ]
    assert told.err == "the history ends here, as this clone is shallow; `git fetch --unshallow` brings the rest\n"
    assert (as_json["shallow"], [entry["cut"] for entry in as_json["entries"]]) == (True, [False, True])


def test_versions_that_cannot_be_read_are_passed_over_and_counted(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.commit({REPORT: "actuals: council\nitems: [\n"}, "Broken", day=day(1))
    scratch.commit({REPORT: "<<<<<<< a\n" + report(self_70="self: 50") + "=======\nx\n>>>>>>> b\n"}, "Conflict")
    scratch.commit({REPORT: report(self_70="self: 90")}, "Mended", day=day(2))

    told = planctl("log", "council#waste-2", cwd=tmp_path)

    assert [entry[:2] for entry in entries(told)] == [
        ["2024-02-02 10:00  Б. Сарнай  Mended", "  2023 self: 70 → 90"],
        ["2024-01-15 09:00  Б. Сарнай  Begin", "  begun:"],
    ]
    assert told.err == "2 versions of files cannot be read and were passed over\n"


def test_plans_that_do_not_pass_check_are_followed_all_the_same(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, {**FILES, REPORT: report(self_70="self: many")})
    scratch.commit({REPORT: OFFICE[REPORT]}, "Mend", day=day(1))

    assert entries(planctl("log", "council#waste-2", cwd=tmp_path))[0][1:] == ["  2023 self: many → 70"]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("council#waste-9", "; did you mean “council#waste-3, council#waste-2, council#waste-1”?"),
        ("concil#waste-1", "; did you mean “council#waste-1”?"),
        ("waste-2", "; did you mean “council#waste-2”?"),
        ("council", "; did you mean “council#waste-1, council#waste-2, council#waste-3”?"),
        ("bulletin#waste-2", "; did you mean “council#waste-2”?"),
        ("#", ""),
        ("--", ""),
        ("x", ""),
    ],
)
def test_an_unknown_address_is_told_in_one_line(
    planctl: Callable[..., Ran], tmp_path: Path, address: str, meant: str
) -> None:
    office(tmp_path, FILES)

    told = planctl("log", "--", address, cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: there is no item “{address}”, now or in the history{meant}\n")


def test_where_there_is_no_repository_one_line_says_so(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("log", "council#waste-2", cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: {tmp_path.as_posix()} lies in no git repository\n")
