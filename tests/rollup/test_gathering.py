"""Where organisations are read from, what is read again, and that one of them never stops the others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from organisations import LIST, TODAY, office, roll, write_list
from planctl.cache.store import Store
from planctl.pipeline import load, load_for_errors
from planctl.rollup import gathering
from planctl.rollup.list import same_twice
from planctl.source.discover import Folder, read_text
from planctl.source.reader import read
from projects import place
from repositories import Scratch
from running import OFFICE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planctl.rollup.account import Rollup

ONE = "- {name: Залаа, path: a}"


def told(rollup: Rollup) -> list[tuple[str, str]]:
    """Return each organisation with the state of its document, and what keeps it from being read."""
    return [
        (
            rollup.organisations[one.document.entry].name,
            one.problem.message.format_map(one.problem.values) if one.problem else one.state,
        )
        for one in rollup.standings
    ]


# What is kept


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    kept = Store(tmp_path / "kept")

    first, before = roll(tmp_path, ONE, kept=kept)
    second, after = roll(tmp_path, ONE, kept=kept)

    assert (before.read, after.read) == (1, 0)
    assert second == first


@pytest.mark.parametrize(
    "change",
    [
        {"plans/council.2023.yaml": "actuals: council\nperiod: 2023\nitems:\n  one: {progress: Хийв, self: 50}\n"},
        {"plans/other.yaml": "form: resolutions\nid: other\n"},
        {"rubrics/own.yaml": "rubric: own\n"},
        {"accepted.yaml": "accepted: []\n"},
        {"planctl.yaml": "planctl: 1\nrubric: four-step\n"},
    ],
)
def test_what_has_changed_is_read_again(tmp_path: Path, change: Mapping[str, str]) -> None:
    office(tmp_path / "a", one=100)
    kept = Store(tmp_path / "kept")
    roll(tmp_path, ONE, kept=kept)
    for path, text in change.items():
        (tmp_path / "a" / path).parent.mkdir(exist_ok=True)
        (tmp_path / "a" / path).write_text(text, encoding="utf-8")

    again, gathered = roll(tmp_path, ONE, kept=kept)

    assert gathered.read == 1
    assert again == roll(tmp_path, ONE)[0]


def test_another_version_of_planctl_reads_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path / "a", one=100)
    kept = Store(tmp_path / "kept")
    roll(tmp_path, ONE, kept=kept)
    monkeypatch.setattr(gathering, "__version__", "0.0.0")

    assert roll(tmp_path, ONE, kept=kept)[1].read == 1


def test_what_runs_out_is_read_again_from_the_day_after(tmp_path: Path) -> None:
    accepted = "accepted:\n  - {code: no-owner, at: council#one, reason: Тогтоогоогүй, until: 2024-01-15}\n"
    office(tmp_path / "a", one=100, more={"accepted.yaml": accepted})
    kept = Store(tmp_path / "kept")
    roll(tmp_path, ONE, kept=kept)

    assert roll(tmp_path, ONE, kept=kept, today=date(2024, 1, 15))[1].read == 0
    assert roll(tmp_path, ONE, kept=kept, today=date(2024, 1, 16))[1].read == 1
    assert roll(tmp_path, ONE, kept=kept, today=date(2024, 1, 9))[1].read == 1


def test_what_rests_on_other_files_is_not_kept(tmp_path: Path) -> None:
    strict = "planctl: 1\nseverities: {missing-evidence: error}\n"
    office(tmp_path / "a", one=100, more={"planctl.yaml": strict})
    report = tmp_path / "a/plans/council.2023.yaml"
    entry = "{progress: Хийв, self: 100, evidence: [{file: evidence/a.pdf}]}"
    report.write_text(f"actuals: council\nperiod: 2023\nitems:\n  one: {entry}\n", encoding="utf-8")
    kept = Store(tmp_path / "kept")

    assert told(roll(tmp_path, ONE, kept=kept)[0]) == [("Залаа", "invalid")]
    (tmp_path / "a/evidence").mkdir()
    (tmp_path / "a/evidence/a.pdf").write_bytes(b"")
    assert told(roll(tmp_path, ONE, kept=kept)[0]) == [("Залаа", "valid")]


def test_a_scale_is_called_as_the_first_of_the_list_calls_it_whoever_is_read_first(tmp_path: Path) -> None:
    scale = """\
rubric: own
title: {{mn: {0}, en: {0}}}
versions:
  - source: Журам
    levels: [{{name: {{mn: Сайн, en: Good}}, values: [100, 0], colour: "#2E7D32"}}]
"""
    for name in ("a", "b"):
        settings = "planctl: 1\nrubric: own\n"
        office(tmp_path / name, one=100, more={"planctl.yaml": settings, "rubrics/own.yaml": scale.format(name)})
    two = f"{ONE}\n- {{name: Булаг, path: b}}"
    kept = Store(tmp_path / "kept")
    roll(tmp_path, "- {name: Булаг, path: b}", kept=kept)

    rollup, gathered = roll(tmp_path, two, kept=kept)

    assert (gathered.read, [one.scale.title for one in rollup.scales]) == (1, ["a"])


def test_damaged_numbers_are_made_again(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    kept = Store(tmp_path / "kept")
    first, _gathered = roll(tmp_path, ONE, kept=kept)
    for path in (tmp_path / "kept").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:-9])

    again, gathered = roll(tmp_path, ONE, kept=kept)

    assert (again, gathered.read) == (first, 1)


# The errors are those of a check


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"planctl.yaml": "planctl: 1\nseverities: {no-owner: error, no-date: error, empty-phrase: error}\n"},
        {"accepted.yaml": "accepted:\n  - {code: no-owner, at: council#one, reason: А, until: 2024-06-30}\n"},
        {"accepted.yaml": "accepted:\n  - {code: empty-phrase, at: council#one, reason: А, until: 2024-06-30}\n"},
        {"plans/torn.yaml": "form: resolutions\nid: [\n"},
        {"plans/council.2023.yaml": "actuals: council\nperiod: 2023\nitems:\n  one: {progress: Хийв, self: 95}\n"},
    ],
)
def test_the_errors_are_those_of_a_whole_load_and_so_are_the_scores(tmp_path: Path, more: Mapping[str, str]) -> None:
    root = office(tmp_path / "a", one=100, more=more)

    whole, quick = load(root, today=TODAY), load_for_errors(Folder(root), today=TODAY)

    assert [one for one in quick.findings if one.is_error] == [one for one in whole.findings if one.is_error]
    assert [card.own.total for card in quick.scorecards] == [card.own.total for card in whole.scorecards]


# Places


def test_a_revision_of_a_repository_is_read_without_a_checkout(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "repo")
    scratch.commit({f"soum/{path}": text for path, text in OFFICE.items()})
    scratch.git("tag", "v2023")
    scratch.commit({"soum/plans/council.2023.yaml": None})

    rollup, _gathered = roll(
        tmp_path,
        """
        - {name: Өмнөх, git: {repository: repo, revision: v2023, folder: soum}}
        - {name: Одоо, path: repo/soum}
        """,
    )

    # The same project is not counted twice, at whatever revision.
    assert told(rollup) == [("Өмнөх", "valid")]


def test_the_tree_of_a_revision_is_the_key_of_what_is_kept(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "repo")
    scratch.commit({f"soum/{path}": text for path, text in OFFICE.items()})
    kept = Store(tmp_path / "kept")
    entry = "- {name: Залаа, git: {repository: repo, folder: soum}}"
    first, _gathered = roll(tmp_path, entry, kept=kept)
    scratch.commit({"other.txt": "а"})

    again, gathered = roll(tmp_path, entry, kept=kept)

    assert (again, gathered.read) == (first, 0)


def test_an_address_is_fetched_and_stands_for_itself_without_a_network_afterwards(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "far")
    scratch.commit(OFFICE)
    address = (tmp_path / "far").as_uri()
    entry = f"- {{name: Залаа, git: {{repository: '{address}', revision: main}}}}"

    assert told(roll(tmp_path, entry)[0]) == [("Залаа", "valid")]
    (tmp_path / "far").rename(tmp_path / "away")
    assert told(roll(tmp_path, entry, fetches=False)[0]) == [("Залаа", "valid")]
    ((_name, problem),) = told(roll(tmp_path, entry)[0])
    assert problem.startswith(f"main of {address}: ")


def test_what_cannot_be_read_is_told_of_in_a_line_and_the_others_are_counted(tmp_path: Path) -> None:
    office(tmp_path / "good", one=100)
    (tmp_path / "empty").mkdir()
    (tmp_path / "plain").write_text("", encoding="utf-8")
    scratch = Scratch.begin(tmp_path / "repo")
    scratch.commit({"a.txt": "а"})

    rollup, _gathered = roll(
        tmp_path,
        """
        - {name: Байхгүй, path: nowhere}
        - {name: Хоосон, path: empty}
        - {name: Файл, path: plain}
        - {name: Сан биш, git: {repository: empty}}
        - {name: Хувилбаргүй, git: {repository: repo, revision: v9}}
        - {name: Хавтасгүй, git: {repository: repo, folder: soum}}
        - {name: Төсөлгүй, git: {repository: repo}}
        - {name: Татаагүй, git: {repository: "https://example.invalid/a.git"}}
        - {name: Сайн, path: good}
        """,
        fetches=False,
    )

    assert told(rollup) == [
        ("Байхгүй", "there is no folder nowhere"),
        ("Хоосон", "empty is no project: it has no planctl.yaml"),
        ("Файл", "there is no folder plain"),
        ("Сан биш", "empty lies in no git repository"),
        ("Хувилбаргүй", "repo has no revision v9"),
        ("Хавтасгүй", "repo has no revision HEAD, or no folder soum in it"),
        ("Төсөлгүй", ". is no project: it has no planctl.yaml"),
        ("Татаагүй", "HEAD of https://example.invalid/a.git was never fetched"),
        ("Сайн", "valid"),
    ]


def test_a_folder_that_may_not_be_entered_is_told_of_and_the_others_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "good", one=100)
    is_file = type(tmp_path).is_file

    def refused(path: Path) -> bool:
        if path.parent.name == "a":
            raise PermissionError(13, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(type(tmp_path), "is_file", refused)

    rollup, _gathered = roll(tmp_path, f"{ONE}\n- {{name: Сайн, path: good}}")

    assert told(rollup) == [
        ("Залаа", "a cannot be read: Permission denied"),
        ("Сайн", "valid"),
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"planctl.yaml": "planctl: [\n"},
        {"planctl.yaml": ""},
        {"planctl.yaml": "planctl: 7\n"},
        {"plans/council.yaml": "\t- ] {\n"},
        {"plans/council.yaml": "form: nothing\nid: council\n"},
        {"plans/council.2023.yaml": "actuals: council\nperiod: \nitems: 7\n"},
        {"plans/council.2023.yaml": "a: " + "[" * 100_000},
        {"plans/other.yaml": "x" * 50_000_000},
    ],
    ids=range(8),
)
def test_a_broken_project_is_invalid_and_the_others_are_counted(tmp_path: Path, files: Mapping[str, str]) -> None:
    office(tmp_path / "a", one=100, more=files)
    office(tmp_path / "good", one=50)

    rollup, _gathered = roll(tmp_path, f"{ONE}\n- {{name: Сайн, path: good}}")

    states = told(rollup)
    assert ("Залаа", "invalid") in states
    assert ("Сайн", "valid") in states


def test_a_project_that_is_listed_twice_is_counted_once(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    write_list(tmp_path, f"{ONE}\n- {{name: Бат, path: ./b/../a}}")
    source, _found = read_text(tmp_path, LIST)
    assert source
    document, _faults = read(source)
    assert document

    again, found = same_twice(document, [(0, "a"), (1, "a")])

    assert again == {1}
    assert [(place(one), dict(one.values)) for one in found] == [("list.yaml:5:5 same-project-twice", {"line": "4"})]
    assert told(roll(tmp_path, f"{ONE}\n- {{name: Бат, path: ./a}}")[0]) == [("Залаа", "valid")]
